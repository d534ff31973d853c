import { type Counts, totalOf } from '../result.ts';
import { binomial, poisson } from './draw-counts.ts';
import type { Random } from './generator.ts';

/**
 * Counts as they might have come out with as many rows again, for bootstraps that need no rows: a multinomial draw.
 *
 * @returns counts with the same total
 * Source: Efron, Tibshirani, An Introduction to the Bootstrap (1993), section 6; cell by cell as conditional binomials.
 * @example resampleCounts([0, 5], random) // [0, 5]
 */
export function resampleCounts(counts: Counts, random: Random): number[] {
  let [rows, left] = [totalOf(counts), totalOf(counts)];
  return counts.map((count) => {
    if (count === 0 || left === 0) return 0;
    const drawn = count >= rows ? left : binomial(left, count / rows, random);
    rows -= count;
    left -= drawn;
    return drawn;
  });
}

/**
 * The same with a random total: each count is a Poisson draw, so that cells stay independent.
 *
 * Source: Chamandy et al., Estimating Uncertainty for Massive Data Streams (2012).
 * @example poissonCounts([0], random) // [0]
 */
export function poissonCounts(counts: Counts, random: Random): number[] {
  return counts.map((count) => (count === 0 ? 0 : poisson(count, random)));
}
