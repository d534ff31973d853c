import { type NumericProfile, standardDeviation } from '../profile/column-profile.ts';
import { type Effect, Z_POWER } from './effect.ts';
import { wasserstein } from './wasserstein.ts';

/** A column whose deviation is below this share of its range is measured in that instead: a few outliers make no unit. */
const SMALLEST_UNIT_SHARE_OF_RANGE = 1e-3;

/** Chance is skewed: its 95 % point lies this much farther above its mean than of a normal of its deviation. */
const CHANCE_SKEW = 1.6;

/**
 * Shift of a numeric column in reference standard deviations. The chance part is taken out in squares: it vanishes beside a real
 * shift and takes all of what only chance made. The bounds add the error of the shift (delta method) and the error of the chance
 * part, which matters only while the two are alike.
 *
 * @returns undefined for a reference without spread, where there is no unit, and when either has no values
 */
export function numericEffect(
  reference: NumericProfile,
  window: NumericProfile,
  edges: readonly number[],
): Effect | undefined {
  const unit = unitOf(reference);
  const measured = wasserstein(reference, window, edges);
  if (measured === undefined || unit === 0) return undefined;
  const [distance, chance] = [measured.distance / unit, measured.expectedByChance / unit];
  const estimate = Math.sqrt(Math.max(0, distance ** 2 - chance ** 2));
  const byChance =
    distance === 0 ? 0 : ((CHANCE_SKEW * measured.chanceDeviation) / unit) * Math.min(1, chance / distance);
  const error = Math.hypot(measured.standardError / unit, byChance);
  const sizes = 1 / reference.n + 1 / window.n;
  return {
    statistic: 'wasserstein',
    estimate,
    lower: (z) => Math.max(0, estimate - z * error),
    // What was taken out as chance may have been shift.
    upper: (z) => distance + z * Math.max(error, Math.sqrt(sizes)),
    detectable: (z) => (z + Z_POWER) * Math.hypot(Math.sqrt(sizes), byChance),
  };
}

/** What a shift is measured in: the reference's standard deviation, in the column's unit; 0 for a constant. */
export function unitOf(reference: NumericProfile): number {
  const range = (reference.max ?? 0) - (reference.min ?? 0);
  return Math.max(standardDeviation(reference), SMALLEST_UNIT_SHARE_OF_RANGE * range);
}

/**
 * Fewest values of a window that may be judged: what chance alone shows on average is half the threshold.
 *
 * @returns Infinity when the reference itself has too few
 * @example of a standard normal reference of 100,000 values, at a threshold of 0.1 σ: 650
 */
export function fewestNumbers(
  reference: NumericProfile,
  edges: readonly number[],
  threshold: number,
): number {
  const unit = unitOf(reference);
  const itself = wasserstein(reference, reference, edges);
  if (itself === undefined || unit === 0) return 1;
  const perRoot = itself.expectedByChance / Math.sqrt(2 / reference.n) / unit;
  return fewestFor((threshold / 2 / perRoot) ** 2, reference.n);
}

/** The m at which 1/n + 1/m is at most `sizes`. */
export function fewestFor(sizes: number, n: number): number {
  const left = sizes - 1 / n;
  return left <= 0 ? Number.POSITIVE_INFINITY : Math.ceil(1 / left);
}
