import { compareDecimals } from './decimal-text.ts';
import { mergeSketches } from './distinct-sketch.ts';
import { finite } from './finite.ts';
import { mergeMoments } from './moments.ts';
import type { NumericProfile } from './numeric-profile.ts';
import { addCounts, addFields, extreme } from './sums.ts';

/** The profile of two disjoint sets of rows of a numeric column. */
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
