/** Errors people can act on. Anything else is a fault and shown only by its request id. */
export type ErrorCode =
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'UNAUTHENTICATED'
  | 'INVALID'
  | 'CONFLICT'
  | 'LIMIT_REACHED'
  | 'UNAVAILABLE';

export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    /** Stable, upper-case: what programs match on. */
    readonly reason: string,
    /** One or two sentences for a person: what is wrong and what to do next. */
    readonly userMessage: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(userMessage);
    this.name = 'DomainError';
  }
}

/** A stranger's thing is not found either. */
export const notFound = (what: string) =>
  new DomainError('NOT_FOUND', 'NOT_FOUND', `There is no such ${what} here.`);
export const invalid = (reason: string, message: string, details?: Record<string, unknown>) =>
  new DomainError('INVALID', reason, message, details);
export const conflict = (reason: string, message: string, details?: Record<string, unknown>) =>
  new DomainError('CONFLICT', reason, message, details);
