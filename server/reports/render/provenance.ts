/** Block 12: how the report came about, and how to read its citations. */
import type { Report } from '../schema';
import { isBare } from './context';
import { countOf, instant, visible } from './text';
import type { Part, Run } from './view';

const GUIDE: Run[] = [
  'A marker such as ',
  { text: '3b', style: 'sup' },
  ' leads to record 3 of the evidence at the end and place b of it; 3a,c-e means its places a and c to e, and 3b–7b place b of records 3 to 7. A place is a JSON pointer or a range of characters in the stored response whose SHA-256 begins as shown; the words or value are exactly those that stand there. Levels describe the design of a study, never its direction: L1 phase 3 with results or meta-analysis of trials; L2 controlled phase 2; L3 phase 1, case series, observational; L4 in vivo; L5 in vitro; L6 computed.',
];

export function provenanceParts(report: Report): Part[] {
  const { options, job, versions } = report;
  return [
    {
      kind: 'facts',
      rows: [
        {
          term: 'Job',
          runs: [
            { text: visible(job.id), style: 'code' },
            ` (${visible(job.kind)}, ${visible(job.status)})`,
          ],
        },
        { term: 'Started', runs: [job.startedAt ? instant(job.startedAt) : 'not stated'] },
        { term: 'Finished', runs: [job.finishedAt ? instant(job.finishedAt) : 'not stated'] },
        {
          term: 'Asked for',
          runs: [
            `indication: ${options.indication ? visible(options.indication) : 'any'}; sources: ${options.sources.map(visible).join(', ')}; at most ${countOf(options.maxRequests, 'request')}`,
          ],
        },
        {
          term: 'Versions',
          runs: [
            `${report.schema}; Phial ${visible(versions.app)}; weights ${visible(versions.weights)}; RDKit ${visible(versions.rdkit)}`,
          ],
        },
        {
          term: 'Report SHA-256',
          runs: [{ text: visible(report.reportHash), style: 'code' }],
        },
        {
          term: 'Left out',
          runs: [
            `${countOf(report.dropped, 'statement')} and ${countOf(report.droppedPhrasings, 'phrasing')} that could not be verified`,
          ],
        },
        ...(isBare(report) ? [] : [{ term: 'Citations', runs: GUIDE }]),
      ],
    },
    ...(report.attributions.length > 0
      ? [
          { kind: 'heading', text: 'Attributions', anchor: 'attributions' } satisfies Part,
          {
            kind: 'list',
            items: report.attributions.map((text) => [visible(text)]),
          } satisfies Part,
        ]
      : []),
  ];
}
