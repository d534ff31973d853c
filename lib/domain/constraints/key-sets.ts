/**
 * The distinct keys of some rows under one `unique` constraint. It merges as profiles do, so that keys are compared over the objects
 * of a dataset without any worker seeing two of them.
 */
export interface KeySet {
  /** Objects that it holds keys of. */
  readonly parts: number;
  /** Keys of one object that an earlier one had already. */
  readonly repeats: number;
  /** Distinct 64-bit hashes, ascending, little-endian, as base64; absent when there were too many to keep. */
  readonly hashes?: string;
}

/** Key sets by constraint id. */
export type KeySets = Readonly<Record<string, KeySet>>;

/**
 * Keys that are compared over objects: 8 MB of them in a shard. That two different ones of this many share a hash has a probability
 * of 3e-8. Within one object uniqueness is exact for any number of keys.
 */
export const MAX_COMPARED_KEYS = 1_000_000;

/** The key set of one object, from its distinct hashes in any order. */
export function keySet(hashes: BigUint64Array): KeySet {
  return { parts: 1, repeats: 0, ...kept(hashes.slice().sort()) };
}

/**
 * Both together; the order of a tree of merges does not matter as long as there are at most `MAX_COMPARED_KEYS` keys. A constraint that only one side has is kept as it is.
 *
 * @example mergeKeySets({ id: keySet(new BigUint64Array([1n, 2n])) }, { id: keySet(new BigUint64Array([2n])) }).id?.repeats // 1
 */
export function mergeKeySets(a: KeySets, b: KeySets): KeySets {
  const both = Object.entries(b).map(([id, set]): [string, KeySet] => {
    const other = a[id];
    return [id, other ? mergedSet(other, set) : set];
  });
  return { ...a, ...Object.fromEntries(both) };
}

function mergedSet(a: KeySet, b: KeySet): KeySet {
  const parts = a.parts + b.parts;
  const repeats = a.repeats + b.repeats;
  if (a.hashes === undefined || b.hashes === undefined) return { parts, repeats };
  const [left, right] = [decoded(a.hashes), decoded(b.hashes)];
  const all = new BigUint64Array(left.length + right.length);
  all.set(left);
  all.set(right, left.length);
  all.sort();
  let distinct = 0;
  for (const key of all) if (distinct === 0 || key !== all[distinct - 1]) all[distinct++] = key;
  return { parts, repeats: repeats + all.length - distinct, ...kept(all.subarray(0, distinct)) };
}

function kept(hashes: BigUint64Array): { readonly hashes?: string } {
  if (hashes.length > MAX_COMPARED_KEYS) return {};
  const bytes = Buffer.from(hashes.buffer, hashes.byteOffset, hashes.byteLength);
  return { hashes: bytes.toString('base64') };
}

function decoded(hashes: string): BigUint64Array {
  // A copy: a buffer's own bytes may begin anywhere.
  return new BigUint64Array(Uint8Array.from(Buffer.from(hashes, 'base64')).buffer);
}
