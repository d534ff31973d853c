import { describe, expect, it } from 'vitest';
import { MERGE_FAN_IN, mergeInputs, mergeLevels } from '../../../lib/domain/intake/merge-tree.ts';

describe('the tree of merges', () => {
  it.each([
    [0, []],
    [1, [1]],
    [100, [1]],
    [101, [2, 1]],
    [10_000, [100, 1]],
    [400_000, [4000, 40, 1]],
  ])('of %i shards has levels of %j merges', (shards, levels) => {
    expect(mergeLevels(shards)).toEqual(levels);
  });

  it('takes every output of the level below once', () => {
    for (const width of [1, 99, 100, 101, 250]) {
      const [groups = 0] = mergeLevels(width);
      const taken = Array.from({ length: groups }, (_, group) => mergeInputs(group, width)).flat();
      expect(taken).toEqual(Array.from({ length: width }, (_, i) => i));
      expect(mergeInputs(0, width).length).toBeLessThanOrEqual(MERGE_FAN_IN);
    }
    expect(mergeInputs(9, 250)).toEqual([]);
  });
});
