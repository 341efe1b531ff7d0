/** Every derivation, in all versions: named pure functions that fill slots. Browser-safe. */
import type { Derivation, Derivations } from './derivations/derivation';
import { GENERIC } from './derivations/generic';
import { MEDICINE } from './derivations/medicine';
import { TRIAL } from './derivations/trial';

export type { Derivation, Field, ReportFacts } from './derivations/derivation';

export const DERIVATIONS: Derivations = { ...GENERIC, ...MEDICINE, ...TRIAL };

/** The derivation of a `name@version`, or null. */
export function derivationOf(name: string): Derivation | null {
  return Object.hasOwn(DERIVATIONS, name)
    ? (DERIVATIONS[name as keyof Derivations] as Derivation)
    : null;
}
