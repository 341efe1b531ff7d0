/** Candidates as tables: ranked ones with label, approved uses apart; and the terms of each score. */
import type { Candidate, Label, Report } from '../schema';
import { balanceFigure, intervalFigure, scaleOf } from './charts';
import type { EvidenceList } from './evidence-list';
import { countOf, figure, range, sentence, visible } from './text';
import type { Part, Row, Run, Tone } from './view';

export const LABEL_TONES: Record<Label, Tone> = {
  Go: 'accent',
  Investigate: 'plain',
  'No-Go': 'bad',
  'Insufficient evidence': 'caution',
};

export function candidateParts(report: Report): Part[] {
  const { candidates } = report;
  const scale = scaleOf(candidates);
  const ranked = candidates.filter(({ approved }) => !approved);
  const approved = candidates.filter((candidate) => candidate.approved);
  return [
    ...(ranked.length > 0
      ? [
          candidateTable(report, 'Candidates by rank', ranked, scale, (candidate) => [
            candidate.label
              ? { text: candidate.label, badge: LABEL_TONES[candidate.label] }
              : 'no label',
          ]),
          {
            kind: 'text',
            isQuiet: true,
            runs: [
              'Bars: solid to the right is support, hatched to the left is opposition, an open outline is as far as what is not known could carry each. Support and opposition are separate sums and never netted; all rows share one scale.',
            ],
          } satisfies Part,
        ]
      : ([{ kind: 'text', runs: ['There is no candidate indication.'] }] satisfies Part[])),
    ...(approved.length > 0
      ? [
          { kind: 'heading', text: 'Approved uses', anchor: 'approved-uses' } satisfies Part,
          {
            kind: 'text',
            runs: ['Already approved: they carry no label and are never the top candidate.'],
          } satisfies Part,
          candidateTable(report, 'Approved uses, without rank', approved, scale, () => [
            'approved',
          ]),
        ]
      : []),
  ];
}

function candidateTable(
  report: Report,
  caption: string,
  candidates: Candidate[],
  scale: number,
  label: (candidate: Candidate) => Run[],
): Part {
  return {
    kind: 'table',
    caption,
    columns: [
      { title: 'Indication', share: 18 },
      // A label is never broken: the longest, "Insufficient evidence", is 73 points wide.
      { title: 'Label', share: 17 },
      { title: 'Against and support', share: 19 },
      { title: 'Interval', share: 17 },
      { title: 'Best phase', share: 8 },
      { title: 'Trials', share: 12 },
      { title: 'Articles', share: 9 },
    ],
    rowHead: 0,
    rows: candidates.map(
      (candidate, index): Row => ({
        cells: [
          {
            runs: [
              candidate.approved ? '' : `${index + 1}. `,
              { text: visible(candidate.indication), to: anchorOf(report, candidate) },
              ` ${idsOf(candidate)}`,
            ],
          },
          { runs: label(candidate) },
          {
            figures: [balanceFigure(candidate, scale)],
            runs: [`against ${range(candidate.against)}\nsupport ${range(candidate.support)}`],
          },
          {
            figures: [intervalFigure(candidate.interval, scale)],
            runs: [range(candidate.interval)],
          },
          { runs: [candidate.bestPhase ? visible(candidate.bestPhase) : 'not stated'] },
          { runs: [trialWords(candidate)] },
          { runs: [articleWords(candidate)] },
        ],
      }),
    ),
  };
}

function idsOf({ ids }: Candidate): string {
  const all = [...(ids.mesh ? [ids.mesh] : []), ...ids.efo].map(visible);
  return all.length > 0 ? `(${all.join(', ')})` : '(unmapped)';
}

function trialWords({ trials }: Candidate): string {
  const { studied, total, stopped, negative, withResults } = trials;
  const extras = [
    stopped > 0 ? `${stopped} stopped` : null,
    negative > 0 ? `${negative} negative` : null,
    withResults > 0 ? `${withResults} with results` : null,
  ].filter((words) => words !== null);
  return [`${studied} of ${total} study it`, ...extras].join('\n');
}

function articleWords({ articles }: Candidate): string {
  const { supports, contradicts, unclear } = articles;
  if (supports + contradicts + unclear === 0) return 'none';
  return `${supports} for\n${contradicts} against\n${unclear} unclear`;
}

/** Every term of every candidate: weight × value = contribution, what is unknown, what would flip it. */
export function scoreParts(report: Report, list: EvidenceList): Part[] {
  return report.candidates.flatMap((candidate): Part[] => [
    {
      kind: 'heading',
      text: visible(candidate.indication),
      anchor: anchorOf(report, candidate),
      runs: candidate.label
        ? [{ text: candidate.label, badge: LABEL_TONES[candidate.label] }]
        : candidate.approved
          ? ['approved']
          : [],
    },
    {
      kind: 'text',
      runs: [
        `${sentence(candidate.labelReason)} Support ${range(candidate.support, 3)}, against ${range(candidate.against, 3)}, interval ${range(candidate.interval, 3)}.`,
      ],
    },
    ...(candidate.terms.length > 0 ? [termTable(candidate, list)] : []),
    ...listed(
      'Not known',
      candidate.unknown.map((words) => [visible(words)]),
    ),
    ...listed(
      'What would change the label',
      candidate.flips.map(({ label, change }) => [
        { text: label, badge: LABEL_TONES[label] },
        ` if ${visible(change)}`,
      ]),
    ),
  ]);
}

function termTable(candidate: Candidate, list: EvidenceList): Part {
  return {
    kind: 'table',
    caption: `Terms of the score for ${visible(candidate.indication)}: weight × value = contribution`,
    columns: [
      { title: 'Term', share: 32 },
      { title: 'Weight', share: 9, numeric: true },
      { title: '× Value', share: 11, numeric: true },
      { title: '= Contribution', share: 18, numeric: true },
      { title: 'Evidence', share: 30 },
    ],
    rowHead: 0,
    rows: candidate.terms.map((term) => ({
      cells: [
        { runs: [visible(term.name)] },
        { runs: [figure(term.weight, 3)] },
        { runs: [term.value === null ? 'unknown' : figure(term.value, 3)] },
        { runs: [range(term.contribution, 3)] },
        {
          runs:
            term.evidenceIds.length > 0
              ? [
                  `${countOf(term.evidenceIds.length, 'record')}: `,
                  ...list.references(term.evidenceIds),
                ]
              : ['none'],
        },
      ],
    })),
  };
}

function listed(title: string, items: Run[][]): Part[] {
  if (items.length === 0) return [];
  return [
    { kind: 'text', runs: [{ text: `${title}:`, style: 'strong' }] },
    { kind: 'list', items },
  ];
}

function anchorOf({ candidates }: Report, candidate: Candidate): string {
  return `score-${candidates.indexOf(candidate) + 1}`;
}

export function decisionFigures(report: Report, candidate: Candidate) {
  const scale = scaleOf(report.candidates);
  return [balanceFigure(candidate, scale), intervalFigure(candidate.interval, scale)];
}
