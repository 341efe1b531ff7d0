/** What a derivation is, and how one reads what it is given. */
import type { Citation, Json } from '@/server/evidence/schema';
import type { Body } from '../places';
import type { Report } from '../schema';

/** What a derivation may know of its report besides citations: all of it stands in report.json. */
export type ReportFacts = Pick<Report, 'subject' | 'options' | 'sources' | 'versions'>;

/**
 * A pure function that fills a slot from values, and from the citations among them. A changed result needs a new version; old versions stay, for
 * old reports are computed with them.
 */
export interface Derivation {
  /** Throws with a reason in words when the values are not what it takes. */
  compute(values: Json[], report: ReportFacts, citations: (Citation | null)[]): Json;
  /** Where an input must stand when it is a citation, by position; null means anywhere. */
  takes?: (position: number) => Field | null;
  /**
   * Every so many inputs are fields of one record (Infinity: all of them): their pointers share a
   * root, and an input that is `none@1` says that the record does not state this field.
   */
  recordEvery?: number;
  /**
   * Given the whole record, the pointers from its root that the inputs must cite, in order; null where
   * it does not state a part. A record cited in part is thereby found out.
   */
  partsOf?: (record: Json) => (string | null)[];
  /**
   * Why the claim leaves out something of the record that its first input stands in, or null. Given
   * that input's citation, all citations of the claim, and the stored body.
   */
  leavesOut?: (first: Citation, cited: readonly Citation[], body: Body) => string | null;
}

export type Derivations = Record<`${string}@${number}`, Derivation>;

/** Which field of a source's record a citation must point to. */
export interface Field {
  /** How the JSON pointer ends; what stands before is the record's root. */
  tail?: string;
  /** For fields with several homes in a record. */
  pointer?: RegExp;
  /** For raw slices: the markup right before. */
  before?: RegExp;
}

/** A derivation over citations and slots alone. */
export function pure(compute: (values: Json[]) => Json, takes?: Derivation['takes']): Derivation {
  return takes ? { compute, takes } : { compute };
}

export function one(values: Json[]): Json {
  if (values.length !== 1) throw new Error(`it takes one value, not ${values.length}`);
  return values[0] as Json;
}

export function textOf(value: Json | undefined): string {
  if (typeof value !== 'string') throw new Error('it takes text');
  return value;
}

export function textOrNull(value: Json | undefined): string | null {
  return value === null ? null : textOf(value);
}

/** A number, or text that is one as sources write it (`"0.5"`). */
export function numberOf(value: Json | undefined): number {
  const number =
    typeof value === 'string' && /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(value.trim())
      ? Number(value)
      : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new Error('it takes a number');
  return number;
}

export function listOf(value: Json | undefined): Json[] {
  if (!Array.isArray(value)) throw new Error('it takes a list');
  return value;
}

export function textsOf(value: Json | undefined): string[] {
  return listOf(value).map(textOf);
}

export function objectOf(value: Json | undefined): { [key: string]: Json } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('it takes an object');
  }
  return value;
}
