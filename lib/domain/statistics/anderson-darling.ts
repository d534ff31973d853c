import { type Sample, sorted, type TestResult } from './result.ts';

/** Sizes of tests that Scholz and Stephens tabulate, and the constants of their critical values. */
const TABLE = [
  { p: 0.25, b: [0.675, -0.245, -0.105] },
  { p: 0.1, b: [1.281, 0.25, -0.305] },
  { p: 0.05, b: [1.645, 0.678, -0.362] },
  { p: 0.025, b: [1.96, 1.149, -0.391] },
  { p: 0.01, b: [2.326, 1.822, -0.396] },
  { p: 0.005, b: [2.573, 2.364, -0.345] },
  { p: 0.001, b: [3.085, 3.615, -0.154] },
] as const;

/** For two samples the critical value is the plain sum of its constants. */
const CRITICAL = TABLE.map(({ b }) => b[0] + b[1] + b[2]);

/**
 * Anderson-Darling test that two samples are from one distribution: gaps in the tails count most. Its p is read off a parabola
 * through seven tabulated values, so it is never outside 0.001 to 0.25.
 *
 * @returns the standardised statistic; undefined with fewer than two values on a side or all values equal
 * Source: Scholz, Stephens, J. Am. Stat. Assoc. 82 (1987), midranks for ties; scipy `stats.anderson_ksamp`.
 * @example andersonDarling([1, 2, 3], [4, 5, 6]) // statistic 2.63323, p 0.02715
 */
export function andersonDarling(x: Sample, y: Sample): TestResult | undefined {
  const [a, b] = [sorted(x), sorted(y)];
  const all = sorted([...a, ...b]);
  if (a.length < 2 || b.length < 2 || all[0] === all.at(-1)) return undefined;
  const n = all.length;
  let sum = 0;
  for (let from = 0; from < n; ) {
    let to = from;
    while (to < n && all[to] === all[from]) to++;
    const ties = to - from;
    const below = from + ties / 2;
    const weight = ties / n / (below * (n - below) - (n * ties) / 4);
    for (const sample of [a, b]) {
      const rank = midrank(sample, all[from] as number);
      sum += (weight * (n * rank - below * sample.length) ** 2) / sample.length;
    }
    from = to;
  }
  const statistic = ((sum * (n - 1)) / n - 1) / deviation(a.length, b.length);
  return { statistic, p: tabulatedP(statistic) };
}

/** How many are smaller, and half of how many are equal. */
function midrank(ascending: Float64Array, value: number): number {
  return (countBelow(ascending, value, false) + countBelow(ascending, value, true)) / 2;
}

function countBelow(ascending: Float64Array, value: number, orEqual: boolean): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = ascending[middle] as number;
    if (at < value || (orEqual && at === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Of the statistic under one distribution, for two samples (Scholz, Stephens, equation 4). */
function deviation(n1: number, n2: number): number {
  const n = n1 + n2;
  const sizes = 1 / n1 + 1 / n2;
  let [h, g] = [0, 0];
  for (let i = n - 1; i >= 2; i--) {
    h += 1 / i;
    g += h / (n - i + 1);
  }
  h += 1;
  const a = 4 * g - 6 + (10 - 6 * g) * sizes;
  const b = (2 * g - 4) * 4 + 16 * h + (2 * g - 14 * h - 4) * sizes - 8 * h + 4 * g - 6;
  const c = (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * sizes + 4 * h;
  const d = (2 * h + 6) * 4 - 8 * h;
  return Math.sqrt((a * n ** 3 + b * n ** 2 + c * n + d) / ((n - 1) * (n - 2) * (n - 3)));
}

/** Least-squares parabola of ln p over the critical values, built on polynomials orthogonal over them. */
function tabulatedP(statistic: number): number {
  if (statistic < Math.min(...CRITICAL)) return 0.25;
  if (statistic > Math.max(...CRITICAL)) return 0.001;
  const mean = CRITICAL.reduce((sum, x) => sum + x, 0) / CRITICAL.length;
  const inner = (f: (x: number) => number, g: (x: number, i: number) => number) =>
    CRITICAL.reduce((sum, x, i) => sum + f(x) * g(x, i), 0);
  const linear = (x: number) => x - mean;
  const spread = inner(linear, linear);
  const square = (x: number) =>
    linear(x) ** 2 - spread / CRITICAL.length - (inner((z) => linear(z) ** 2, linear) / spread) * linear(x);
  const logP = (_: number, i: number) => Math.log((TABLE[i] as { p: number }).p);
  const part = (f: (x: number) => number) => (inner(f, logP) / inner(f, f)) * f(statistic);
  return Math.exp(part(() => 1) + part(linear) + part(square));
}
