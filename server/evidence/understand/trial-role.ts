/** What part the molecule plays in a trial, told from its arms and interventions. */
import { isSaltWord, mentions, moleculePhrases } from './molecule-names';
import { fold, type Word, words } from './text';

export const TRIAL_ROLES = [
  /** Given as the treatment under study. */
  'studied',
  /** Under study, but only ever together with other active drugs. */
  'combination',
  /** Only what the treatment under study is compared with. */
  'comparator',
  /** Given in the experimental arms and in those they are compared with alike. */
  'background',
  /** No intervention gives it. */
  'not-given',
  /** The record does not tell. */
  'unclear',
] as const;
export type TrialRole = (typeof TRIAL_ROLES)[number];

export interface Intervention {
  type: string | null;
  name: string;
  otherNames: readonly string[];
  armLabels: readonly string[];
}
export interface Arm {
  label: string;
  type: string | null;
  interventionNames: readonly string[];
}
export interface RoleInTrial {
  role: TrialRole;
  /** Labels of the arms that give the molecule, in the record's order. */
  arms: string[];
}

/** How one intervention's words relate to the molecule. */
export type Giving =
  | 'no'
  | 'alone'
  /** The words name other substances too: "X + Y". */
  | 'with-others'
  /** The words offer it as one of several: "X or Y". */
  | 'as-choice';

const CONTROLS = new Set([
  'ACTIVE_COMPARATOR',
  'PLACEBO_COMPARATOR',
  'SHAM_COMPARATOR',
  'NO_INTERVENTION',
]);
/** Types of intervention that give no substance as a treatment. */
const GIVES_NOTHING = new Set(['DIAGNOSTIC_TEST', 'BEHAVIORAL']);
const SUBSTANCE_TYPES = new Set(['DRUG', 'BIOLOGICAL', 'COMBINATION_PRODUCT', 'GENETIC']);
const INACTIVE =
  /\b(?:placebos?|sham|dummy|vehicle|saline|sugar pills?|no (?:treatment|intervention|drug)|(?:standard|usual|routine) (?:of )?care|supportive care|observation|watchful waiting|questionnaires?|laboratory|blood (?:draw|test|sampl\w*)|biopsy|biomarker\w*|pharmacokinetic\w*|pharmacological stud\w*|quality[- ]of[- ]life|specimen|imaging|tomography|resonance)\b/;
/** "X or placebo", "X vs placebo", "placebo plus X": the molecule itself is meant too. */
const PLACEBO_BESIDE =
  /(?:\bor\b|\/|\bvs?\.?|\bversus\b|\band\b|\+|&|\bplus\b|,)\s*(?:(?:a|the|matching|matched|identical|oral|dummy)\s+)*placebo|placebo\s*(?:\bor\b|\/|\bvs?\.?|\bversus\b|\+|&|\bplus\b)/;
const JOINS_OTHERS =
  /\+|\/|[,;；，、]|&|\bplus\b|\band\b|\bwith\b|\bcombin\w*|\bfollowed by\b|\bthen\b/;
const OFFERS_CHOICE = /\bor\b|\band\/or\b|\bvs\.?(?:\s|$)|\bversus\b/;
/** Words of dose, form and schedule: they name no second substance. */
const NEUTRAL = new Set(
  `a an the of to for in on at by as per from and or with plus then followed combined combination combining both each
  dose doses dosing dosage level levels mg mcg ug kg ml mm m2 iu day days daily week weeks weekly month months monthly
  year years hour hours minute minutes once twice three times time bid tid qid qd qod oral orally intravenous
  intravenously iv sc subcutaneous subcutaneously intramuscular im intranasal inhaled inhalation topical topically
  ophthalmic tablet tablets capsule capsules injection injections infusion infusions solution suspension cream gel
  ointment patch patches drops spray powder syrup lotion film coated extended immediate sustained modified controlled
  release low high standard medium maximum minimum loading maintenance induction single multiple repeated repeat first
  second third initial final group groups arm arms cohort cohorts part phase stage cycle cycles treatment treatments
  therapy therapies regimen monotherapy mono administration administered schedule intervention experimental study drug
  drugs product until progression continuous continuously intermittent intermittently adjuvant neoadjuvant
  pharmaceutical preparation formulation generic brand new active substance matching food water fasting fed up q2w
  q3w q4w q6w given before after during using use taken escalation expansion switch switching early late long short
  term duration mode name names china chinese usp inn api`.split(/\s+/),
);

