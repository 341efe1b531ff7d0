/** Disproportionality of co-reported reactions in spontaneous reports. */
import { round6 } from './text';

export interface ReportCounts {
  /** Reports with drug and reaction. */
  a: number;
  drugTotal: number;
  reactionTotal: number;
  total: number;
}

export interface Disproportionality {
  a: number;
  b: number;
  c: number;
  d: number;
  /** Proportional reporting ratio with its 95 % interval. */
  prr: number;
  low: number;
  high: number;
  /** With Yates' correction. */
  chiSquared: number;
  signal: boolean;
}

/** 97.5 % point of the normal distribution. */
const Z = 1.959964;

/**
 * PRR = [a/(a+b)]/[c/(c+d)]. Signal when PRR >= 2, chi squared (Yates) >= 4 and a >= 3 (Evans 2001,
 * doi 10.1002/pds.677). Null when a cell is zero or the counts contradict each other.
 */
export function disproportionality(counts: ReportCounts): Disproportionality | null {
  const { a, drugTotal, reactionTotal, total } = counts;
  const b = drugTotal - a;
  const c = reactionTotal - a;
  const d = total - drugTotal - c;
  if (![a, b, c, d].every((cell) => Number.isFinite(cell) && cell > 0)) return null;
  const prr = a / drugTotal / (c / (c + d));
  const standardError = Math.sqrt(1 / a - 1 / drugTotal + 1 / c - 1 / (c + d));
  const excess = Math.max(0, Math.abs(a * d - b * c) - total / 2);
  const chiSquared =
    (((total / drugTotal) * excess) / (c + d) / reactionTotal) * (excess / (b + d));
  return {
    a,
    b,
    c,
    d,
    prr: round6(prr),
    low: round6(prr * Math.exp(-Z * standardError)),
    high: round6(prr * Math.exp(Z * standardError)),
    chiSquared: round6(chiSquared),
    signal: prr >= 2 && chiSquared >= 4 && a >= 3,
  };
}
