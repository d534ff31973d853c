import { type ColumnProfile, type NumericProfile, standardDeviation } from '../profile/column-profile.ts';
import { jensenShannon } from './jensen-shannon.ts';
import type { Effect } from './verdict.ts';
import { wasserstein } from './wasserstein.ts';

/** Of a standard normal: one-sided 95 %. */
const Z_95 = 1.645;

/** A column whose deviation is below this share of its range is measured in that instead: a few outliers make no unit. */
const SMALLEST_UNIT_SHARE_OF_RANGE = 1e-3;

/**
 * Shift of a numeric column in reference standard deviations. The chance part is taken out in squares: it vanishes beside a real
 * shift and takes all of what only chance made.
 *
 * @returns undefined for a reference without spread, where there is no unit, and when either has no values
 */
export function numericEffect(
  reference: NumericProfile,
  window: NumericProfile,
  edges: readonly number[],
): Effect | undefined {
  const range = (reference.max ?? 0) - (reference.min ?? 0);
  const unit = Math.max(standardDeviation(reference), SMALLEST_UNIT_SHARE_OF_RANGE * range);
  const measured = wasserstein(reference, window, edges);
  if (measured === undefined || unit === 0) return undefined;
  const chance = measured.expectedByChance / unit;
  const estimate = Math.sqrt(Math.max(0, (measured.distance / unit) ** 2 - chance ** 2));
  const lowerBound = Math.max(0, estimate - (Z_95 * measured.standardError) / unit);
  return { statistic: 'wasserstein', estimate, lowerBound, noise: chance };
}

/** Change of shares over cells as a bias-corrected Jensen-Shannon distance; undefined when either side has no rows. */
export function sharesEffect(reference: readonly number[], window: readonly number[]): Effect | undefined {
  const measured = jensenShannon(reference, window);
  if (measured === undefined) return undefined;
  const corrected = measured.divergence - measured.expectedByChance;
  const noise = jensenShannonNoise(reference, window);
  return {
    statistic: 'jensen-shannon',
    estimate: Math.sqrt(Math.max(0, corrected)),
    lowerBound: Math.sqrt(Math.max(0, corrected - Z_95 * measured.standardError)),
    noise,
  };
}

/** What is left of chance after the correction, at its 95 % point: (1/n + 1/m)/8 · z·√(2(K − 1)). */
function jensenShannonNoise(reference: readonly number[], window: readonly number[]): number {
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const sizes = 1 / sum(reference) + 1 / sum(window);
  const cells = reference.filter((count, i) => count + (window[i] as number) > 0).length;
  return Math.sqrt((sizes / 8) * Z_95 * Math.sqrt(2 * Math.max(0, cells - 1)));
}

/** Counts of what a numeric column has instead of a number, and of numbers. */
export function presenceCells(column: NumericProfile): readonly number[] {
  const { counts, n } = column;
  return [n, counts.null, counts.nan, counts.posInf, counts.negInf];
}

/** Names and counts of the categories of both columns, nulls and the unnamed rest included. */
export function categoryCells(
  reference: ColumnProfile & { readonly kind: 'categorical' },
  window: ColumnProfile & { readonly kind: 'categorical' },
): {
  readonly names: readonly string[];
  readonly reference: readonly number[];
  readonly window: readonly number[];
} {
  const [a, b] = [new Map(reference.values), new Map(window.values)];
  const named = [...new Set([...a.keys(), ...b.keys()])];
  const cells = (counts: ReadonlyMap<string, number>, column: typeof reference) => [
    ...named.map((name) => counts.get(name) ?? 0),
    column.counts.null,
    column.other,
  ];
  return {
    names: [...named.map((name) => (name === '' ? 'the empty text' : name)), 'null', 'other values'],
    reference: cells(a, reference),
    window: cells(b, window),
  };
}
