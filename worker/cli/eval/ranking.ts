/** How good rankings are, and how sure a difference between two is. */

export type Judgements = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** `query-id, corpus-id, score` between tabs, with a header. */
export function parseJudgements(text: string): Judgements {
  const judged = new Map<string, Map<string, number>>();
  for (const line of text.split(/\r?\n/).slice(1)) {
    const [query, document, score] = line.split('\t');
    if (query === undefined || document === undefined || score === undefined) continue;
    const documents = judged.get(query) ?? new Map<string, number>();
    documents.set(document, Number(score));
    judged.set(query, documents);
  }
  return judged;
}

/** nDCG of the first ten (gain = score, discount = log2(rank + 1)); null where nothing is relevant. */
export function ndcgAt10(
  ranked: readonly string[],
  relevant: ReadonlyMap<string, number>,
): number | null {
  const discounted = (gains: number[]) =>
    gains.slice(0, 10).reduce((sum, gain, i) => sum + gain / Math.log2(i + 2), 0);
  const ideal = discounted([...relevant.values()].filter((s) => s > 0).sort((a, b) => b - a));
  if (ideal === 0) return null;
  return discounted(ranked.map((id) => Math.max(0, relevant.get(id) ?? 0))) / ideal;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length);

const RESAMPLES = 10_000;

/** The middle 95 % of the mean difference over queries drawn again; the same every time. */
export function pairedInterval(differences: readonly number[]): { low: number; high: number } {
  let state = 1;
  const draw = () => {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % differences.length;
  };
  const means = Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    for (let i = 0; i < differences.length; i++) sum += differences[draw()]!;
    return sum / differences.length;
  }).sort((a, b) => a - b);
  return { low: means[RESAMPLES * 0.025]!, high: means[RESAMPLES * 0.975 - 1]! };
}

/** Chance that a positive scores above a negative; ties count half. */
export function auroc(positive: readonly number[], negative: readonly number[]): number {
  const all = [
    ...positive.map((score) => ({ score, isPositive: true })),
    ...negative.map((score) => ({ score, isPositive: false })),
  ].sort((a, b) => a.score - b.score);
  let ranks = 0;
  for (let i = 0; i < all.length; ) {
    let end = i;
    while (end < all.length && all[end]!.score === all[i]!.score) end++;
    const rank = (i + 1 + end) / 2;
    for (; i < end; i++) if (all[i]!.isPositive) ranks += rank;
  }
  const [p, n] = [positive.length, negative.length];
  return (ranks - (p * (p + 1)) / 2) / (p * n);
}
