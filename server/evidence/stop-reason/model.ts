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

/** Weights in hundredths; `weights` packs "term=123|term=-45" for each class. */
export interface WeightTable {
  bias: Record<StopClass, number>;
  weights: Record<StopClass, string>;
}

export interface Contribution {
  feature: Feature;
  weight: number;
}

export class Model {
  private readonly bias: Record<StopClass, number>;
  private readonly weightsOf: Map<StopClass, ReadonlyMap<string, number>>;
  private readonly known: Set<string>;

  constructor(table: WeightTable) {
    this.bias = table.bias;
    this.weightsOf = new Map(STOP_CLASSES.map((name) => [name, unpack(table.weights[name])]));
    this.known = new Set([...this.weightsOf.values()].flatMap((weights) => [...weights.keys()]));
  }

  /** What each feature adds to the score of a class; features the table does not know add nothing. */
  contributions(stopClass: StopClass, features: Feature[]): Contribution[] {
    const heard = features.filter(({ name }) => this.known.has(name));
    const share = WORD_BUDGET / Math.sqrt(Math.max(1, heard.filter(isWord).length));
    const weights = this.weightsOf.get(stopClass)!;
    return heard.map((feature) => ({
      feature,
      weight: (weights.get(feature.name) ?? 0) * (isWord(feature) ? share : 1),
    }));
  }

  score(stopClass: StopClass, features: Feature[]): number {
    const start = this.bias[stopClass] / 100;
    return this.contributions(stopClass, features).reduce((sum, { weight }) => sum + weight, start);
  }
}

function unpack(packed: string): Map<string, number> {
  const entries = packed.split('|').map((entry): [string, number] => {
    const at = entry.lastIndexOf('=');
    return [entry.slice(0, at), Number(entry.slice(at + 1)) / 100];
  });
  return new Map(entries);
}

export const shippedModel = new Model(table);
