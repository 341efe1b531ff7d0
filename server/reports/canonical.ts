/**
 * The one byte form of a JSON value: RFC 8785 (JSON Canonicalization Scheme), so that a hash is the
 * same on any machine. Browser-safe.
 */
import canonicalize from 'canonicalize';

/** Places kept of computed numbers in a report (CONTRACTS, report.json). */
const DECIMAL_PLACES = 6;

/**
 * RFC 8785 text of a JSON value. Throws where the value has none: undefined, NaN, an infinity, or
 * text with a lone surrogate (RFC 8785, section 3.2.2.2), which no UTF-8 can carry.
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Only a JSON value has a canonical form.');
  // JSON.stringify writes a lone surrogate as an escape; a paired one as itself.
  if (/(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(text)) {
    throw new TypeError('Text with a lone surrogate has no canonical form.');
  }
  return text;
}

/** Rounds to six places, half away from the exact binary value as ECMAScript's toFixed fixes it. */
export function roundNumber(value: number): number {
  const rounded = Number(value.toFixed(DECIMAL_PLACES));
  return rounded === 0 ? 0 : rounded;
}

/** A copy of a JSON-like value with every number rounded to six places. */
export function roundNumbers<T>(value: T): T {
  return rounded(value) as T;
}

function rounded(value: unknown): unknown {
  if (typeof value === 'number') return roundNumber(value);
  if (Array.isArray(value)) return value.map(rounded);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rounded(item)]));
  }
  return value;
}

/** Deep equality of JSON values: same types, same members in any order, same items in order. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => sameJson(item, b[index]))
    );
  }
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) =>
        Object.hasOwn(b, key) &&
        sameJson((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
}

/** Order of code units: the same on any machine, whatever its locale or collation. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
