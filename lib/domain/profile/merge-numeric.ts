import { compareDecimals } from './decimal-text.ts';
import { mergeSketches } from './distinct-sketch.ts';
import { finite } from './finite.ts';
import type { NumericProfile } from './numeric-profile.ts';
import { addCounts, addFields, extreme } from './sums.ts';

/**
 * The profile of two disjoint sets of rows of a numeric column.
 * Source: Chan, Golub, LeVeque, Updating Formulae and a Pairwise Algorithm (1979), for mean and m2.
 */
export function mergeNumeric(a: NumericProfile, b: NumericProfile): NumericProfile {
  const exact = mergeExact(a, b);
  return {
    kind: 'numeric',
    counts: addFields(a.counts, b.counts),
    ...mergeMoments(a, b),
    min: extreme(Math.min, a.min, b.min),
    max: extreme(Math.max, a.max, b.max),
    ...(exact && { exact }),
    bins: {
      counts: addCounts(a.bins.counts, b.bins.counts),
      sums: addCounts(a.bins.sums, b.bins.sums).map(finite),
    },
    distinct: mergeSketches(a.distinct, b.distinct),
  };
}

type Moments = Pick<NumericProfile, 'n' | 'mean' | 'm2'>;

/** Moments of two disjoint sets of values. */
export function mergeMoments(a: Moments, b: Moments): Moments {
  if (a.n === 0) return { n: b.n, mean: b.mean, m2: b.m2 };
  if (b.n === 0) return { n: a.n, mean: a.mean, m2: a.m2 };
  const n = a.n + b.n;
  const delta = b.mean - a.mean;
  const mean = (a.mean * a.n + b.mean * b.n) / n;
  return {
    n,
    // Products of values near the largest double are beyond it, while their mean is not.
    mean: Number.isFinite(mean) ? mean : finite(a.mean * (a.n / n) + b.mean * (b.n / n)),
    m2: finite(a.m2 + b.m2 + (delta * delta * a.n * b.n) / n),
  };
}

/** A shard without exact texts has doubles that are exact, or no values at all. */
function mergeExact(a: NumericProfile, b: NumericProfile): NumericProfile['exact'] {
  if (a.exact === undefined && b.exact === undefined) return undefined;
  const of = ({ exact, min, max }: NumericProfile) =>
    exact ?? (min === null || max === null ? undefined : { min: String(min), max: String(max) });
  const [x, y] = [of(a), of(b)];
  if (x === undefined || y === undefined) return x ?? y;
  return {
    min: compareDecimals(x.min, y.min) <= 0 ? x.min : y.min,
    max: compareDecimals(x.max, y.max) >= 0 ? x.max : y.max,
  };
}
