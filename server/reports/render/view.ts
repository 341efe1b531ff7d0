/**
 * What a rendered report shows, without saying how: the HTML file and the PDF are two settings of
 * this one composition, so they say the same in the same order. Browser-safe.
 *
 * All text in it has passed `visible`; addresses have passed `httpsUrl`.
 */
import type { Figure } from './charts';

/** A piece of running text. A bare string is plain; a line feed in it starts a new line. */
export type Run = string | StyledRun;

export interface StyledRun {
  text: string;
  style?: 'strong' | 'quiet' | 'code' | 'quote' | 'sup';
  /** An https address. */
  href?: string;
  /** Anchor of a place in this report. */
  to?: string;
  /** The whole of what is shown shortened. */
  title?: string;
  badge?: Tone;
}

export type Tone = 'plain' | 'accent' | 'caution' | 'bad';

export interface Column {
  title: string;
  /** Share of the width on paper. */
  share: number;
  numeric?: boolean;
}

export interface Cell {
  runs: Run[];
  figures?: Figure[];
}

export interface Row {
  anchor?: string;
  cells: Cell[];
}

export interface Statement {
  /** The claim's id. */
  anchor: string;
  /** Sentence, badges and markers of citations. */
  runs: Run[];
  /** Why the statement must not be read like the others: shown in red, first. */
  alarm: string | null;
}

/** One record, and the places in stored responses that statements cite for it. */
export interface CitationEntry {
  anchor: string;
  number: number;
  /** Null where a statement cites what the report does not hold. */
  evidenceId: string | null;
  head: Run[];
  places: { anchor: string; letter: string; runs: Run[] }[];
}

export type Part =
  | { kind: 'heading'; text: string; anchor: string; runs?: Run[] }
  | { kind: 'text'; runs: Run[]; isQuiet?: boolean }
  | { kind: 'notice'; tone: 'caution' | 'bad'; title: string; runs: Run[] }
  | { kind: 'facts'; rows: { term: string; runs: Run[] }[] }
  | { kind: 'list'; items: Run[][] }
  | { kind: 'statements'; items: Statement[] }
  | { kind: 'table'; caption: string; columns: Column[]; rows: Row[]; rowHead: number }
  | { kind: 'verdict'; label: string; tone: Tone; runs: Run[]; figures: Figure[] }
  | { kind: 'depiction'; svg: string; alt: string }
  | { kind: 'citations'; entries: CitationEntry[] };

export interface Block {
  anchor: string;
  number: number | null;
  title: string;
  parts: Part[];
}

export interface ReportView {
  /** For the title bar and the document's properties. */
  title: string;
  subject: string;
  /** Date, version, hash. */
  imprint: { term: string; runs: Run[] }[];
  reportHash: string;
  appVersion: string;
  /** ISO instant that stands for the file's own time; null when the job has no end. */
  finishedAt: string | null;
  isDemo: boolean;
  blocks: Block[];
}
