/** One order out of several: standard scores over the candidates, added with fixed weights. */

/** How far each value lies above the mean, in standard deviations; unknown ones lie on it. */
export function standardised(values: readonly (number | null)[]): Float64Array {
  const known = values.filter((v) => v !== null);
  const mean = known.reduce((sum, v) => sum + v, 0) / Math.max(1, known.length);
  const variance = known.reduce((sum, v) => sum + (v - mean) ** 2, 0) / Math.max(1, known.length);
  const deviation = Math.sqrt(variance);
  const scale = deviation > 1e-9 ? 1 / deviation : 0;
  return Float64Array.from(values, (v) => (v === null ? 0 : (v - mean) * scale));
}

export function weightedSum(parts: readonly (readonly [number, Float64Array])[]): Float64Array {
  const sum = new Float64Array(parts[0]?.[1].length ?? 0);
  for (const [weight, values] of parts) {
    if (weight === 0) continue;
    for (let i = 0; i < sum.length; i++) sum[i]! += weight * values[i]!;
  }
  return sum;
}

/** Positions from the greatest value to the least; of equals the earlier first. */
export function descending(values: ArrayLike<number>): number[] {
  return Array.from(values, (_, i) => i).sort((a, b) => values[b]! - values[a]! || a - b);
}
