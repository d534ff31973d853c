import type { Moments } from './moments.ts';
import type { TestResult } from './result.ts';
import { studentTSf } from './special/student-t.ts';

/**
 * Two-sided t-test that two samples have one mean, from their moments alone.
 *
 * @param equalVariance Student's, with one pooled variance (as Evidently); else Welch's
 * @returns t of the first over the second; of two different constants it is infinite, with p 0 and no degrees of freedom; undefined
 * with fewer than two values on a side, and for one constant on both
 * Source: Student (1908); Welch, Biometrika 34 (1947); scipy `stats.ttest_ind_from_stats`.
 * @example tTest(momentsOf([1, 2, 3]), momentsOf([2, 3, 4])) // statistic −1.2247, p 0.2879
 */
export function tTest(a: Moments, b: Moments, equalVariance = true): TestResult | undefined {
  const gap = a.mean - b.mean;
  if (a.n < 2 || b.n < 2) return undefined;
  if (a.m2 + b.m2 === 0) return gap === 0 ? undefined : { statistic: gap * Number.POSITIVE_INFINITY, p: 0 };
  const { error, df } = equalVariance ? pooled(a, b) : welch(a, b);
  const statistic = gap / error;
  return { statistic, p: 2 * studentTSf(Math.abs(statistic), df), df };
}

function pooled(a: Moments, b: Moments): { readonly error: number; readonly df: number } {
  const df = a.n + b.n - 2;
  return { error: Math.sqrt(((a.m2 + b.m2) / df) * (1 / a.n + 1 / b.n)), df };
}

function welch(a: Moments, b: Moments): { readonly error: number; readonly df: number } {
  const of = ({ n, m2 }: Moments) => m2 / (n - 1) / n;
  const [u, v] = [of(a), of(b)];
  return { error: Math.sqrt(u + v), df: (u + v) ** 2 / (u ** 2 / (a.n - 1) + v ** 2 / (b.n - 1)) };
}
