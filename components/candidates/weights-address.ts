/** Moved weights as they stand in an address: `phase.3:0.5,threshold.go:0.6`. Pure. */
import {
  DEFAULT_WEIGHTS,
  WEIGHTS,
  type Weights,
  weightsWith,
} from '@/server/evidence/score/weights';

export function parseWeights(text: string): Weights {
  const moved: Record<string, number> = {};
  for (const part of text.split(',')) {
    const [id = '', value = ''] = part.split(':');
    if (value !== '') moved[id] = Number(value);
  }
  return weightsWith(moved);
}

/** Only what differs from the defaults, in the order of the weights. */
export function formatWeights(weights: Weights): string {
  return WEIGHTS.filter(({ id }) => weights[id] !== DEFAULT_WEIGHTS[id])
    .map(({ id }) => `${id}:${weights[id]}`)
    .join(',');
}