/** Whether the words of one intervention give the molecule, and how. */
export function givingOf(
  intervention: Pick<Intervention, 'type' | 'name' | 'otherNames'>,
  phrases: readonly string[][],
): Giving {
  if (intervention.type !== null && GIVES_NOTHING.has(intervention.type)) return 'no';
  const byName = givingInText(intervention.name, phrases);
  if (byName !== null) return byName;
  if (isInactive(intervention.name)) return 'no';
  const others = intervention.otherNames.map((other) => givingInText(other, phrases));
  if (!others.some((giving) => giving !== null && giving !== 'no')) return 'no';
  // A trade name has the molecule for another name; another drug or a regimen has it for company.
  const hasCompany =
    isOtherSubstance(intervention.name) ||
    intervention.otherNames.some((other, i) => others[i] === null && isOtherSubstance(other));
  return hasCompany ? 'with-others' : 'alone';
}

/** Stems of international nonproprietary names (WHO stem book), and words for kinds of treatment. */
const SUBSTANCE_STEM =
  /(?:nib|mab|limus|platin|taxel|rubicin|statin|pril|sartan|azole|mycin|micin|cillin|floxacin|olol|dipine|gliptin|gliflozin|glutide|vir|parin|xaban|ciclib|parib|tecan|bicin|fungin|cycline|triptan|setron|prazole|lukast|steride|sone|solone|trexed|trexate|cept|kinra|degib|lidomide|domide|tidine|racil|citabine)$/;
const KIND_OF_TREATMENT =
  /\b(?:chemotherap\w*|immunotherap\w*|therapy|therapies|regimens?|inhibitors?|combinations?|cocktail|antibiotics?|analgesi\w*|steroids?|tkis?)\b/;

function isOtherSubstance(name: string): boolean {
  const folded = fold(name);
  return (
    KIND_OF_TREATMENT.test(folded) ||
    words(name).some(({ word }) => SUBSTANCE_STEM.test(word) || isSaltWord(word))
  );
}

/** Null when the words do not name the molecule at all. */
function givingInText(text: string, phrases: readonly string[][]): Giving | null {
  const read = words(text);
  const named = mentions(read, phrases);
  if (named.length === 0) return null;
  const folded = fold(text);
  const hasPlacebo = /\bplacebos?\b|\bsham\b/.test(folded);
  if (hasPlacebo && !PLACEBO_BESIDE.test(folded)) return 'no';
  const rest = withoutMentions(text, read, named).toLowerCase();
  if (!namesSomethingElse(rest)) return 'alone';
  if (OFFERS_CHOICE.test(rest)) return 'as-choice';
  return JOINS_OTHERS.test(rest) ? 'with-others' : 'alone';
}

function withoutMentions(
  text: string,
  read: readonly Word[],
  named: readonly { first: number; after: number }[],
): string {
  let rest = '';
  let from = 0;
  for (const { first, after } of named) {
    rest += `${text.slice(from, read[first]!.start)} `;
    from = read[after - 1]!.end;
  }
  // What stands in brackets explains ("JS111 capsules (AP-L1898)"), it seldom adds a drug.
  return (rest + text.slice(from)).replace(/\([^()+]*\)|\[[^[\]+]*\]/g, ' ');
}

