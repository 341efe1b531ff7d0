import { describe, expect, it } from 'vitest';
import { auroc, ndcgAt10, pairedInterval, parseJudgements } from './ranking';

describe('measures of rankings', () => {
  it('reads judgements and scores against the ideal order', () => {
    const judged = parseJudgements('query-id\tcorpus-id\tscore\n1\ta\t1\n1\tb\t1\n2\tc\t0\n');
    expect(ndcgAt10(['a', 'b'], judged.get('1')!)).toBe(1);
    expect(ndcgAt10(['x', 'a'], judged.get('1')!)).toBeCloseTo(
      1 / Math.log2(3) / (1 + 1 / Math.log2(3)),
    );
    expect(ndcgAt10(['c'], judged.get('2')!)).toBeNull();
  });

  it('tells a sure difference from an unsure one', () => {
    const sure = pairedInterval(Array.from({ length: 100 }, (_, i) => 0.1 + (i % 3) * 0.01));
    expect(sure.low).toBeGreaterThan(0.1);
    const unsure = pairedInterval(Array.from({ length: 100 }, (_, i) => (i % 2 ? 0.1 : -0.1)));
    expect(unsure.low).toBeLessThan(0);
    expect(unsure.high).toBeGreaterThan(0);
  });

  it('gives the chance that a positive stands above a negative', () => {
    expect(auroc([3, 2], [1, 0])).toBe(1);
    expect(auroc([1, 0], [3, 2])).toBe(0);
    expect(auroc([1, 1], [1, 1])).toBe(0.5);
    expect(auroc([2, 0], [1])).toBe(0.5);
  });
});
