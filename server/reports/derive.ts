/** Every derivation, in all versions: named pure functions that fill slots. Browser-safe. */

import { ARTICLE } from './derivations/article';
import { CANDIDATE } from './derivations/candidate';
import type { Derivation, Derivations } from './derivations/derivation';
import { DISEASE } from './derivations/disease';
import { GENERIC } from './derivations/generic';
import { MEDICINE } from './derivations/medicine';
import { REPORT } from './derivations/report';
import { TRIAL } from './derivations/trial';

export type { Derivation, Field, ReportFacts } from './derivations/derivation';

export const DERIVATIONS: Derivations = {
  ...GENERIC,
  ...REPORT,
  ...TRIAL,
  ...MEDICINE,
  ...DISEASE,
  ...ARTICLE,
  ...CANDIDATE,
};

/** The derivation of a `name@version`, or null. */
export function derivationOf(name: string): Derivation | null {
  return Object.hasOwn(DERIVATIONS, name)
    ? (DERIVATIONS[name as keyof Derivations] as Derivation)
    : null;
}
