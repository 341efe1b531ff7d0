import { beforeEach } from 'vitest';

/** Leaves out the tests of a suite for a reason, which the run prints; null runs them. */
export function skipAllFor(reason: string | null): void {
  beforeEach(({ skip }) => skip(reason !== null, reason ?? ''));
}
