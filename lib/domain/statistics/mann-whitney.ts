import { pooledRanks } from './ranks.ts';
import { type Sample, type TestResult, totalOf } from './result.ts';
import { normalSf } from './special/normal.ts';

export type Alternative = 'two-sided' | 'less' | 'greater';

/** With a side this small and no ties every order of the values is counted, as scipy's `method='auto'` does. */
const EXACT_UP_TO = 8;

/**
 * Mann-Whitney U test that values of two samples are equally often the larger one.
 *
 * @param alternative `less`: the first sample's values tend to be smaller (what Evidently asks)
 * @returns U of the first; undefined when either is empty or all values are equal
 * Source: Mann, Whitney, Ann. Math. Stat. 18 (1947); scipy `stats.mannwhitneyu`, with continuity and tie correction.
 * @example mannWhitney([1, 2, 3], [4, 5, 6], 'less') // statistic 0, p 0.05
 */
export function mannWhitney(
  x: Sample,
  y: Sample,
  alternative: Alternative = 'two-sided',
): TestResult | undefined {
  const [n, m] = [x.length, y.length];
  if (n === 0 || m === 0) return undefined;
  const ranks = pooledRanks(x, y);
  if (ranks.ties.length === 1) return undefined;
  const first = totalOf(ranks.x) - (n * (n + 1)) / 2;
  const tail = { less: n * m - first, greater: first, 'two-sided': Math.max(first, n * m - first) }[
    alternative
  ];
  const exact = Math.min(n, m) <= EXACT_UP_TO && ranks.ties.every((tie) => tie === 1);
  const p = exact ? exactSf(tail, n, m) : asymptoticSf(tail, n, m, ranks.ties);
  return { statistic: first, p: Math.min(1, alternative === 'two-sided' ? 2 * p : p) };
}

function asymptoticSf(u: number, n: number, m: number, ties: readonly number[]): number {
  const all = n + m;
  const tied = ties.reduce((sum, tie) => sum + tie ** 3 - tie, 0);
  const deviation = Math.sqrt(((n * m) / 12) * (all + 1 - tied / (all * (all - 1))));
  return normalSf((u - (n * m) / 2 - 0.5) / deviation);
}

/** Chance of U or more: orders of n and m values by U are the coefficients of a product of (1 − x^(m+i))/(1 − x^i). */
function exactSf(u: number, n: number, m: number): number {
  const [few, many] = [Math.min(n, m), Math.max(n, m)];
  const orders = new Float64Array(n * m + 1);
  orders[0] = 1;
  for (let i = 1; i <= few; i++) {
    for (let k = n * m; k >= many + i; k--) (orders[k] as number) -= orders[k - many - i] as number;
    for (let k = i; k <= n * m; k++) (orders[k] as number) += orders[k - i] as number;
  }
  const all = orders.reduce((sum, count) => sum + count, 0);
  return orders.subarray(Math.ceil(u)).reduce((sum, count) => sum + count, 0) / all;
}
