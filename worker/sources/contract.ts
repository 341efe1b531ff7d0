/** What a connector is, and what it is given. Adding a source: one folder here, one line in `registry.ts`. */
import type { EvidenceDraft, Json, SourceId, Subject } from '@/server/evidence/schema';
import type { AskedSource, LiteratureSource, SourceInfo } from '@/server/sources/schema';

/** A stored response, as parsers see it. */
export interface Snapshot {
  /** SHA-256 hex of the body's bytes. */
  sha256: string;
  source: AskedSource;
  status: number;
  contentType: string | null;
  /** ISO time (UTC); null when composed for demonstration. */
  retrievedAt: string | null;
  /** The body as it came, without content encoding. */
  bytes: Uint8Array;
  /** The body decoded as UTF-8, BOM kept: the string that text offsets count in. */
  text: string;
  /** The body parsed as JSON, once. Throws {@link SourceFault} `unreadable` when it is not JSON. */
  json(): Json;
}

export interface SourceRequest {
  /** Public https address of the source, without keys, `tool`, `email`; the core adds those. */
  url: string;
  method?: 'GET' | 'POST';
  /** JSON is sent as `application/json`, text as a form. */
  body?: Json | string;
  accept?: string;
  /** Statuses besides 2xx that are answers, not faults (a 404 that means "nothing found"). */
  answers?: readonly number[];
}

/** Asks one source for one job: paced, retried, limited, recorded. Throws {@link SourceFault}. */
export interface SourceHttp {
  ask(request: SourceRequest): Promise<Snapshot>;
}

export type FaultKind =
  | 'unreachable'
  | 'timeout'
  | 'http-status'
  | 'too-large'
  | 'unreadable'
  | 'redirect'
  | 'breaker-open'
  | 'not-in-bundle'
  | 'budget'
  | 'finish-early'
  | 'cancelled';

/**
 * Why a source did not answer. `message` is stable between runs (no times, ports, addresses), for it
 * is stored, replayed and shown.
 */
export class SourceFault extends Error {
  constructor(
    readonly kind: FaultKind,
    message: string,
    readonly status: number | null = null,
  ) {
    super(message);
    this.name = 'SourceFault';
  }
}

/** What a question yields as it goes on. */
export type Yielded =
  | { records: EvidenceDraft[] }
  /** The source holds more than the stated cap lets be read; told as the reason in the ledger. */
  | { capped: string };

/**
 * One independent question to a source (its labels, its adverse events …). When one question faults,
 * the others are still asked: the outcome is then `partial`, or `failed` when none was answered.
 */
export interface Question {
  /** Stable key, e.g. `labels`. */
  key: string;
  /** For people: "drug labels". */
  title: string;
  ask(http: SourceHttp): AsyncIterable<Yielded>;
}

/** A source that knows papers; its folder says what it can be asked. */
export interface Bibliography extends SourceInfo {
  id: LiteratureSource;
  version: string;
  hosts: readonly string[];
}

export interface Connector extends SourceInfo {
  id: SourceId;
  /** Changes whenever requests or parsing change. */
  version: string;
  /** Hosts it may contact. */
  hosts: readonly string[];
  /** Why this source cannot be asked about this subject ("not searched: …"), or null. */
  refuses(subject: Subject): string | null;
  questions(subject: Subject): Question[];
}
