import { entryOf } from '../entry-of.ts';

/**
 * The distinct keys of objects under one `unique` constraint. It merges as profiles do, so that keys are compared over the objects of
 * a dataset without any worker seeing two of them.
 */
export interface KeySet {
  /** Objects that it holds keys of. */
  readonly parts: number;
  /**
   * Uniform 64-bit hashes, ascending, little-endian, as base64; one as often as there are objects that hold its key. Of more than
   * `MAX_COMPARED_KEYS` only the lowest 1 / `oneIn` of the range are kept, so that what is kept of one object is kept of all.
   */
  readonly hashes: string;
  /** A power of two; 1 when all are kept. */
  readonly oneIn: number;
}

/** Key sets by constraint id. */
export type KeySets = Readonly<Record<string, KeySet>>;

/**
 * Keys that are compared over objects one by one: 8 MB of them in a shard. That two different ones of this many share a hash has a
 * probability of 3e-8. Of more, as many are compared as a sample. Within one object uniqueness is exact for any number of keys.
 */
export const MAX_COMPARED_KEYS = 1_000_000;

/** The key set of one object, from its distinct hashes in any order. */
export function keySet(hashes: BigUint64Array, oneIn = 1): KeySet {
  return thinned({ parts: 1, oneIn }, hashes.slice().sort());
}

/**
 * Both together; the order of a tree of merges does not matter. A constraint that only one side has is kept as it is.
 *
 * @example repeatsIn(mergeKeySets({ id: keySet(new BigUint64Array([1n, 2n])) }, { id: keySet(new BigUint64Array([2n])) }).id) // 1
 */
export function mergeKeySets(a: KeySets, b: KeySets): KeySets {
  const both = Object.entries(b).map(([id, set]): [string, KeySet] => {
    const other = entryOf(a, id);
    return [id, other ? mergedSet(other, set) : set];
  });
  return { ...a, ...Object.fromEntries(both) };
}

/**
 * Keys of one object that another one has already: exact while all are kept, an unbiased estimate of a sample. Of r repeats a sample of
 * one in k shows none with a probability of (1 − 1/k)^r.
 */
export function repeatsIn({ hashes, oneIn }: KeySet): number {
  const all = decoded(hashes);
  let repeats = 0;
  for (let i = 1; i < all.length; i++) if (all[i] === all[i - 1]) repeats++;
  return repeats * oneIn;
}

/** The part of the range of hashes, from 0, that is enough for so many distinct keys: one to two times as many as may be kept lie in it. */
export function keptShare(keys: number): { readonly oneIn: number; readonly below: bigint } {
  const oneIn = 2 ** Math.max(0, Math.floor(Math.log2(keys / MAX_COMPARED_KEYS)));
  return { oneIn, below: RANGE / BigInt(oneIn) };
}

const RANGE = 2n ** 64n;

function mergedSet(a: KeySet, b: KeySet): KeySet {
  const [left, right] = [decoded(a.hashes), decoded(b.hashes)];
  const all = new BigUint64Array(left.length + right.length);
  all.set(left);
  all.set(right, left.length);
  return thinned({ parts: a.parts + b.parts, oneIn: Math.max(a.oneIn, b.oneIn) }, all.sort());
}

/** Halves the range until what lies in it is few enough: a set that grows never needs more of it, so the order of merging is no matter. */
function thinned({ parts, oneIn: before }: Omit<KeySet, 'hashes'>, sorted: BigUint64Array): KeySet {
  let oneIn = before;
  let length = countBelow(sorted, RANGE / BigInt(oneIn));
  while (length > MAX_COMPARED_KEYS) {
    oneIn *= 2;
    length = countBelow(sorted, RANGE / BigInt(oneIn));
  }
  const kept = sorted.subarray(0, length);
  const bytes = Buffer.from(kept.buffer, kept.byteOffset, kept.byteLength);
  return { parts, hashes: bytes.toString('base64'), oneIn };
}

function countBelow(sorted: BigUint64Array, bound: bigint): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as bigint) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

function decoded(hashes: string): BigUint64Array {
  // A copy: a buffer's own bytes may begin anywhere.
  return new BigUint64Array(Uint8Array.from(Buffer.from(hashes, 'base64')).buffer);
}
