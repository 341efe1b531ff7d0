/** All evidence of a report, numbered E1, E2 … so that terms of the score can name it. */
import { EVIDENCE_KINDS } from '@/server/evidence/schema';
import { compareText } from '../canonical';
import { SOURCE_NAMES } from '../csl';
import type { Report, ReportEvidence } from '../schema';
import { evidenceBadges, type KnownEvidence } from './citations';
import { countOf, day, httpsUrl, instant, shortHash, visible } from './text';
import type { Part, Row, Run } from './view';

const KIND_WORDS: Record<ReportEvidence['kind'], string> = {
  compound: 'compound',
  trial: 'trial',
  article: 'article',
  patent: 'patent',
  mechanism: 'mechanism',
  indication: 'indication',
  potency: 'potency',
  warning: 'warning',
  label: 'label',
  approval: 'approval',
  'adverse-event': 'reaction count',
  target: 'target',
};

/** More references than this are counted after the first ones. */
const MAX_REFERENCES = 24;

export class Register {
  private readonly ordered: ReportEvidence[];
  private readonly numbers: Map<string, number>;

  constructor(
    private readonly report: Report,
    private readonly known: KnownEvidence,
  ) {
    this.ordered = [...report.evidence].sort(
      (a, b) =>
        EVIDENCE_KINDS.indexOf(a.kind) - EVIDENCE_KINDS.indexOf(b.kind) ||
        compareText(a.source, b.source) ||
        compareText(a.externalId, b.externalId),
    );
    this.numbers = new Map(this.ordered.map(({ id }, index) => [id, index + 1]));
  }

  /** `E3, E5–E9` with each run leading to its first row. */
  references(evidenceIds: readonly string[]): Run[] {
    const numbers = [...new Set(evidenceIds.map((id) => this.numbers.get(id) ?? 0))].sort(
      (a, b) => a - b,
    );
    const spans: [number, number][] = [];
    for (const number of numbers) {
      const last = spans.at(-1);
      if (last && last[1] + 1 === number && number > 1) last[1] = number;
      else spans.push([number, number]);
    }
    const shown = spans.slice(0, MAX_REFERENCES);
    const runs = shown.flatMap(([from, to], index): Run[] => [
      index > 0 ? ', ' : '',
      from === 0
        ? 'evidence missing from the report'
        : { text: from === to ? `E${from}` : `E${from}–E${to}`, to: anchorOf(from) },
    ]);
    const rest = spans.slice(MAX_REFERENCES).reduce((sum, [from, to]) => sum + to - from + 1, 0);
    return rest > 0 ? [...runs, ` and ${countOf(rest, 'more record')}`] : runs;
  }

  parts(): Part[] {
    if (this.ordered.length === 0) return [];
    return [
      { kind: 'heading', text: 'All evidence', anchor: 'evidence' },
      {
        kind: 'table',
        caption: 'Every record of this report, cited or not',
        columns: [
          { title: 'No.', share: 7 },
          { title: 'Record', share: 40 },
          { title: 'Kind', share: 12 },
          { title: 'Published', share: 12 },
          { title: 'Level', share: 8 },
          { title: 'Licence and retrieval', share: 21 },
        ],
        rowHead: 0,
        rows: this.ordered.map((evidence, index) => this.row(evidence, index + 1)),
      },
      ...this.snapshots(),
    ];
  }

  private row(evidence: ReportEvidence, number: number): Row {
    const href = httpsUrl(evidence.url);
    return {
      anchor: anchorOf(number),
      cells: [
        { runs: [`E${number}`] },
        {
          runs: [
            { text: visible(evidence.title), ...(href && { href }) },
            ...evidenceBadges(evidence, this.known),
            ` ${SOURCE_NAMES[evidence.source]} `,
            { text: visible(evidence.externalId), style: 'code' },
          ],
        },
        { runs: [KIND_WORDS[evidence.kind]] },
        { runs: [evidence.publishedOn ? visible(evidence.publishedOn) : 'not stated'] },
        { runs: [evidence.level ?? 'none'] },
        {
          runs: [
            `${visible(evidence.licence)}; ${evidence.retrievedAt ? day(evidence.retrievedAt) : 'composed for demonstration'}; `,
            {
              text: shortHash(evidence.snapshotSha256),
              style: 'code',
              title: evidence.snapshotSha256,
            },
          ],
        },
      ],
    };
  }

  /** The full hashes, for readers of paper. */
  private snapshots(): Part[] {
    const responses = new Map<string, { records: ReportEvidence[] }>();
    for (const evidence of this.ordered) {
      const known = responses.get(evidence.snapshotSha256) ?? { records: [] };
      known.records.push(evidence);
      responses.set(evidence.snapshotSha256, known);
    }
    for (const { citations } of this.report.claims) {
      for (const { snapshotSha256 } of citations) {
        if (!responses.has(snapshotSha256)) responses.set(snapshotSha256, { records: [] });
      }
    }
    const rows = [...responses].sort(([a], [b]) => compareText(a, b));
    return [
      { kind: 'heading', text: 'Stored responses', anchor: 'responses' },
      {
        kind: 'table',
        caption: 'SHA-256 of every response that a record or a citation rests on',
        columns: [
          { title: 'SHA-256', share: 53 },
          { title: 'Source', share: 15 },
          { title: 'Retrieved', share: 23 },
          { title: 'Records', share: 9, numeric: true },
        ],
        rowHead: 0,
        rows: rows.map(([sha256, { records }]) => {
          const [first] = records;
          const retrieved = first?.retrievedAt ? instant(first.retrievedAt) : 'composed (Demo)';
          return {
            cells: [
              { runs: [{ text: sha256, style: 'code' }] },
              { runs: [first ? SOURCE_NAMES[first.source] : 'cited only'] },
              { runs: [first ? retrieved : 'see the bundle'] },
              { runs: [String(records.length)] },
            ],
          };
        }),
      },
    ];
  }
}

function anchorOf(number: number): string {
  return `e${number}`;
}
