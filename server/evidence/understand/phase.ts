/** Phases as the registry and drug databases write them, and the key by which a trial is weighed. */

export const PHASE_KEYS = ['early-phase-1', 'phase-1', 'phase-2', 'phase-3', 'phase-4'] as const;
export type PhaseKey = (typeof PHASE_KEYS)[number];

const REGISTRY_PHASES: Record<string, PhaseKey> = {
  EARLY_PHASE1: 'early-phase-1',
  PHASE1: 'phase-1',
  PHASE2: 'phase-2',
  PHASE3: 'phase-3',
  PHASE4: 'phase-4',
};

/** The key of a trial's weight: of two phases the lower; null where none is stated or none applies. */
export function phaseKey(phases: readonly string[] | null): PhaseKey | null {
  const known = (phases ?? []).flatMap((phase) => REGISTRY_PHASES[phase] ?? []);
  return PHASE_KEYS.find((key) => known.includes(key)) ?? null;
}

/** For people: "Phase 1/2"; null where none is stated. */
export function phaseInWords(phases: readonly string[] | null): string | null {
  const keys = PHASE_KEYS.filter((key) =>
    (phases ?? []).some((phase) => REGISTRY_PHASES[phase] === key),
  );
  if (keys.length === 0) return null;
  if (keys[0] === 'early-phase-1') return 'Early phase 1';
  return `Phase ${keys.map((key) => key.slice(-1)).join('/')}`;
}

/** Rank for comparing phases in words; a phase 1/2 lies between 1 and 2. */
export function phaseRank(phases: readonly string[] | null): number | null {
  const ranks = (phases ?? []).flatMap((phase) => {
    const key = REGISTRY_PHASES[phase];
    return key ? [key === 'early-phase-1' ? 0.5 : Number(key.slice(-1))] : [];
  });
  if (ranks.length === 0) return null;
  return (Math.min(...ranks) + Math.max(...ranks)) / 2;
}

/**
 * The highest phase that a drug database records for an indication. ChEMBL `max_phase_for_ind`
 * writes 0.5 to 4, Open Targets `PHASE_1_2`, `APPROVAL`; the lower of two is taken. Null is unknown.
 */
export function recordedPhase(value: number | string | null): PhaseKey | 'approved' | null {
  if (value === null) return null;
  const number = typeof value === 'number' ? value : /^\d/.test(value) ? Number(value) : null;
  if (number !== null) {
    if (number === 4) return 'approved';
    if (number === 0.5) return 'early-phase-1';
    return number === 1 || number === 2 || number === 3 ? (`phase-${number}` as PhaseKey) : null;
  }
  const text = String(value).toUpperCase();
  if (/^(?:PRE_?)?APPROVAL$|^APPROVED$/.test(text)) {
    return text.startsWith('PRE') ? 'phase-3' : 'approved';
  }
  if (/EARLY_PHASE_?1|PHASE_?0/.test(text)) return 'early-phase-1';
  const lowest = /PHASE_?([1-4])/.exec(text)?.[1];
  return lowest ? (`phase-${lowest}` as PhaseKey) : null;
}

export function phaseKeyInWords(key: PhaseKey): string {
  return key === 'early-phase-1' ? 'early phase 1' : key.replace('-', ' ');
}
