import { type CategoricalProfile, MAX_CATEGORIES } from './column-profile.ts';
import { bucketOf, HASH_BUCKETS, textHash } from './value-hash.ts';

/**
 * Sorts the values and keeps `MAX_CATEGORIES` of them by the order of their hashes, the rest in buckets as `other`. Keeping by
 * hash, not by frequency, is what makes the cap associative: a name dropped once has that many names before it in every later
 * merge too.
 */
export function capCategories(column: CategoricalProfile): CategoricalProfile {
  const sorted = [...column.values].sort(([x], [y]) => (x < y ? -1 : x > y ? 1 : 0));
  if (sorted.length <= MAX_CATEGORIES) return { ...column, values: sorted };
  const hashed = sorted.map(([value, rows]) => ({ value, rows, hash: textHash(value) }));
  const inOrder = [...hashed].sort((a, b) => a.hash.high - b.hash.high || a.hash.low - b.hash.low);
  const dropped = inOrder.slice(MAX_CATEGORIES);
  const gone = new Set(dropped.map(({ value }) => value));
  return toBuckets({ ...column, values: sorted.filter(([value]) => !gone.has(value)) }, dropped);
}

/** Adds rows of values that are not counted by name. */
export function toBuckets(
  column: CategoricalProfile,
  unnamed: readonly {
    readonly rows: number;
    readonly hash: { readonly high: number; readonly low: number };
  }[],
): CategoricalProfile {
  if (unnamed.length === 0) return column;
  const buckets = column.buckets?.slice() ?? new Array<number>(HASH_BUCKETS).fill(0);
  let other = column.other;
  for (const { rows, hash } of unnamed) {
    const bucket = bucketOf(hash);
    buckets[bucket] = (buckets[bucket] as number) + rows;
    other += rows;
  }
  return { ...column, other, buckets };
}
