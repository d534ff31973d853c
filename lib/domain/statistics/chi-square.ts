import { type Counts, type TestResult, totalOf } from './result.ts';
import { chiSquareSf } from './special/chi-square.ts';

export interface ChiSquareOptions {
  /** Yates's correction of 2×2 tables, as scipy, NannyML and alibi-detect apply it. */
  readonly yates?: boolean;
  /** Merge cells that are too small for the approximation first (see `regrouped`). */
  readonly cochran?: boolean;
}

/** Pairs of counts of one cell. */
type Cells = readonly (readonly [number, number])[];

/** Cochran's rule: with two cells every expected count is at least 10; with more, at most a fifth is below 5. */
const COCHRAN = { twoCells: 10, small: 5, shareOfSmall: 0.2 };

/**
 * χ² test that two samples of categories are from one distribution. Both sides are samples here: taking the reference for exact,
 * as a goodness-of-fit test does, alarms six times too often at equal sizes.
 *
 * @returns undefined when either has no rows or fewer than two cells have any
 * Source: Pearson (1900); scipy `stats.chi2_contingency`.
 * @example chiSquareHomogeneity([16, 18, 16, 14, 12, 12], [16, 16, 16, 16, 16, 8]) // 1.62241, df 5, p 0.89853
 */
export function chiSquareHomogeneity(
  a: Counts,
  b: Counts,
  { yates = false, cochran = false }: ChiSquareOptions = {},
): TestResult | undefined {
  const [n, m] = [totalOf(a), totalOf(b)];
  if (n === 0 || m === 0) return undefined;
  const pairs = a.map((count, i) => [count, b[i] as number] as const).filter(([x, y]) => x + y > 0);
  const cells = cochran ? regrouped(pairs, n, m) : pairs;
  if (cells.length < 2) return undefined;
  const correct = yates && cells.length === 2;
  let statistic = 0;
  for (const [x, y] of cells)
    for (const [seen, size] of [
      [x, n],
      [y, m],
    ] as const) {
      const expected = ((x + y) * size) / (n + m);
      const gap = Math.abs(seen - expected);
      statistic += (gap - (correct ? Math.min(0.5, gap) : 0)) ** 2 / expected;
    }
  const df = cells.length - 1;
  return { statistic, p: chiSquareSf(statistic, df), df };
}

/**
 * The smallest cells joined, two at a time, until Cochran's rule holds.
 *
 * Source: Cochran, Biometrics 10 (1954); Deequ `Distance` regroups the same way.
 */
function regrouped(pairs: Cells, n: number, m: number): Cells {
  const cells = [...pairs].sort((x, y) => x[0] + x[1] - y[0] - y[1]);
  const least = ([x, y]: readonly [number, number]) => ((x + y) * Math.min(n, m)) / (n + m);
  const holds = () => {
    if (cells.length === 2) return cells.every((cell) => least(cell) >= COCHRAN.twoCells);
    const small = cells.filter((cell) => least(cell) < COCHRAN.small).length;
    return small <= COCHRAN.shareOfSmall * cells.length;
  };
  while (cells.length >= 2 && !holds()) {
    const [first, second] = cells.splice(0, 2) as [readonly [number, number], readonly [number, number]];
    const joined = [first[0] + second[0], first[1] + second[1]] as const;
    const at = cells.findIndex((cell) => cell[0] + cell[1] >= joined[0] + joined[1]);
    cells.splice(at < 0 ? cells.length : at, 0, joined);
  }
  return cells;
}
