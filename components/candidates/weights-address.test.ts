import { describe, expect, it } from 'vitest';
import { DEFAULT_WEIGHTS } from '@/server/evidence/score/weights';
import { formatWeights, parseWeights } from './weights-address';

describe('weights in an address', () => {
  it('come back as they were', () => {
    const moved = { ...DEFAULT_WEIGHTS, 'phase.3': 0.5, 'threshold.go': 0.6 };
    expect(formatWeights(moved)).toBe('phase.3:0.5,threshold.go:0.6');
    expect(parseWeights(formatWeights(moved))).toEqual(moved);
  });
  it('leave out what is usual and what is not a weight', () => {
    expect(formatWeights(DEFAULT_WEIGHTS)).toBe('');
    expect(parseWeights('nonsense:1,phase.3:x,phase.2:99')).toEqual({
      ...DEFAULT_WEIGHTS,
      'phase.2': 0.6,
    });
  });
});
