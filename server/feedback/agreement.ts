/**
 * Krippendorff's α for nominal values: 1 is full agreement, 0 what chance would give, below 0 systematic
 * disagreement. Any number of voters, votes may be missing. Null where no two people voted on the same
 * thing, or where all votes are alike and chance says nothing.
 *
 * Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), https://repository.upenn.edu/asc_papers/43
 */
export function krippendorffAlpha(units: readonly (readonly number[])[]): number | null {
  const coincidences = new Map<number, Map<number, number>>();
  const add = (a: number, b: number, weight: number) => {
    const row = coincidences.get(a) ?? new Map<number, number>();
    coincidences.set(a, row.set(b, (row.get(b) ?? 0) + weight));
  };
  for (const values of units) {
    if (values.length < 2) continue;
    for (const [i, a] of values.entries()) {
      for (const [j, b] of values.entries()) if (i !== j) add(a, b, 1 / (values.length - 1));
    }
  }
  const totals = new Map(
    [...coincidences].map(([value, row]) => [value, [...row.values()].reduce((x, y) => x + y, 0)]),
  );
  const n = [...totals.values()].reduce((a, b) => a + b, 0);
  let observed = 0;
  let expected = 0;
  for (const [a, total] of totals) {
    for (const [b, other] of totals) {
      if (a === b) continue;
      observed += coincidences.get(a)?.get(b) ?? 0;
      expected += total * other;
    }
  }
  return expected === 0 ? null : 1 - ((n - 1) * observed) / expected;
}
