import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type KeySet,
  type KeySets,
  keySet,
  MAX_COMPARED_KEYS,
  mergeKeySets,
  repeatsIn,
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
        expect(left.id?.parts).toBe(3);
        expect(repeatsIn(left.id as KeySet)).toBe(sizes - new Set([...a, ...b, ...c]).size);
      }),
    );
  });

  it('keeps a constraint that only one side has, and nothing of none', () => {
    expect(mergeKeySets({}, setOf([1, 2]))).toEqual(setOf([1, 2]));
    expect(mergeKeySets(setOf([1, 2]), {})).toEqual(setOf([1, 2]));
  });

  it('compares a sample of keys that are too many, the same in any order, and guesses what repeats', () => {
    // Golden-ratio steps spread over the range as hashes do.
    const spread = (from: number, to: number) =>
      BigUint64Array.from({ length: to - from }, (_, i) => BigInt.asUintN(64, BigInt(from + i) * STEP));
    const [a, b, c] = [spread(0, 900_000), spread(500_000, 1_400_000), spread(1_300_000, 2_300_000)].map(
      (hashes): KeySets => ({ id: keySet(hashes) }),
    ) as [KeySets, KeySets, KeySets];
    const merged = mergeKeySets(mergeKeySets(a, b), c).id as KeySet;
    expect(mergeKeySets(a, mergeKeySets(c, b)).id).toEqual(merged);
    expect(merged).toMatchObject({ parts: 3, oneIn: 4 });
    expect(Buffer.from(merged.hashes, 'base64').length / 8).toBeLessThanOrEqual(MAX_COMPARED_KEYS);
    expect(Math.abs(repeatsIn(merged) / 500_000 - 1)).toBeLessThan(0.01);
  });
});

const STEP = 0x9e3779b97f4a7c15n;
