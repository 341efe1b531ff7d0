/** Estimates the weights of the model from labelled texts. Not used at run time. */
import { STOP_CLASSES, type StopClass } from './classes';
import { isWord, type WeightTable, WORD_BUDGET } from './model';
import { readStopReason } from './reading';
import { CONCEPTS } from './vocabulary';

/**
 * Multinomial logistic regression. Each concept is drawn towards a weight of PRIOR for the class its
 * vocabulary entry names, every other weight towards nothing, so that a concept the labels say little
 * about still counts as meant. Deterministic.
 */
const PRIOR = 1.5;
const WORD_PENALTY = 0.7;
const CONCEPT_PENALTY = 1;
const BIAS_PENALTY = 0.01;
/** A text weighs (texts of its class)^-RARITY, so that small classes are learned, too. */
const RARITY = 0.4;
const LEAST_TEXTS = 2;
const ROUNDS = 300;
const STEP = 0.05;
/** Weights below this change next to nothing and would fill the table. */
const NEGLIGIBLE = 0.2;

const K = STOP_CLASSES.length;

interface Sample {
  /** [feature, value] pairs; the last feature is the bias. */
  values: [number, number][];
  label: number;
  weight: number;
}

export interface Labelled {
  text: string;
  label: StopClass;
}

export function estimate(lines: Labelled[]): WeightTable {
  const named = lines.map(({ text }) => new Set(readStopReason(text).features.map((f) => f.name)));
  const expected = new Map(CONCEPTS.map(({ name, expected }) => [`@${name}`, expected]));
  const names = chooseFeatures(named, [...expected.keys()]);
  const index = new Map(names.map((name, at) => [name, at]));
  const bias = names.length;

  const perClass = new Map<StopClass, number>();
  for (const { label } of lines) perClass.set(label, (perClass.get(label) ?? 0) + 1);
  const rarity = lines.map(({ label }) => perClass.get(label)! ** -RARITY);
  const scale = lines.length / rarity.reduce((sum, each) => sum + each, 0);

  const samples = lines.map(({ label }, at): Sample => {
    const heard = [...named[at]!].filter((name) => index.has(name));
    const words = heard.filter((name) => isWord({ name })).length;
    const share = WORD_BUDGET / Math.sqrt(Math.max(1, words));
    return {
      values: [
        ...heard.map((name): [number, number] => [index.get(name)!, isWord({ name }) ? share : 1]),
        [bias, 1],
      ],
      label: STOP_CLASSES.indexOf(label),
      weight: rarity[at]! * scale,
    };
  });

  const penalty = [
    ...names.map((name) => (isWord({ name }) ? WORD_PENALTY : CONCEPT_PENALTY)),
    BIAS_PENALTY,
  ];
  const prior = new Float64Array((bias + 1) * K);
  for (const [name, label] of expected) {
    prior[index.get(name)! * K + STOP_CLASSES.indexOf(label)] = PRIOR;
  }
  return pack(names, descend(samples, prior, penalty));
}

function chooseFeatures(texts: Set<string>[], concepts: string[]): string[] {
  const count = new Map<string, number>();
  for (const text of texts) for (const name of text) count.set(name, (count.get(name) ?? 0) + 1);
  const frequent = [...count].filter(([, n]) => n >= LEAST_TEXTS).map(([name]) => name);
  return [...new Set([...concepts, ...frequent.sort()])];
}

/** Full-batch Adam with a step that falls to nothing; deterministic. */
function descend(samples: Sample[], prior: Float64Array, penalty: number[]): Float64Array {
  const weights = Float64Array.from(prior);
  const mean = new Float64Array(prior.length);
  const square = new Float64Array(prior.length);
  for (let round = 0; round < ROUNDS; round++) {
    const slope = weights.map((weight, at) => penalty[Math.floor(at / K)]! * (weight - prior[at]!));
    for (const sample of samples) addSlope(sample, weights, slope);
    const step = STEP * (1 - round / ROUNDS);
    for (let at = 0; at < weights.length; at++) {
      mean[at] = 0.9 * mean[at]! + 0.1 * slope[at]!;
      square[at] = 0.999 * square[at]! + 0.001 * slope[at]! ** 2;
      const direction = mean[at]! / (1 - 0.9 ** (round + 1));
      const spread = Math.sqrt(square[at]! / (1 - 0.999 ** (round + 1)));
      weights[at] = weights[at]! - (step * direction) / (spread + 1e-8);
    }
  }
  return weights;
}

function addSlope({ values, label, weight }: Sample, weights: Float64Array, slope: Float64Array) {
  const scores = new Array<number>(K).fill(0);
  for (const [feature, value] of values) {
    for (let k = 0; k < K; k++) scores[k] = scores[k]! + value * weights[feature * K + k]!;
  }
  const top = Math.max(...scores);
  const powers = scores.map((each) => Math.exp(each - top));
  const total = powers.reduce((sum, each) => sum + each, 0);
  for (let k = 0; k < K; k++) {
    const error = (powers[k]! / total - (k === label ? 1 : 0)) * weight;
    for (const [feature, value] of values) {
      slope[feature * K + k] = slope[feature * K + k]! + error * value;
    }
  }
}

function pack(names: string[], weights: Float64Array): WeightTable {
  const hundredths = (at: number, k: number) => Math.round(weights[at * K + k]! * 100);
  const terms = names.flatMap((term, at) => {
    const pairs = STOP_CLASSES.flatMap((_, k) =>
      Math.abs(weights[at * K + k]!) < NEGLIGIBLE ? [] : [`${k}:${hundredths(at, k)}`],
    );
    return pairs.length === 0 ? [] : [`${term}=${pairs.join(',')}`];
  });
  const bias = STOP_CLASSES.map((name, k) => [name, hundredths(names.length, k)]);
  return { bias: Object.fromEntries(bias) as WeightTable['bias'], weights: terms.join('|') };
}
