import { symmetricEigen } from './linear/symmetric-eigen.ts';
import { type Sample, sorted, type TestResult } from './result.ts';
import { chiSquareSf } from './special/chi-square.ts';

/** Where the characteristic functions are compared, in half interquartile ranges; the paper's choice. */
const POINTS = [0.4, 0.8] as const;

/** Below this size the statistic is shrunk, as the paper advises. */
const SMALL_SAMPLE = 25;

/** Eigenvalues below this share of the largest are rounding: the covariance has no more rank. */
const RANK_TOLERANCE = 1e-15;

/**
 * Epps-Singleton test that two samples are from one distribution, by their characteristic functions; ties do not
 * hurt it, but with two or three different values alone its covariance has no full rank and p is rounding, here as in scipy.
 *
 * @returns undefined with fewer than five values on a side, or when half of all values are equal and there is no unit
 * Source: Epps, Singleton, J. Stat. Comput. Simul. 26 (1986); scipy `stats.epps_singleton_2samp`; Evidently 0.7 `es`.
 * @example eppsSingleton(x, y) of ten values each: see its test
 */
export function eppsSingleton(x: Sample, y: Sample): TestResult | undefined {
  const [n, m] = [x.length, y.length];
  const all = sorted([...Array.from(x), ...Array.from(y)]);
  const unit = (quantile(all, 0.75) - quantile(all, 0.25)) / 2;
  if (Math.min(n, m) < 5 || !(unit > 0)) return undefined;
  const [a, b] = [featuresOf(x, unit), featuresOf(y, unit)];
  const covariance = a.covariance.map((row, i) =>
    row.map((c, j) => ((n + m) / n) * c + ((n + m) / m) * ((b.covariance[i] as number[])[j] as number)),
  );
  const gap = a.mean.map((value, i) => value - (b.mean[i] as number));
  const { values, vectors } = symmetricEigen(covariance);
  const used = values.filter((value) => value > RANK_TOLERANCE * (values[0] as number));
  const distance = used.reduce((sum, value, k) => {
    const along = (vectors[k] as readonly number[]).reduce((dot, c, i) => dot + c * (gap[i] as number), 0);
    return sum + along ** 2 / value;
  }, 0);
  const statistic = (n + m) * distance * (Math.max(n, m) < SMALL_SAMPLE ? shrink(n, m) : 1);
  return { statistic, p: chiSquareSf(statistic, used.length), df: used.length };
}

function shrink(n: number, m: number): number {
  return 1 / (1 + (n + m) ** -0.45 + 10.1 * (n ** -1.7 + m ** -1.7));
}

/** Cosine and sine at the points: their means, and covariances with divisor n. */
function featuresOf(
  sample: Sample,
  unit: number,
): { readonly mean: number[]; readonly covariance: number[][] } {
  const rows = Array.from(sample, (value) => {
    const angles = POINTS.map((t) => (t * value) / unit);
    return [...angles.map(Math.cos), ...angles.map(Math.sin)];
  });
  const mean = [0, 1, 2, 3].map((i) => rows.reduce((sum, row) => sum + (row[i] as number), 0) / rows.length);
  const covariance = mean.map((mi, i) =>
    mean.map((mj, j) => {
      const sum = rows.reduce((s, row) => s + ((row[i] as number) - mi) * ((row[j] as number) - mj), 0);
      return sum / rows.length;
    }),
  );
  return { mean, covariance };
}

/** Between the two nearest values, as numpy's default. */
function quantile(ascending: Float64Array, share: number): number {
  const at = share * (ascending.length - 1);
  const low = ascending[Math.floor(at)] as number;
  return low + (at - Math.floor(at)) * ((ascending[Math.ceil(at)] as number) - low);
}
