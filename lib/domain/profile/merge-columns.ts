import { capCategories } from './cap-categories.ts';
import type { CategoricalProfile, ColumnProfile } from './column-profile.ts';
import { mergeSketches } from './distinct-sketch.ts';
import { mergeNumeric } from './merge-numeric.ts';
import { addCounts, addFields, extreme } from './sums.ts';
import type { TextProfile } from './text-profile.ts';
import { mergeArrivals, type TimestampProfile } from './timestamp-profile.ts';

/**
 * The profile of two disjoint sets of rows of one column. Associative and commutative (moments and sums up to rounding), with
 * the empty profile as identity. Throws when the two are of different kinds or bins.
 */
export function mergeColumns(a: ColumnProfile, b: ColumnProfile): ColumnProfile {
  if (a.kind === 'numeric' && b.kind === 'numeric') return mergeNumeric(a, b);
  if (a.kind === 'categorical' && b.kind === 'categorical') return mergeCategorical(a, b);
  if (a.kind === 'text' && b.kind === 'text') return mergeText(a, b);
  if (a.kind === 'timestamp' && b.kind === 'timestamp') return mergeTimestamp(a, b);
  throw new Error(`columns to merge are of one kind, got ${a.kind} and ${b.kind}`);
}

function mergeCategorical(a: CategoricalProfile, b: CategoricalProfile): CategoricalProfile {
  const all = new Map(a.values);
  for (const [value, rows] of b.values) all.set(value, (all.get(value) ?? 0) + rows);
  const buckets =
    a.buckets && b.buckets ? addCounts(a.buckets, b.buckets) : (a.buckets ?? b.buckets)?.slice();
  return capCategories({
    kind: 'categorical',
    counts: addFields(a.counts, b.counts),
    n: a.n + b.n,
    values: [...all],
    other: a.other + b.other,
    ...(buckets && { buckets }),
    distinct: mergeSketches(a.distinct, b.distinct),
  });
}

function mergeText(a: TextProfile, b: TextProfile): TextProfile {
  return {
    kind: 'text',
    counts: addFields(a.counts, b.counts),
    n: a.n + b.n,
    distinct: mergeSketches(a.distinct, b.distinct),
    length: mergeNumeric(a.length, b.length),
    tokens: mergeNumeric(a.tokens, b.tokens),
    characters: addFields(a.characters, b.characters),
    matches: addFields(a.matches, b.matches),
    trigrams: addCounts(a.trigrams, b.trigrams),
  };
}

function mergeTimestamp(a: TimestampProfile, b: TimestampProfile): TimestampProfile {
  return {
    kind: 'timestamp',
    counts: addFields(a.counts, b.counts),
    n: a.n + b.n,
    min: extreme(Math.min, a.min, b.min),
    max: extreme(Math.max, a.max, b.max),
    future: a.future + b.future,
    age: mergeNumeric(a.age, b.age),
    hourOfWeek: addCounts(a.hourOfWeek, b.hourOfWeek),
    arrivals: mergeArrivals(a.arrivals, b.arrivals),
  };
}
