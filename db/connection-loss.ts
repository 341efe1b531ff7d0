/** What becomes of a transaction whose connection is lost on the way. */

/** Codes of postgres.js and of sockets; the server's own say so by their severity. */
const LOST = /^(CONNECTION_|CONNECT_TIMEOUT|ECONN|EPIPE|ETIMEDOUT)/;
const AWAY = /^(08|57P)/;

function* chain(error: unknown): Generator<Error & { code?: unknown; severity?: unknown }> {
  for (let e = error; e instanceof Error; e = e.cause) yield e;
}

/** The connection that this error came from is gone, and whatever its transaction did with it. */
export function isConnectionLost(error: unknown): boolean {
  for (const { code, severity } of chain(error)) {
    if (typeof code === 'string' && LOST.test(code)) return true;
    if (severity === 'FATAL' || severity === 'PANIC') return true;
  }
  return false;
}

/** The database could not be asked, which says nothing about what it was asked (classes 08 and 57P too). */
export function isDatabaseAway(error: unknown): boolean {
  if (isConnectionLost(error)) return true;
  for (const { code } of chain(error)) if (typeof code === 'string' && AWAY.test(code)) return true;
  return false;
}

/** Thrown instead of a statement that would go out after its transaction has ended. */
export class TransactionOver extends Error {
  readonly code = 'CONNECTION_CLOSED';
  constructor() {
    super('This transaction has ended, or its connection was lost');
    this.name = 'TransactionOver';
  }
}
