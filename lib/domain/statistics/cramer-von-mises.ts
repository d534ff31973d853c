import { pooledRanks } from './ranks.ts';
import type { Sample, TestResult } from './result.ts';
import { besselK } from './special/bessel-k.ts';
import { logGamma } from './special/log-gamma.ts';

/** Up to it all orders of the values are counted, as scipy's `method='auto'` does. */
const EXACT_UP_TO = 20;

/** Where the limit's distribution function is 0 to all digits. */
const NEVER_BELOW = 0.003;

/** Where the limit's series ends: at all digits, and where scipy ends it, which leaves up to 1e-5 of a small p. */
const SMALLEST_TERM = 1e-17;
export const SCIPY_SMALLEST_TERM = 1e-7;

/**
 * Cramér-von Mises test that two samples are from one distribution: like Kolmogorov-Smirnov's, but all gaps count.
 *
 * @param smallestTerm of the series for the p of large samples
 * @returns undefined when either has fewer than two values
 * Source: Anderson, Ann. Math. Stat. 33 (1962); Xiao, Gordon, Yakovlev, J. Stat. Software 17(8) (2006) for the exact p; scipy
 * `stats.cramervonmises_2samp`.
 * @example cramerVonMises([1, 2, 3], [4, 5, 6]) // statistic 0.52778, p 0.1
 */
export function cramerVonMises(x: Sample, y: Sample, smallestTerm = SMALLEST_TERM): TestResult | undefined {
  const [n, m] = [x.length, y.length];
  if (n < 2 || m < 2) return undefined;
  const ranks = pooledRanks(x, y);
  const gaps = (of: readonly number[]) => of.reduce((sum, rank, i) => sum + (rank - i - 1) ** 2, 0);
  const u = n * gaps(ranks.x) + m * gaps(ranks.y);
  const statistic = u / (n * m * (n + m)) - (4 * n * m - 1) / (6 * (n + m));
  const p = Math.max(n, m) <= EXACT_UP_TO ? exactP(u, n, m) : asymptoticP(statistic, n, m, smallestTerm);
  return { statistic, p };
}

/** Paths of orders, cell by cell, with how many of them have which sum of squared gaps. */
function exactP(u: number, n: number, m: number): number {
  const common = (n * m) / greatestCommonDivisor(n, m);
  const [perX, perY] = [common / n, common / m];
  const bar = Math.floor((common ** 2 * (n + m) * (6 * u - n * m * (4 * n * m - 1))) / (6 * (n * m) ** 2));
  let columns: Map<number, number>[] = [];
  for (let j = 0; j <= m; j++) {
    const next: Map<number, number>[] = [];
    for (let i = 0; i <= n; i++) {
      const gap = (perX * i - perY * j) ** 2;
      const here = new Map<number, number>(i + j === 0 ? [[0, 1]] : []);
      for (const from of [next[i - 1], columns[i]])
        for (const [sum, paths] of from ?? []) here.set(sum + gap, (here.get(sum + gap) ?? 0) + paths);
      next.push(here);
    }
    columns = next;
  }
  let [all, atLeast] = [0, 0];
  for (const [sum, paths] of columns[n] as Map<number, number>) {
    all += paths;
    if (sum >= bar) atLeast += paths;
  }
  return atLeast / all;
}

/** The statistic brought to the mean and variance of the limit, whose distribution then says p. */
function asymptoticP(t: number, n: number, m: number, smallestTerm: number): number {
  const [k, all] = [n * m, n + m];
  const mean = (1 + 1 / all) / 6;
  const variance = ((all + 1) * (4 * k * all - 3 * (n * n + m * m) - 2 * k)) / (45 * all * all * 4 * k);
  return cramerVonMisesSf(1 / 6 + (t - mean) / Math.sqrt(45 * variance), smallestTerm);
}

/** Chance that the limit is above x (Csörgő, Faraway, J. R. Statist. Soc. B 58 (1996), equation 1.2). */
function cramerVonMisesSf(x: number, smallestTerm: number): number {
  if (x < NEVER_BELOW) return 1;
  let below = 0;
  for (let k = 0; ; k++) {
    const y = 4 * k + 1;
    const q = (y * y) / (16 * x);
    const weight = Math.exp(logGamma(k + 0.5) - logGamma(k + 1) - q) * Math.sqrt(y);
    const term = (weight * besselK(0.25, q)) / (Math.PI ** 1.5 * Math.sqrt(x));
    below += term;
    if (term < smallestTerm) return Math.max(0, 1 - below);
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
