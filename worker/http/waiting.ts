/** How long to wait before asking again, and waiting itself. */
import type { IncomingHttpHeaders } from 'node:http';

/** Waits so long, or throws the signal's reason. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** Exponential back-off with full jitter: anything from 0 to `baseMs · 2^(attempt − 1)`. */
export function backOffMs(attempt: number, baseMs: number): number {
  return Math.random() * baseMs * 2 ** (attempt - 1);
}

/** `Retry-After` as seconds or as a date (RFC 9110, section 10.2.3); null where absent or unreadable. */
export function retryAfterMs(headers: IncomingHttpHeaders, now: number): number | null {
  const value = headers['retry-after']?.trim();
  if (!value) return null;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/**
 * How long PubChem wants to be left alone, by `X-Throttling-Control`: green is below half of a limit,
 * yellow up to three quarters, red nearly there, black over it and blocked
 * (pubchem.ncbi.nlm.nih.gov/docs/dynamic-request-throttling, read 2026-11-22); the service as a whole
 * reports in the same colours, from idle to overloaded.
 */
export function throttlingMs(headers: IncomingHttpHeaders): number {
  const value = String(headers['x-throttling-control'] ?? '').toLowerCase();
  if (value.includes('black')) return 15_000;
  if (value.includes('red')) return 5_000;
  if (value.includes('yellow')) return 1_000;
  return 0;
}

/**
 * Time in which a source was asked and has not answered, since its last answer. Runs while at least
 * one request is under way, so that parallel requests are not counted twice.
 */
export class UnansweredClock {
  private running = 0;
  private startedAt = 0;
  private sum = 0;

  get elapsedMs(): number {
    return this.sum + (this.running > 0 ? performance.now() - this.startedAt : 0);
  }

  start(): void {
    if (this.running === 0) this.startedAt = performance.now();
    this.running += 1;
  }

  stop(): void {
    this.running -= 1;
    if (this.running === 0) this.sum += performance.now() - this.startedAt;
  }

  /** An answer came. */
  reset(): void {
    this.sum = 0;
    this.startedAt = performance.now();
  }
}