function namesSomethingElse(rest: string): boolean {
  // After a plain plus even "S-1" is a drug; elsewhere short words are units and connectives.
  const shortest = /\+|\bplus\b|\bcombin/.test(rest) ? 1 : 4;
  return words(rest).some(
    ({ word }) =>
      word.length >= shortest &&
      !NEUTRAL.has(word) &&
      (!/\d/.test(word) || (shortest === 1 && RESEARCH_CODE.test(word))) &&
      !INACTIVE.test(word) &&
      !SALT_LIKE.test(word),
  );
}
/** "AK104", "SHR1826"; not "10mg", "q3w", "auc5". */
const RESEARCH_CODE = /^[a-z]{2,}\d{2,}[a-z]?$/;
const SALT_LIKE = /(?:ate|ide|ium|hcl)$/;

export function isInactive(interventionName: string): boolean {
  return INACTIVE.test(fold(interventionName));
}

interface ReadArm {
  label: string;
  type: string | null;
  giving: Giving;
  /** Other interventions of the arm that treat, by folded name. */
  extras: Set<string>;
  /** Whether one of them, or the molecule's own words, is another active drug. */
  otherDrugs: boolean;
}

/**
 * Names match on word boundaries, salts included; a placebo named after the molecule is none.
 * In words: only controls give it: comparator. Experimental arms and their controls give it while
 * the experimental arms add something else: background. Given everywhere without an addition (doses,
 * schedules, strategies are compared): studied.
 */
export function trialRole(
  names: readonly string[],
  interventions: readonly Intervention[],
  arms: readonly Arm[],
): RoleInTrial {
  const phrases = moleculePhrases(names);
  const givings = interventions.map((intervention) => givingOf(intervention, phrases));
  const isNamed = givings.some((giving) => giving !== 'no');
  if (!isNamed) return { role: roleByLabels(interventions, arms, phrases), arms: [] };
  if (arms.length === 0) return { role: roleWithoutArms(interventions, givings), arms: [] };

  const read = arms.map((arm) => readArm(arm, interventions, givings, phrases));
  const giving = read.filter((arm) => arm.giving !== 'no');
  const labels = giving.map((arm) => arm.label);
  if (giving.length === 0) return { role: 'unclear', arms: [] };
  return { role: roleInArms(read, giving), arms: labels };
}

/** Cohorts named after the molecule, in records that list no interventions at all. */
function roleByLabels(
  interventions: readonly Intervention[],
  arms: readonly Arm[],
  phrases: readonly string[][],
): TrialRole {
  const isNamed = arms.some(({ label }) => mentions(words(label), phrases).length > 0);
  return interventions.length === 0 && isNamed ? 'unclear' : 'not-given';
}

function roleWithoutArms(
  interventions: readonly Intervention[],
  givings: readonly Giving[],
): TrialRole {
  const others = interventions.some(
    (intervention, i) => givings[i] === 'no' && isOtherDrug(intervention),
  );
  if (others || givings.includes('as-choice')) return 'unclear';
  return givings.includes('alone') ? 'studied' : 'combination';
}

function readArm(
  arm: Arm,
  interventions: readonly Intervention[],
  givings: readonly Giving[],
  phrases: readonly string[][],
): ReadArm {
  const linked = interventions
    .map((intervention, i) => ({ intervention, giving: givings[i]! }))
    .filter(({ intervention }) => isLinked(arm, intervention));
  const found = new Set(linked.map(({ giving }) => giving));
  // A name that the arm states and no intervention of the record explains.
  for (const name of arm.interventionNames) {
    const known = linked.some(({ intervention }) => sameName(name, intervention.name));
    if (!known)
      found.add(givingOf({ type: null, name: withoutType(name), otherNames: [] }, phrases));
  }
  const giving: Giving = found.has('alone')
    ? 'alone'
    : found.has('with-others')
      ? 'with-others'
      : found.has('as-choice')
        ? 'as-choice'
        : 'no';
  const extras = linked.filter(
    ({ intervention, giving: own }) =>
      own === 'no' &&
      !(intervention.type !== null && intervention.type === 'DIAGNOSTIC_TEST') &&
      !isInactive(intervention.name),
  );
  return {
    label: arm.label,
    type: arm.type,
    giving,
    extras: new Set([
      ...extras.map(({ intervention }) => fold(intervention.name)),
      ...linked
        .filter(({ giving: own }) => own === 'with-others')
        .map(({ intervention }) => fold(intervention.name)),
    ]),
    otherDrugs:
      giving === 'with-others' || extras.some(({ intervention }) => isOtherDrug(intervention)),
  };
}

