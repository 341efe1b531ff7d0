/**
 * The linear model behind the classifier: every feature of a text adds its weight to every class.
 * No part of it is hidden: the score of a class is the sum of what `contributions` returns.
 */
import { STOP_CLASSES, type StopClass } from './classes';
import type { Feature } from './reading';
import table from './weights.json';

/** Words share one budget, so that a long text does not outvote the concepts read in it. */
export const WORD_BUDGET = 2.5;

export const isWord = ({ name }: Pick<Feature, 'name'>) => !/^[@#]/.test(name);

/**
 * Weights in hundredths. `weights` packs, for every term, the classes it bears on by their place in
 * STOP_CLASSES: "slow recru=6:123,10:-30|…".
 */
export interface WeightTable {
  bias: Record<StopClass, number>;
  weights: string;
}

export interface Contribution {
  feature: Feature;
  weight: number;
}

export class Model {
  private readonly bias: Record<StopClass, number>;
  private readonly weightsOf: ReadonlyMap<string, ReadonlyMap<StopClass, number>>;

  constructor(table: WeightTable) {
    this.bias = table.bias;
    this.weightsOf = new Map(table.weights.split('|').map(unpack));
  }

  /** What each feature adds to the score of a class; features the table does not know add nothing. */
  contributions(stopClass: StopClass, features: Feature[]): Contribution[] {
    const heard = features.filter(({ name }) => this.weightsOf.has(name));
    const share = WORD_BUDGET / Math.sqrt(Math.max(1, heard.filter(isWord).length));
    return heard.map((feature) => ({
      feature,
      weight:
        (this.weightsOf.get(feature.name)!.get(stopClass) ?? 0) * (isWord(feature) ? share : 1),
    }));
  }

  score(stopClass: StopClass, features: Feature[]): number {
    const start = this.bias[stopClass] / 100;
    return this.contributions(stopClass, features).reduce((sum, { weight }) => sum + weight, start);
  }
}

function unpack(packed: string): [string, Map<StopClass, number>] {
  const at = packed.lastIndexOf('=');
  const pairs = packed.slice(at + 1).split(',');
  const weights = pairs.map((pair): [StopClass, number] => {
    const [place, hundredths] = pair.split(':').map(Number);
    return [STOP_CLASSES[place!]!, hundredths! / 100];
  });
  return [packed.slice(0, at), new Map(weights)];
}

export const shippedModel = new Model(table);
