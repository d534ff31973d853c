import { type Effect, Z_POWER } from './effect.ts';
import { jensenShannon } from './jensen-shannon.ts';
import { fewestFor } from './numeric-effect.ts';

/** Of a standard normal: one-sided 95 %. */
const Z_ONE_SIDED_95 = 1.645;

/**
 * Change of shares over cells as a bias-corrected Jensen-Shannon distance.
 *
 * @param reference counts @param window counts over the same cells
 * @returns undefined when either side has no rows
 */
export function sharesEffect(reference: readonly number[], window: readonly number[]): Effect | undefined {
  const measured = jensenShannon(reference, window);
  if (measured === undefined) return undefined;
  const corrected = measured.divergence - measured.expectedByChance;
  const error = measured.standardError;
  const sizes = 1 / sum(reference) + 1 / sum(window);
  return {
    statistic: 'jensen-shannon',
    estimate: Math.sqrt(Math.max(0, corrected)),
    lower: (z) => Math.sqrt(Math.max(0, corrected - z * error)),
    upper: (z) => Math.sqrt(Math.max(0, corrected) + z * error),
    detectable: (z) => smallestDistance(filled(reference, window), sizes, z + Z_POWER),
  };
}

/** 8·divergence/(1/n + 1/m) is about χ² of K − 1 degrees with that excess λ: visible from λ = z·√(2(K − 1) + 4λ). */
function smallestDistance(cells: number, sizes: number, z: number): number {
  const excess = 2 * z * z + Math.sqrt(4 * z ** 4 + 2 * z * z * Math.max(0, cells - 1));
  return Math.sqrt((excess * sizes) / 8);
}

/**
 * Fewest rows of a window that may be judged: what is left of chance after the correction, at its 95 % point, is half the
 * threshold.
 *
 * @param reference counts of all its cells
 * @returns Infinity when the reference itself has too few
 * @example fewestForShares(new Array(20).fill(5000), 0.1) // 509
 */
export function fewestForShares(reference: readonly number[], threshold: number): number {
  const cells = reference.filter((count) => count > 0).length;
  if (cells < 2) return 1;
  const sizes = (8 * (threshold / 2) ** 2) / (Z_ONE_SIDED_95 * Math.sqrt(2 * (cells - 1)));
  return fewestFor(sizes, sum(reference));
}

function filled(reference: readonly number[], window: readonly number[]): number {
  return reference.filter((count, i) => count + (window[i] as number) > 0).length;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
