/**
 * All evidence of a report, numbered, each record with the places in stored responses that statements
 * cite. One list for the whole report: a decision cites what the blocks cite again, and a list for
 * every block would say most of it three times.
 */
import { type Citation, EVIDENCE_KINDS } from '@/server/evidence/schema';
import { canonicalJson, compareText } from '../canonical';
import { SOURCE_NAMES } from '../csl';
import type { Claim, Report, ReportEvidence } from '../schema';
import { letter, markTexts } from './marks';
import { placeRuns } from './places';
import { countOf, day, httpsUrl, instant, shortHash, visible } from './text';
import type { CitationEntry, Part, Run } from './view';

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

/** More references of one term than this are counted after the first ones. */
const MAX_REFERENCES = 24;

interface Entry {
  number: number;
  /** Null where a claim cites what the report does not hold. */
  evidence: ReportEvidence | null;
  /** Places by their canonical form: index of the letter, and the citation. */
  places: Map<string, { index: number; citation: Citation }>;
}

export class EvidenceList {
  private readonly entries = new Map<string, Entry>();
  private readonly retracted: ReadonlySet<string>;

  constructor(
    private readonly report: Report,
    retractions: readonly Claim[],
  ) {
    const cited = retractions.flatMap(({ citations }) => citations.map((one) => one.evidenceId));
    this.retracted = new Set(cited);
    const ordered = [...report.evidence].sort(
      (a, b) =>
        EVIDENCE_KINDS.indexOf(a.kind) - EVIDENCE_KINDS.indexOf(b.kind) ||
        compareText(a.source, b.source) ||
        compareText(a.externalId, b.externalId),
    );
    for (const evidence of ordered) this.add(evidence.id, evidence);
    for (const { citations } of report.claims) {
      for (const citation of citations) {
        const entry = this.entryOf(citation.evidenceId);
        const key = canonicalJson(citation);
        if (!entry.places.has(key)) entry.places.set(key, { index: entry.places.size, citation });
      }
    }
  }

  get retractedCount(): number {
    return this.retracted.size;
  }

  /** Whether a claim rests on a response that was composed for demonstration. */
  isDemo(claim: Claim): boolean {
    return claim.citations.some(
      ({ evidenceId }) => this.entries.get(evidenceId)?.evidence?.retrievedAt === null,
    );
  }

  /** The places a claim cites, each once, in the order of its markers. */
  placesOf(claim: Claim): { anchor: string; citation: Citation }[] {
    const cited = new Map<string, { number: number; index: number; citation: Citation }>();
    for (const citation of claim.citations) {
      const key = canonicalJson(citation);
      const { number, places } = this.entryOf(citation.evidenceId);
      cited.set(key, { number, index: places.get(key)?.index ?? 0, citation });
    }
    return [...cited.values()]
      .sort((a, b) => a.number - b.number || a.index - b.index)
      .map(({ number, index, citation }) => ({
        anchor: `${anchorOf(number)}${letter(index)}`,
        citation,
      }));
  }

  /** The markers of a claim's citations, each leading to its first place. */
  marks(claim: Claim): Run[] {
    const cited = new Map<number, number[]>();
    for (const citation of claim.citations) {
      const { number, places } = this.entryOf(citation.evidenceId);
      const index = places.get(canonicalJson(citation))?.index ?? 0;
      const known = cited.get(number) ?? [];
      cited.set(number, known.includes(index) ? known : [...known, index]);
    }
    const marks = [...cited].map(([number, places]) => ({ number, places }));
    return markTexts(marks).map(({ text, first }) => ({
      text,
      style: 'sup',
      to: `${anchorOf(first.number)}${letter(first.places[0] ?? 0)}`,
    }));
  }

  /** `3, 5–9`, each run leading to its first entry. */
  references(evidenceIds: readonly string[]): Run[] {
    const marks = [...new Set(evidenceIds)].map((id) => ({
      number: this.entryOf(id).number,
      places: [],
    }));
    const texts = markTexts(marks);
    const runs = texts
      .slice(0, MAX_REFERENCES)
      .flatMap(({ text, first }, index): Run[] => [
        index > 0 ? ', ' : '',
        { text, to: anchorOf(first.number) },
      ]);
    const rest = texts.length - MAX_REFERENCES;
    return rest > 0 ? [...runs, ` and ${countOf(rest, 'more run')} of records`] : runs;
  }

