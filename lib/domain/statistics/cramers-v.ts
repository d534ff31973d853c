import { chiSquareHomogeneity } from './chi-square.ts';
import { type Counts, totalOf } from './result.ts';

/**
 * Cramér's V of side and cell: the size of a χ² without the number of rows.
 *
 * @param corrected take out what chance adds
 * @returns 0–1; undefined when either has no rows or fewer than two cells have any, and corrected also when every row has a cell
 * of its own: then chance explains all there could be
 * Source: Cramér (1946), √(χ²/N) for two sides; Bergsma, J. Korean Stat. Soc. 42 (2013) for the correction; scipy
 * `stats.contingency.association(method='cramer')`.
 * @example cramersV([500, 300, 200, 0], [450, 250, 200, 100]) // 0.23149193667687754
 */
export function cramersV(a: Counts, b: Counts, corrected = false): number | undefined {
  const test = chiSquareHomogeneity(a, b);
  if (test?.df === undefined) return undefined;
  const rows = totalOf(a) + totalOf(b);
  const phi2 = test.statistic / rows;
  if (!corrected) return Math.sqrt(phi2);
  // Bergsma: with two sides and k cells, φ² less (k − 1)/(N − 1), over the corrected number of sides (at most that of cells) less 1.
  const sides = 2 - 1 / (rows - 1);
  const cells = test.df + 1 - test.df ** 2 / (rows - 1);
  const debiased = Math.max(0, phi2 - test.df / (rows - 1));
  const largest = Math.min(sides, cells) - 1;
  return largest > 0 ? Math.sqrt(debiased / largest) : undefined;
}
