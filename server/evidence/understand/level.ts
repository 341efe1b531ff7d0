/**
 * Evidence level: of the design, never of the direction. L1 phase 3 with results or meta-analysis of
 * trials; L2 controlled phase 2; L3 phase 1, uncontrolled, case series, observational; L4 in vivo;
 * L5 in vitro; L6 computed. What cannot be told is null.
 */
import type { Level } from '@/server/evidence/schema';
import type { PhaseKey } from './phase';
import { fold } from './text';

export interface ArticleDesign {
  publicationTypes: readonly string[];
  /** MeSH headings. */
  mesh: readonly string[];
  title: string;
  abstract: string;
}
export interface LevelRead {
  level: Level | null;
  /** What the level was read from, for people. */
  rule: string;
}

/** Publication types that report no study of their own. */
const NO_STUDY =
  /^(?:editorial|comment|news|newspaper article|published erratum|retraction of publication|retraction notice|expression of concern|biography|interview|portrait|historical article|lecture|patient education handout|clinical trial protocol|guideline|practice guideline|consensus development conference.*|letter to the editor|preprint notice)$/;
const OBSERVATIONAL_MESH =
  /^(?:cohort studies|retrospective studies|prospective studies|follow-up studies|case-control studies|cross-sectional studies|longitudinal studies)$/;
const IN_VIVO_MESH =
  /^(?:mice|rats|rabbits|dogs|swine|zebrafish|macaca.*|guinea pigs|cricetinae|mice, .*|rats, .*|disease models, animal|xenograft model antitumor assays|heterografts|transplantation, heterologous)$/;
const IN_VITRO_MESH =
  /^(?:cell line.*|cells, cultured|in vitro techniques|tumor cells, cultured|hela cells|hep g2 cells|mcf-7 cells|a549 cells|k562 cells|hl-60 cells|jurkat cells|u937 cells|organoids|microsomes, liver)$/;
const COMPUTED_MESH =
  /^(?:computer simulation|molecular docking simulation|molecular dynamics simulation|models, molecular|quantitative structure-activity relationship|computational biology)$/;

const PHASE_3 = /\bphase (?:3|iii|iii?b|3b|2\/3|ii\/iii)\b/;
const PHASE_2 = /\bphase (?:2|ii|iia|iib|2a|2b|1\/2|i\/ii|1b\/2|ib\/ii)\b/;
const PHASE_1 = /\bphase (?:1|i|ia|ib|1a|1b)\b/;
const RANDOMISED =
  /\brandomi[sz]ed\b|\brandomly (?:assigned|allocated)\b|\bplacebo[- ]controlled\b/;
const TRIALS_POOLED = /\brandomi[sz]ed\b|\brcts?\b|\b(?:clinical|controlled) trials?\b/;
const OBSERVED =
  /\bretrospective(?:ly)?\b|\bcohort\b|\bcase[- ]control\b|\bcase series\b|\bcase reports?\b|\bregistry\b|\bmedical records\b|\bobservational\b|\breal-world\b/;
const ANIMALS =
  /\b(?:mice|mouse|rats?|murine|xenografts?|zebrafish|rabbits?|in vivo|rodents?|beagles?|piglets?|macaques?|rhesus|monkeys?)\b/;
const CELLS =
  /\bin vitro\b|\bcell lines?\b|\bcultured cells?\b|\bcells were (?:treated|cultured|incubated)\b|\bic ?50\b|\bmtt assay\b|\bcell viability\b|\bprimary cultures?\b/;
const COMPUTED =
  /\bin silico\b|\bmolecular docking\b|\bmolecular dynamics\b|\bvirtual screening\b|\bnetwork pharmacology\b/;
const PATIENTS =
  /\bpatients?\b|\bparticipants\b|\bvolunteers\b|\bchildren with\b|\bwomen with\b|\bmen with\b/;

/** Retracted items have no level; the caller, who knows the notices, says so with `isRetracted`. */
export function articleLevel(design: ArticleDesign, isRetracted: boolean): LevelRead {
  if (isRetracted) return { level: null, rule: 'retracted' };
  const types = design.publicationTypes.map(fold);
  const has = (...names: string[]) => names.some((name) => types.includes(name));
  const noStudy = types.find((type) => NO_STUDY.test(type));
  if (noStudy) return { level: null, rule: `publication type ${noStudy}` };

  const title = fold(design.title);
  const text = `${title} ${fold(design.abstract)}`;
  if (has('meta-analysis', 'network meta-analysis') || /\bmeta-analys[ie]s\b/.test(title)) {
    if (TRIALS_POOLED.test(text)) return { level: 'L1', rule: 'meta-analysis of trials' };
    if (OBSERVED.test(text)) return { level: 'L3', rule: 'meta-analysis of observations' };
    return { level: null, rule: 'meta-analysis, of what is not told' };
  }
  if (
    has('review', 'systematic review', 'scoping review') ||
    /\b(?:systematic|narrative) review\b/.test(title)
  ) {
    return { level: null, rule: 'review' };
  }
  return (
    trialReport(has, title, text) ??
    observation(design, has, text) ??
    bench(design, text) ?? { level: null, rule: 'design not told' }
  );
}

