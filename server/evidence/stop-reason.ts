/**
 * Why a trial stopped, told from the registry's own words. Pure and repeatable: no model is asked; a
 * linear table weighs the concepts and words of the text, a few rules keep what must not be got wrong,
 * and the answer names the words that decided.
 */
import { STOP_CLASSES, type StopClass } from './stop-reason/classes';
import { isWord, type Model, shippedModel } from './stop-reason/model';
import { type Feature, readStopReason, type Span } from './stop-reason/reading';
import { CONCEPTS } from './stop-reason/vocabulary';

export { STOP_CLASSES, type StopClass };

/** Raised when any text may be classed differently: stored reports name the version they used. */
export const STOP_REASON_VERSION = 1;

export interface StopReason {
  class: StopClass;
  /** What decided: a concept of the vocabulary, words, or a rule by name. */
  rule: string;
  /** Where in the text it stands (UTF-16 units); null where no single place decides. */
  span: Span | null;
}

/** Only these two classes are evidence against the molecule; all other stops say nothing of it. */
export function speaksAgainst(stopClass: StopClass): boolean {
  return stopClass === 'Negative' || stopClass === 'Safety_Sideeffects';
}

/** Harm or failure said in so many words wins over a reason of the trade stated beside it. */
const STATED_HARM = [
  'safety concern',
  'patient death',
  'toxicity',
  'harm observed',
  'adverse event',
  'tolerability',
];
const STATED_FAILURE = [
  'futility',
  'lack of efficacy',
  'efficacy not shown',
  'few responders',
  'efficacy endpoint missed',
  'benefit and risk',
];
const MISSED_AIM = ['endpoint missed', 'negative result'];
const GIVES_WAY = new Set<StopClass>([
  'Business_Administrative',
  'Insufficient_Enrollment',
  'Invalid_Reason',
  'Logistics_Resources',
  'Regulatory',
  'Study_Design',
  'Study_Staff_Moved',
]);
const GIVES_WAY_TO_COVID = new Set<StopClass>([
  'Insufficient_Enrollment',
  'Invalid_Reason',
  'Logistics_Resources',
  'Study_Design',
]);
const BAD_RESULT = [
  ...STATED_FAILURE,
  ...MISSED_AIM,
  'no difference',
  'worse outcome',
  'comparator did better',
];
const GOOD_RESULT = [
  'endpoint met',
  'benefit shown',
  'significant result',
  'success',
  'enough data',
];
const OTHER_STUDY = ['another study', 'new study', 'competing study', 'merged or duplicate'];

/** Missing a stop for lack of efficacy costs more than looking at one too many. */
const NEGATIVE_HEAD_START = 2;
const SAFETY_HEAD_START = 0.8;

const conceptsOf = (stopClass: StopClass) =>
  CONCEPTS.filter(({ expected }) => expected === stopClass).map(({ name }) => name);
const NEGATIVE_CONCEPTS = conceptsOf('Negative');
const SAFETY_CONCEPTS = conceptsOf('Safety_Sideeffects');

export function classifyStopReason(text: string, model: Model = shippedModel): StopReason {
  const { features } = readStopReason(text);
  const best = bestClass(features, model);
  return statedReason(best, features) ?? { class: best, ...decisive(best, features, model) };
}

function bestClass(features: Feature[], model: Model): StopClass {
  const says = (concepts: string[]) => firstOf(concepts, features) !== undefined;
  const bad = says(BAD_RESULT);
  const good = says(GOOD_RESULT);
  const ranked = STOP_CLASSES.map((name) => {
    let points = model.score(name, features);
    if (name === 'Negative' && !good) points += NEGATIVE_HEAD_START;
    if (name === 'Safety_Sideeffects') points += SAFETY_HEAD_START;
    return { name, points };
  }).sort((a, b) => b.points - a.points);
  // What speaks against a molecule must be said by the vocabulary, not guessed from common words.
  return ranked.find(({ name }) => {
    if (name === 'Safety_Sideeffects') return says(SAFETY_CONCEPTS);
    if (name === 'Negative') return bad || (!good && says(NEGATIVE_CONCEPTS));
    return true;
  })!.name;
}

/** A reason said in so many words, where the table settled for a lesser one. */
function statedReason(best: StopClass, features: Feature[]): StopReason | null {
  const stated = (concepts: string[], stopClass: StopClass): StopReason | null => {
    const feature = firstOf(concepts, features);
    if (feature === undefined) return null;
    return { class: stopClass, rule: `stated: ${feature.name.slice(1)}`, span: feature.span };
  };
  if (GIVES_WAY.has(best)) {
    const against = stated(STATED_HARM, 'Safety_Sideeffects') ?? stated(STATED_FAILURE, 'Negative');
    return (
      against ?? (GIVES_WAY_TO_COVID.has(best) ? stated(['covid', 'pandemic'], 'Covid19') : null)
    );
  }
  if (best === 'Another_Study' && firstOf(OTHER_STUDY, features) === undefined) {
    const failure = [...STATED_FAILURE, ...MISSED_AIM];
    return stated(STATED_HARM, 'Safety_Sideeffects') ?? stated(failure, 'Negative');
  }
  if (best === 'Negative' && firstOf(BAD_RESULT, features) === undefined) {
    return stated(STATED_HARM, 'Safety_Sideeffects');
  }
  // Harm is not looked for beside COVID-19: "for the safety of participants" speaks of the pandemic.
  return best === 'Covid19' ? stated(STATED_FAILURE, 'Negative') : null;
}

function firstOf(concepts: string[], features: Feature[]): Feature | undefined {
  return features.find(({ name }) => name.startsWith('@') && concepts.includes(name.slice(1)));
}

/** The feature that speaks most for the class, against the mean of what it says for all. */
function decisive(
  best: StopClass,
  features: Feature[],
  model: Model,
): { rule: string; span: Span | null } {
  const all = STOP_CLASSES.map((name) => model.contributions(name, features));
  const own = model.contributions(best, features);
  const lead = own.map(({ feature, weight }, at) => ({
    feature,
    lead: weight - all.reduce((sum, each) => sum + each[at]!.weight, 0) / all.length,
  }));
  const top = lead
    .filter(({ feature }) => feature.span !== null)
    .sort((a, b) => b.lead - a.lead)[0];
  if (top === undefined || top.lead <= 0) return { rule: 'no telling words', span: null };
  const { name, span } = top.feature;
  return { rule: isWord(top.feature) ? `words: ${name}` : `concept: ${name.slice(1)}`, span };
}
