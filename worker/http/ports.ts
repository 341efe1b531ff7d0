/** What the HTTP core needs from its surroundings; the worker provides it on the database. */
import type { AskedSource, SourceInfo } from '@/server/sources/schema';

/** What the core has to know of a source. */
export type HttpSource = Pick<SourceInfo, 'id' | 'name'> & {
  /** Hosts it may contact. */
  hosts: readonly string[];
};

/** Identifies a request within a job and within a bundle. */
export interface ExchangeKey {
  source: AskedSource;
  method: 'GET' | 'POST';
  /** Public https address, query sorted, without keys, `tool`, `email`, `mailto`. */
  url: string;
  requestBodySha256: string | null;
}

/** One request and what came of it: the content of one bundle line. */
export interface Exchange extends ExchangeKey {
  /** Null when there was no usable answer; `error` then says why. */
  status: number | null;
  /** `<fault kind>: <message>`, stable between runs; null when the response speaks for itself. */
  error: string | null;
  contentType: string | null;
  /** ISO time (UTC); null when composed for demonstration. */
  retrievedAt: string | null;
  /** SHA-256 hex of `body`; null together with it. */
  sha256: string | null;
  /** The body without content encoding (gzip …). */
  body: Uint8Array | null;
}

export interface Wait {
  reason: 'pace' | 'retry-after' | 'back-off';
  ms: number;
  /** For people: "openFDA asks us to wait 40 s". */
  message: string;
}

/** Keys and addresses that are added on the wire only, never recorded or logged. */
export interface SourceSecrets {
  ncbiApiKey: string | null;
  openfdaApiKey: string | null;

  contactEmail: string | null;
}

export interface SourceHttpPorts {
  /** Reserves the installation's next slot at this source and says how long it is until then. */
  takeSlot(source: AskedSource): Promise<{ waitMs: number }>;
  /** Nobody of the installation asks this source for so long: it said so itself. */
  postpone(source: AskedSource, ms: number): Promise<void>;
  breaker: {
    /** False while the source is left alone after repeated failure; asked once before each request. */
    allow(source: AskedSource): Promise<boolean>;
    /** Of every attempt: did the source answer (a refusal is an answer, a 5xx is not)? */
    report(source: AskedSource, ok: boolean): Promise<void>;
  };
  /**
   * Keeps what came of an attempt, in order. `final` marks the one that the request ended with; only
   * those are replayed. Cuts (budget, cancellation, finish-early) are kept too, as errors.
   */
  record(exchange: Exchange, how: { final: boolean }): Promise<void>;
  /**
   * The last final exchange under this key, of the bundle or of this job before its worker was killed.
   * `pinned`: there is nothing but the bundle, so that null means "not in bundle".
   * Taking it counts as a use: the port links it to the job.
   */
  replay(key: ExchangeKey): Promise<{ exchange: Exchange | null; pinned: boolean }>;
  onWait(wait: Wait): void;
  /**
   * Abort with a SourceFault (`cancelled`, `finish-early`, `budget`) to end asking with that fault,
   * recorded; with anything else (the worker shuts down) to stop without a trace, that reason thrown.
   */
  signal: AbortSignal;
  budget: {
    /** Takes one request off the job's budget; false when none is left. */
    takeRequest(): Promise<boolean>;
    /** When the job's seconds are over (ms since 1970); null = no limit, as in pinned jobs. */
    deadlineAt: number | null;
  };
  /** SOURCES_BASE_URL: `https://host/path` is asked at `<baseUrl>/<source id>/path`. */
  baseUrl: string | null;
  secrets: SourceSecrets;
}
