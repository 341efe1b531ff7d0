/** Block 1: the label and all one needs to weigh it. */
import { originOf } from '../exports';
import type { Report } from '../schema';
import { decisionFigures, LABEL_TONES } from './candidates';
import type { Context } from './context';
import { FAILURE_NOTE, hasGaps, sourceLedger, sourceSummary } from './sources';
import { countOf, day, range, sentence, visible } from './text';
import type { Part, Run } from './view';

export function decisionParts({ report, evidence }: Context): Part[] {
  const { decision } = report;
  const candidate = report.candidates.find(({ indication }) => indication === decision.candidate);
  const retracted = evidence.retractedCount;
  const isDemo = report.evidence.some(({ retrievedAt }) => retrievedAt === null);
  return [
    {
      kind: 'verdict',
      label: decision.label ?? 'No label',
      tone: decision.label ? LABEL_TONES[decision.label] : 'plain',
      runs: [
        ...(decision.candidate
          ? (['for ', { text: visible(decision.candidate), style: 'strong' }, '. '] satisfies Run[])
          : []),
        sentence(decision.reason),
      ],
      figures: candidate ? decisionFigures(report, candidate) : [],
    },
    ...(retracted > 0
      ? [
          {
            kind: 'notice',
            tone: 'bad',
            title: `This report cites ${countOf(retracted, 'retracted item')}`,
            runs: ['They stay visible, are marked where they stand, and count for nothing.'],
          } satisfies Part,
        ]
      : []),
    ...(isDemo
      ? [
          {
            kind: 'notice',
            tone: 'caution',
            title: 'Demo',
            runs: [
              'Statements with this badge rest on responses that were composed for demonstration; no source was asked for them.',
            ],
          } satisfies Part,
        ]
      : []),
    {
      kind: 'facts',
      rows: [
        ...(candidate
          ? [
              {
                term: 'Score',
                runs: [
                  `interval ${range(candidate.interval)}; support ${range(candidate.support)}; against ${range(candidate.against)}`,
                ],
              },
            ]
          : []),
        { term: 'Data cut-off', runs: [cutOff(report)] },
        { term: 'Sources', runs: sourceSummary(report) },
        {
          term: 'Rests on',
          runs: [
            `${countOf(report.evidence.length, 'record')} and ${countOf(report.claims.length, 'verified statement')}; ${report.dropped} left out as not verifiable.`,
          ],
        },
      ],
    },
    ...sourceLedger(report),
    ...(hasGaps(report) ? [{ kind: 'text', runs: [FAILURE_NOTE] } satisfies Part] : []),
  ];
}

function cutOff(report: Report): string {
  const { dataCutoff } = originOf(report);
  if (dataCutoff) return day(dataCutoff);
  return report.evidence.length > 0
    ? 'none: the data were composed for demonstration'
    : 'none: no data were retrieved';
}