  parts(): Part[] {
    return [
      { kind: 'citations', entries: [...this.entries.values()].map((entry) => this.view(entry)) },
      ...this.responses(),
    ];
  }

  private add(id: string, evidence: ReportEvidence | null): Entry {
    const entry: Entry = { number: this.entries.size + 1, evidence, places: new Map() };
    this.entries.set(id, entry);
    return entry;
  }

  private entryOf(evidenceId: string): Entry {
    return this.entries.get(evidenceId) ?? this.add(evidenceId, null);
  }

  private view({ number, evidence, places }: Entry): CitationEntry {
    return {
      anchor: anchorOf(number),
      number,
      evidenceId: evidence?.id ?? null,
      head: evidence
        ? this.head(evidence)
        : [{ text: 'Evidence missing from the report', badge: 'bad' }],
      places: [...places.values()].map(({ index, citation }) => ({
        anchor: `${anchorOf(number)}${letter(index)}`,
        letter: letter(index),
        runs: [
          ...placeRuns(citation),
          ...(citation.snapshotSha256 === evidence?.snapshotSha256
            ? []
            : [' in the further response ', hashRun(citation.snapshotSha256)]),
        ],
      })),
    };
  }

  private head(evidence: ReportEvidence): Run[] {
    const href = httpsUrl(evidence.url);
    const published = evidence.publishedOn ? `, ${visible(evidence.publishedOn)}` : '';
    const retrieved = evidence.retrievedAt ? day(evidence.retrievedAt) : 'composed';
    return [
      { text: visible(evidence.title), style: 'strong', ...(href && { href }) },
      ...this.badges(evidence),
      ` ${SOURCE_NAMES[evidence.source]} `,
      { text: visible(evidence.externalId), style: 'code' },
      ` · ${KIND_WORDS[evidence.kind]}${published} · ${evidence.level ?? 'no level'} · ${visible(evidence.licence)} · ${retrieved}, snapshot `,
      hashRun(evidence.snapshotSha256),
    ];
  }

  /** What must be seen wherever a record is named. */
  private badges({ id, retrievedAt }: ReportEvidence): Run[] {
    const badges: Run[] = [];
    if (this.retracted.has(id)) badges.push(' ', { text: 'Retracted', badge: 'bad' });
    if (retrievedAt === null) badges.push(' ', { text: 'Demo', badge: 'caution' });
    return badges;
  }

  /** The full hashes, for readers of paper. */
  private responses(): Part[] {
    const records = new Map<string, ReportEvidence[]>();
    for (const { evidence } of this.entries.values()) {
      if (!evidence) continue;
      const known = records.get(evidence.snapshotSha256) ?? [];
      records.set(evidence.snapshotSha256, [...known, evidence]);
    }
    for (const { citations } of this.report.claims) {
      for (const { snapshotSha256 } of citations) {
        if (!records.has(snapshotSha256)) records.set(snapshotSha256, []);
      }
    }
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
        rows: [...records]
          .sort(([a], [b]) => compareText(a, b))
          .map(([sha256, [first, ...others]]) => {
            const retrieved = first?.retrievedAt ? instant(first.retrievedAt) : 'composed (Demo)';
            return {
              cells: [
                { runs: [{ text: sha256, style: 'code' }] },
                { runs: [first ? SOURCE_NAMES[first.source] : 'cited only'] },
                { runs: [first ? retrieved : 'see the bundle'] },
                { runs: [String(first ? 1 + others.length : 0)] },
              ],
            };
          }),
      },
    ];
  }
}

function hashRun(sha256: string): Run {
  return { text: shortHash(sha256), style: 'code', title: sha256 };
}

function anchorOf(number: number): string {
  return `e${number}`;
}
