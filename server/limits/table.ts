/**
 * How much anyone may ask for: the one table, which README and tests read too. Counted per key, else per
 * person, else per address, over a sliding minute.
 */

export interface Limit {
  perMinute: number;
  /**
   * While the shared counter is away each process counts for itself. `open`: up to the whole limit, so
   * that several processes together let more through. `closed`: up to a share of it, so that they do not.
   */
  withoutRedis: 'open' | 'closed';
  why: string;
}

export const LIMITS = {
  lists: { perMinute: 100, withoutRedis: 'open', why: 'Lists read many rows' },
  uploads: { perMinute: 10, withoutRedis: 'open', why: 'A batch holds up to 500 files' },
  asking: { perMinute: 30, withoutRedis: 'open', why: 'Every question searches all papers' },
  'sign-in': { perMinute: 5, withoutRedis: 'closed', why: 'Guessing must not gain from an outage' },
  reads: { perMinute: 1_200, withoutRedis: 'open', why: 'A screen reads often' },
  writes: { perMinute: 120, withoutRedis: 'open', why: 'A person or program at work' },
  streams: {
    perMinute: 300,
    withoutRedis: 'open',
    why: 'A stream is opened again after every gap',
  },
} as const satisfies Record<string, Limit>;
export type LimitName = keyof typeof LIMITS;

/** Processes that `closed` limits allow for: each counts up to its part. */
export const PROCESSES_ALLOWED_FOR = 2;
