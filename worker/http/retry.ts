/** Which faults of a source pass by themselves, and when it is asked again. */
import type { IncomingHttpHeaders } from 'node:http';
import { SourceFault } from '../sources/contract';
import type { WireError } from './send';
import type { Timing } from './timing';
import { retryAfterMs } from './waiting';

export type Retry = { after: 'back-off'; baseMs: number } | { after: 'asked'; ms: number };

/** Client errors that pass by themselves: Request Timeout, Too Early, Too Many Requests. */
const TEMPORARY = [408, 425, 429];

/** A fault that asking again cannot mend. */
export class LastingFault extends SourceFault {}

/** Whether to ask again after the `attempt`-th time, counted from 1, and when; null when not. */
export function retryOf(
  fault: SourceFault,
  attempt: number,
  headers: IncomingHttpHeaders,
  { maxAttempts, maxUnreadable, backOffBaseMs, backOffLimitedMs }: Timing,
): Retry | null {
  const isNoAnswer = fault.kind === 'unreadable' || fault.kind === 'redirect';
  if (attempt >= (isNoAnswer ? maxUnreadable : maxAttempts)) return null;
  if (fault.kind === 'http-status' && fault.status !== null) {
    if (!TEMPORARY.includes(fault.status) && fault.status < 500) return null;
    const asked = retryAfterMs(headers, Date.now());
    if (asked !== null) return { after: 'asked', ms: asked };
    return {
      after: 'back-off',
      baseMs: fault.status === 429 ? backOffLimitedMs : backOffBaseMs,
    };
  }
  // A redirect elsewhere, too: gateways lead to pages of their own while a service is away.
  const passing = ['unreachable', 'timeout', 'unreadable', 'redirect'].includes(fault.kind);
  return passing && !(fault instanceof LastingFault)
    ? { after: 'back-off', baseMs: backOffBaseMs }
    : null;
}

export function wireFault(error: WireError, name: string, maxBodyBytes: number): SourceFault {
  switch (error.problem) {
    case 'unreachable':
      return new SourceFault('unreachable', `${name} could not be reached`);
    case 'private-address':
      return new LastingFault(
        'unreachable',
        `the name of ${name} leads to a private address here, which is not asked`,
      );
    case 'no-answer-in-time':
      return new SourceFault('timeout', `${name} did not answer in time`);
    case 'body-not-in-time':
      return new SourceFault('timeout', `${name} sent its answer too slowly`);
    case 'too-large':
      return new SourceFault(
        'too-large',
        `${name} sent an answer of more than ${Math.round(maxBodyBytes / 1e6)} MB`,
      );
    case 'broken-off':
      return new SourceFault('unreadable', `${name} sent an answer that breaks off`);
  }
}