function trialReport(
  has: (...names: string[]) => boolean,
  title: string,
  text: string,
): LevelRead | null {
  const isControlled =
    has('randomized controlled trial', 'controlled clinical trial', 'pragmatic clinical trial') ||
    RANDOMISED.test(text);
  const phaseType = ['iii', 'ii', 'i', 'iv'].find((phase) => has(`clinical trial, phase ${phase}`));
  const isTrial =
    phaseType !== undefined ||
    isControlled ||
    has('clinical trial', 'clinical study', 'equivalence trial', 'adaptive clinical trial') ||
    /\b(?:trial|study)\b/.test(title);
  if (!isTrial) return null;
  if (/\bprotocol\b/.test(title)) return { level: null, rule: 'protocol without results' };
  // The title names the study's own phase; an abstract may name other studies', so only its own words count.
  const own = phaseType ? '' : `${title} ${ownPhaseWords(text)}`;
  if (has('clinical trial, phase ii') || (!phaseType && PHASE_2.test(own))) {
    return isControlled
      ? { level: 'L2', rule: 'controlled phase 2' }
      : { level: 'L3', rule: 'uncontrolled phase 2' };
  }
  if (phaseType === 'iii' || PHASE_3.test(own))
    return { level: 'L1', rule: 'report of a phase 3 trial' };
  if (phaseType === 'i' || PHASE_1.test(own)) return { level: 'L3', rule: 'phase 1' };
  const randomised =
    has('randomized controlled trial') ||
    /\brandomi[sz]ed\b/.test(title) ||
    (RANDOMISED.test(text) && PATIENTS.test(text) && !ANIMALS.test(text));
  if (randomised) return { level: 'L2', rule: 'randomised, phase not told' };
  if (has('controlled clinical trial')) return { level: 'L2', rule: 'controlled, phase not told' };
  if (has('clinical trial', 'clinical study') || phaseType === 'iv') {
    return { level: 'L3', rule: 'trial, neither control nor phase told' };
  }
  return null;
}

/** "this phase III trial", "we conducted a randomized phase 2 study": the study reported, no other. */
function ownPhaseWords(text: string): string {
  return [
    ...text.matchAll(
      /\b(?:(?:this|our|the present) (?:[\w-]+[ ,]+){0,5}|we (?:\w+ ){0,3}(?:conducted|performed|did|report|undertook) (?:\w+[ ,-]+){0,8}|in an? (?:[\w-]+[ ,]+){0,8}|an? (?:open-label|double-blind|randomi[sz]ed|multicent\w+|single-arm|prospective)[\w ,-]{0,60})\s*(phase (?:\w+(?:\/\w+)?))/g,
    ),
  ]
    .map((match) => match[1])
    .join(' ');
}

function observation(
  design: ArticleDesign,
  has: (...names: string[]) => boolean,
  text: string,
): LevelRead | null {
  const mesh = design.mesh.map(fold);
  const isAnimal = mesh.includes('animals') && !mesh.includes('humans');
  if (has('case reports')) return { level: 'L3', rule: 'case report' };
  if (
    has('observational study', 'multicenter study', 'comparative study', 'evaluation study') &&
    !isAnimal &&
    PATIENTS.test(text)
  ) {
    return { level: 'L3', rule: 'observational' };
  }
  if (
    !isAnimal &&
    mesh.some((heading) => OBSERVATIONAL_MESH.test(heading)) &&
    PATIENTS.test(text)
  ) {
    return { level: 'L3', rule: 'observational' };
  }
  if (!isAnimal && OBSERVED.test(text) && PATIENTS.test(text)) {
    return { level: 'L3', rule: 'observational' };
  }
  return null;
}

function bench(design: ArticleDesign, text: string): LevelRead | null {
  const mesh = design.mesh.map(fold);
  if (mesh.some((heading) => IN_VIVO_MESH.test(heading)) || ANIMALS.test(text)) {
    return { level: 'L4', rule: 'in vivo' };
  }
  if (mesh.some((heading) => IN_VITRO_MESH.test(heading)) || CELLS.test(text)) {
    return { level: 'L5', rule: 'in vitro' };
  }
  if (mesh.some((heading) => COMPUTED_MESH.test(heading)) || COMPUTED.test(text)) {
    return { level: 'L6', rule: 'computed' };
  }
  return null;
}

export interface TrialDesign {
  studyType: string | null;
  phase: PhaseKey | null;
  status: string;
  hasResults: boolean | null;
  allocation: string | null;
  armTypes: readonly (string | null)[];
}

/** A trial that has enrolled nobody has no evidence of any level. */
export function trialLevel(design: TrialDesign): LevelRead {
  if (design.status === 'WITHDRAWN' || design.status === 'NOT_YET_RECRUITING') {
    return { level: null, rule: 'nobody enrolled' };
  }
  if (design.studyType === 'OBSERVATIONAL') return { level: 'L3', rule: 'observational' };
  const isControlled =
    design.allocation === 'RANDOMIZED' ||
    design.allocation === 'NON_RANDOMIZED' ||
    design.armTypes.some((type) => type !== null && /COMPARATOR|NO_INTERVENTION/.test(type));
  switch (design.phase) {
    case 'phase-4':
    case 'phase-3':
      if (design.hasResults === true) return { level: 'L1', rule: 'phase 3 with posted results' };
      return isControlled
        ? { level: 'L2', rule: 'controlled, without posted results' }
        : { level: 'L3', rule: 'uncontrolled, without posted results' };
    case 'phase-2':
      return isControlled
        ? { level: 'L2', rule: 'controlled phase 2' }
        : { level: 'L3', rule: 'uncontrolled phase 2' };
    case 'phase-1':
    case 'early-phase-1':
      return { level: 'L3', rule: 'phase 1' };
    default:
      return { level: null, rule: 'phase not stated' };
  }
}
