/**
 * Numbers what the statements of one block cite. An entry is one stored response of one record; the
 * places in it have letters, so a marker such as `3b` leads to one exact place.
 */
import type { Citation, Json } from '@/server/evidence/schema';
import { canonicalJson, compareText } from '../canonical';
import { SOURCE_NAMES } from '../csl';
import type { Claim, ReportEvidence } from '../schema';
import { day, httpsUrl, shortHash, visible } from './text';
import type { CitationEntry, Run } from './view';

/** Beyond this many characters a value is cut, and said to be; report.json has the whole. */
const MAX_VALUE_CHARACTERS = 1200;

interface Entry {
  number: number;
  evidenceId: string;
  snapshotSha256: string;
  /** Places by their canonical form, in order of their letters. */
  places: Map<string, Citation>;
}

export interface KnownEvidence {
  byId: ReadonlyMap<string, ReportEvidence>;
  retracted: ReadonlySet<string>;
}

export class CitationList {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly blockAnchor: string,
    private readonly known: KnownEvidence,
  ) {}

  /** The markers of a claim's citations; consecutive entries cited alike are drawn together. */
  mark(claim: Claim): Run[] {
    const cited = new Map<Entry, number[]>();
    for (const citation of claim.citations) {
      const entry = this.entryOf(citation);
      const letters = cited.get(entry) ?? [];
      const index = placeIndex(entry, citation);
      if (!letters.includes(index)) letters.push(index);
      cited.set(entry, letters);
    }
    const marks = [...cited]
      .sort(([a], [b]) => a.number - b.number)
      .map(([entry, places]) => ({ entry, places: places.sort((a, b) => a - b) }));
    return grouped(marks).map(({ from, to, places }) => {
      const letters = lettersOf(places);
      const text =
        from === to
          ? `${from.number}${letters}`
          : `${from.number}${letters}–${to.number}${letters}`;
      return { text, style: 'sup', to: this.placeAnchor(from, places[0] ?? 0) };
    });
  }

  view(): CitationEntry[] {
    return [...this.entries.values()].map((entry) => ({
      anchor: this.anchor(entry),
      number: entry.number,
      head: this.head(entry),
      places: [...entry.places.values()].map((citation, index) => ({
        anchor: this.placeAnchor(entry, index),
        letter: letter(index),
        runs: placeRuns(citation),
      })),
    }));
  }

  private entryOf(citation: Citation): Entry {
    const key = `${citation.evidenceId} ${citation.snapshotSha256}`;
    const known = this.entries.get(key);
    if (known) return known;
    const { evidenceId, snapshotSha256 } = citation;
    const number = this.entries.size + 1;
    const entry: Entry = { number, evidenceId, snapshotSha256, places: new Map() };
    this.entries.set(key, entry);
    return entry;
  }

  private anchor(entry: Entry): string {
    return `${this.blockAnchor}-c${entry.number}`;
  }

  private placeAnchor(entry: Entry, index: number): string {
    return `${this.anchor(entry)}${letter(index)}`;
  }

  private head({ evidenceId, snapshotSha256 }: Entry): Run[] {
    const evidence = this.known.byId.get(evidenceId);
    const hash: Run = { text: shortHash(snapshotSha256), style: 'code', title: snapshotSha256 };
    if (!evidence) {
      return [{ text: 'Evidence missing from the report', badge: 'bad' }, ' snapshot ', hash];
    }
    const href = httpsUrl(evidence.url);
    const isOwnResponse = evidence.snapshotSha256 === snapshotSha256;
    return [
      { text: visible(evidence.title), style: 'strong', ...(href && { href }) },
      ...evidenceBadges(evidence, this.known),
      ` ${SOURCE_NAMES[evidence.source]} `,
      { text: visible(evidence.externalId), style: 'code' },
      ` · ${evidence.level ?? 'no level'} · ${visible(evidence.licence)} · ${isOwnResponse ? 'snapshot' : 'further response, snapshot'} `,
      hash,
      evidence.retrievedAt ? ` · ${day(evidence.retrievedAt)}` : '',
    ];
  }
}

/** What must be seen wherever a record is named. */
export function evidenceBadges(evidence: ReportEvidence, known: KnownEvidence): Run[] {
  return [
    ...(known.retracted.has(evidence.id)
      ? ([' ', { text: 'Retracted', badge: 'bad' }] satisfies Run[])
      : []),
    ...(evidence.retrievedAt === null
      ? ([' ', { text: 'Demo', badge: 'caution' }] satisfies Run[])
      : []),
  ];
}

function placeIndex(entry: Entry, citation: Citation): number {
  const key = canonicalJson(citation);
  if (!entry.places.has(key)) entry.places.set(key, citation);
  return [...entry.places.keys()].indexOf(key);
}

interface Mark {
  entry: Entry;
  places: number[];
}

function grouped(marks: Mark[]): { from: Entry; to: Entry; places: number[] }[] {
  const groups: { from: Entry; to: Entry; places: number[] }[] = [];
  for (const { entry, places } of marks) {
    const last = groups.at(-1);
    if (
      last &&
      last.to.number + 1 === entry.number &&
      compareText(last.places.join(), places.join()) === 0
    ) {
      last.to = entry;
    } else {
      groups.push({ from: entry, to: entry, places });
    }
  }
  return groups;
}

/** `a–d, f` for neighbours and single ones. */
function lettersOf(places: number[]): string {
  const runs: [number, number][] = [];
  for (const place of places) {
    const last = runs.at(-1);
    if (last && last[1] + 1 === place) last[1] = place;
    else runs.push([place, place]);
  }
  return runs
    .map(([from, to]) => {
      if (from === to) return letter(from);
      return to === from + 1 ? `${letter(from)}${letter(to)}` : `${letter(from)}-${letter(to)}`;
    })
    .join('');
}

/** a … z, then aa, ab … */
function letter(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letter(Math.floor(index / 26) - 1) + last;
}

function placeRuns(citation: Citation): Run[] {
  if ('value' in citation) {
    const { pointer, value } = citation;
    return [
      { text: visible(pointer) || 'the whole response', style: 'code' },
      ' ',
      ...(typeof value === 'string' ? quoted(value) : jsonRuns(value)),
    ];
  }
  const characters = `characters ${citation.start}–${citation.end}`;
  if ('pointer' in citation) {
    return [
      { text: visible(citation.pointer), style: 'code' },
      ` ${characters} `,
      ...quoted(citation.quote),
    ];
  }
  return [`${characters} of the response `, ...quoted(citation.display)];
}

function quoted(words: string): Run[] {
  const { shown, note } = cut(visible(words));
  return [{ text: `“${shown}”`, style: 'quote' }, ...note];
}

function jsonRuns(value: Json): Run[] {
  const { shown, note } = cut(visible(JSON.stringify(value)));
  return [{ text: shown, style: 'code' }, ...note];
}

function cut(text: string): { shown: string; note: Run[] } {
  const characters = Array.from(text);
  if (characters.length <= MAX_VALUE_CHARACTERS) return { shown: text, note: [] };
  return {
    shown: `${characters.slice(0, MAX_VALUE_CHARACTERS).join('')}…`,
    note: [
      {
        text: ` (${MAX_VALUE_CHARACTERS} of ${characters.length} characters; the whole stands in report.json)`,
        style: 'quiet',
      },
    ],
  };
}
