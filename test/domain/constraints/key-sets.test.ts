import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type KeySets,
  keySet,
  MAX_COMPARED_KEYS,
  mergeKeySets,
} from '../../../lib/domain/constraints/key-sets.ts';

const setOf = (keys: readonly number[]): KeySets => ({
  id: keySet(BigUint64Array.from([...new Set(keys)].map(BigInt))),
});
const keys = fc.array(fc.nat({ max: 20 }), { maxLength: 15 });

describe('mergeKeySets', () => {
  it('counts keys that another object has too, whatever the order of merging', () => {
    fc.assert(
      fc.property(keys, keys, keys, (a, b, c) => {
        const [x, y, z] = [setOf(a), setOf(b), setOf(c)];
        const left = mergeKeySets(mergeKeySets(x, y), z);
        expect(mergeKeySets(x, mergeKeySets(y, z))).toEqual(left);
        expect(mergeKeySets(z, mergeKeySets(x, y))).toEqual(left);
        const sizes = [a, b, c].map((of) => new Set(of).size).reduce((sum, n) => sum + n, 0);
        expect(left.id).toMatchObject({ parts: 3, repeats: sizes - new Set([...a, ...b, ...c]).size });
      }),
    );
  });

  it('keeps a constraint that only one side has, and nothing of none', () => {
    expect(mergeKeySets({}, setOf([1, 2]))).toEqual(setOf([1, 2]));
    expect(mergeKeySets(setOf([1, 2]), {})).toEqual(setOf([1, 2]));
  });

  it('lets go of keys that are too many, and stays without', () => {
    const many = { id: keySet(BigUint64Array.from({ length: MAX_COMPARED_KEYS }, (_, i) => BigInt(i))) };
    expect(many.id.hashes).toBeDefined();
    const merged = mergeKeySets(many, setOf([MAX_COMPARED_KEYS + 1]));
    expect(merged.id?.hashes).toBeUndefined();
    expect(mergeKeySets(merged, setOf([1])).id).toEqual({ parts: 3, repeats: 0 });
  });
});
