/** The rules by which a candidate gets its label. Pure functions over plain values. */
import type { Outcome } from '@/server/evidence/schema';
import { round6 } from '@/server/evidence/understand/text';
import type { Interval, Label } from '@/server/reports/schema';

/** Support and against, each at least and at most. */
export interface Sums {
  support: Interval;
  against: Interval;
}

/** Sums of contributions: what lies above zero supports, what lies below speaks against. */
export function sumsOf(contributions: readonly Interval[]): Sums {
  let supportLow = 0;
  let supportHigh = 0;
  let againstLow = 0;
  let againstHigh = 0;
  for (const { low, high } of contributions) {
    if (low > 0) supportLow += low;
    if (high > 0) supportHigh += high;
    if (high < 0) againstLow -= high;
    if (low < 0) againstHigh -= low;
  }
  return {
    support: { low: round6(supportLow), high: round6(supportHigh) },
    against: { low: round6(againstLow), high: round6(againstHigh) },
  };
}

/** [support.low - against.high, support.high - against.low]. */
export function intervalOf(support: Interval, against: Interval): Interval {
  return {
    low: round6(support.low - against.high),
    high: round6(support.high - against.low),
  };
}

export interface LabelFacts {
  /** A trial or an article stands for this candidate. */
  hasRecord: boolean;
  /** Outcomes of the sources the rules ask for. */
  clinicaltrials: Outcome;
  openfda: Outcome;
  chembl: Outcome;
  /** Withdrawn for safety, and openFDA, having answered, records no approval today. */
  isWithdrawn: boolean;
  interval: Interval;
  /** What is known against, at least. */
  againstLow: number;
  go: number;
  noGo: number;
}

/** Which rule gave the label. */
export type LabelRule =
  | 'registry-silent'
  | 'no-record'
  | 'withdrawn'
  | 'below-no-go'
  | 'reaches-go'
  | 'reaches-go-unconfirmed'
  | 'between';

const LABEL_OF_RULE: Record<LabelRule, Label> = {
  'registry-silent': 'Insufficient evidence',
  'no-record': 'Insufficient evidence',
  withdrawn: 'No-Go',
  'below-no-go': 'No-Go',
  'reaches-go': 'Go',
  'reaches-go-unconfirmed': 'Investigate',
  between: 'Investigate',
};

const ANSWERED: readonly Outcome[] = ['ok', 'empty'];

/** In this order: Insufficient evidence, No-Go, Go, Investigate (CONTRACTS, Labels). */
export function labelRuleOf(facts: LabelFacts): LabelRule {
  if (facts.clinicaltrials === 'failed' || facts.clinicaltrials === 'not-searched') {
    return 'registry-silent';
  }
  if (!facts.hasRecord) return 'no-record';
  if (facts.isWithdrawn) return 'withdrawn';
  const { low, high } = facts.interval;
  if (facts.againstLow > 0 && high < facts.noGo) return 'below-no-go';
  if (low < facts.go) return 'between';
  return ANSWERED.includes(facts.openfda) && ANSWERED.includes(facts.chembl)
    ? 'reaches-go'
    : 'reaches-go-unconfirmed';
}

export function labelNamed(rule: LabelRule): Label {
  return LABEL_OF_RULE[rule];
}

/** The label with its reason in words. */
export function labelOf(facts: LabelFacts): { label: Label; reason: string } {
  const rule = labelRuleOf(facts);
  return { label: labelNamed(rule), reason: reasonOf(rule, facts) };
}

function reasonOf(rule: LabelRule, facts: LabelFacts): string {
  const { low, high } = facts.interval;
  switch (rule) {
    case 'registry-silent':
      return facts.clinicaltrials === 'failed'
        ? 'ClinicalTrials.gov could not be asked'
        : 'ClinicalTrials.gov was not searched';
    case 'no-record':
      return 'no trial and no article counts for it';
    case 'withdrawn':
      return 'withdrawn for safety, and no approval is recorded today';
    case 'below-no-go':
      return `even at best (${high}) the evidence stays below N (${facts.noGo})`;
    case 'reaches-go':
      return `even at worst (${low}) the evidence reaches G (${facts.go})`;
    case 'reaches-go-unconfirmed': {
      const silent = [
        ...(ANSWERED.includes(facts.openfda) ? [] : ['openFDA']),
        ...(ANSWERED.includes(facts.chembl) ? [] : ['ChEMBL']),
      ];
      return `the evidence reaches G (${facts.go}), but ${silent.join(' and ')} did not fully answer`;
    }
    case 'between':
      return `the evidence lies between ${low} and ${high}, with G at ${facts.go} and N at ${facts.noGo}`;
  }
}
