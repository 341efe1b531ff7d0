/** Positions on a drawn scale. Pure. */

/** Where a value lies between two ends, as per cent; outside values stop at the end. */
export function toPercent(value: number, min: number, max: number): number {
  if (max <= min) return 0;
  const share = (value - min) / (max - min);
  return Math.round(Math.min(1, Math.max(0, share)) * 10_000) / 100;
}

export const heatSteps = 5;

/** The step of the heat scale for a share of the maximum; only a true zero has step 0. */
export function heatLevel(value: number, max: number): number {
  if (value <= 0 || max <= 0) return 0;
  return Math.min(heatSteps, Math.max(1, Math.ceil((value / max) * heatSteps)));
}
