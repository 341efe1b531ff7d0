/** How long a source is waited for, and how often it is asked. */
import type { WireLimits } from './send';

export interface Timing extends WireLimits {
  maxAttempts: number;
  /** An answer that is cut or malformed, or leads elsewhere, is asked for so many times in all. */
  maxUnreadable: number;
  maxRedirects: number;
  /** A source that has not answered for so long, waits for pace aside, is given up. */
  patienceMs: number;
  /** What a further request to a source that was given up may take. */
  probeMs: number;
  backOffBaseMs: number;
  /** Base after "429 Too Many Requests" without a time. */
  backOffLimitedMs: number;
  /** Sum of the waits a source may ask for between two answers. */
  maxAskedWaitMs: number;
  /** Waits for pace shorter than this are not told. */
  tellWaitFromMs: number;
  /** A request that would leave later than this after its turn, because this process was busy, … */
  maxLateMs: number;
  /** … takes another turn, up to so many in all: a late one comes too close to the one after it. */
  maxTurns: number;
}

/**
 * A source that cannot be reached must be `failed` within 30 s: 22 s of patience, then at most a
 * second for each of a connector's further questions.
 */
export const TIMING: Timing = {
  connectTimeoutMs: 5_000,
  headTimeoutMs: 10_000,
  totalTimeoutMs: 20_000,
  maxBodyBytes: 20_000_000,
  maxAttempts: 4,
  maxUnreadable: 3,
  maxRedirects: 3,
  patienceMs: 22_000,
  probeMs: 1_000,
  backOffBaseMs: 500,
  backOffLimitedMs: 2_000,
  maxAskedWaitMs: 60_000,
  tellWaitFromMs: 1_000,
  maxLateMs: 80,
  maxTurns: 4,
};