function roleInArms(read: readonly ReadArm[], giving: readonly ReadArm[]): TrialRole {
  const experimental = read.filter((arm) => arm.type === 'EXPERIMENTAL');
  const controls = read.filter((arm) => arm.type !== null && CONTROLS.has(arm.type));
  const tests = experimental.filter((arm) => arm.giving !== 'no');
  const control = controls.filter((arm) => arm.giving !== 'no');

  if (experimental.length === 0) return roleWithoutExperimental(read, controls, giving);
  if (tests.length === 0) return control.length > 0 ? 'comparator' : 'unclear';
  if (tests.every((arm) => arm.giving === 'as-choice')) return 'unclear';
  if (control.length === 0) return studiedIn(tests);

  if (tests.length < experimental.length) return 'background';
  const inControls = new Set(control.flatMap((arm) => [...arm.extras]));
  const comparesItself = tests.some((arm) => [...arm.extras].every((name) => inControls.has(name)));
  return comparesItself ? studiedIn(tests) : 'background';
}

/** Records that call no arm experimental: single arms, groups of cohorts, all arms "active comparators". */
function roleWithoutExperimental(
  read: readonly ReadArm[],
  controls: readonly ReadArm[],
  giving: readonly ReadArm[],
): TrialRole {
  if (giving.every((arm) => arm.giving === 'as-choice')) return 'unclear';
  if (giving.length === read.length) {
    const shared = [...giving[0]!.extras].filter((name) => giving.every((a) => a.extras.has(name)));
    const differs = giving.some((arm) => arm.extras.size > shared.length);
    return read.length > 1 && differs ? 'unclear' : studiedIn(giving);
  }
  const others = read.filter((arm) => arm.giving === 'no');
  const againstNothing = others.every(
    (arm) => arm.type !== null && arm.type !== 'ACTIVE_COMPARATOR' && CONTROLS.has(arm.type),
  );
  return controls.length > 0 && againstNothing ? studiedIn(giving) : 'unclear';
}

function studiedIn(arms: readonly ReadArm[]): TrialRole {
  return arms.every((arm) => arm.otherDrugs) ? 'combination' : 'studied';
}

function isOtherDrug(intervention: Intervention): boolean {
  return (
    (intervention.type === null || SUBSTANCE_TYPES.has(intervention.type)) &&
    !isInactive(intervention.name)
  );
}

function isLinked(arm: Arm, intervention: Intervention): boolean {
  return (
    arm.interventionNames.some((name) => sameName(name, intervention.name)) ||
    intervention.armLabels.some((label) => fold(label).trim() === fold(arm.label).trim())
  );
}

/** Arms write "Drug: Gefitinib" for the intervention "Gefitinib". */
function sameName(inArm: string, interventionName: string): boolean {
  const a = fold(inArm).trim();
  const b = fold(interventionName).trim();
  return a === b || fold(withoutType(inArm)).trim() === b;
}

function withoutType(name: string): string {
  return name.replace(/^[A-Z][A-Za-z ]{2,30}:\s*/, '');
}

/** Whether results of this role count toward the molecule (CONTRACTS, Labels). */
export function countsForMolecule(role: TrialRole): boolean {
  return role === 'studied' || role === 'combination' || role === 'unclear';
}

/** Label of the role for people. */
export function roleInWords(role: TrialRole): string {
  const WORDS: Record<TrialRole, string> = {
    studied: 'studied treatment',
    combination: 'studied only in combination',
    comparator: 'comparator',
    background: 'background treatment',
    'not-given': 'not given',
    unclear: 'role not told',
  };
  return WORDS[role];
}
