import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coarseEdges, groupBins, sumGroups } from '../../../lib/domain/profile/coarse-bins.ts';
import { nextUp } from '../../../lib/domain/profile/edges.ts';

describe('groupBins', () => {
  it('keeps an atom by itself', () => {
    expect(groupBins([5, 5, 80, 5, 5], 2)).toEqual([0, 2, 3]);
  });

  it('gives deciles where they are', () => {
    expect(groupBins(new Array(100).fill(7), 10)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
  });

  it('loses no row', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1000), { minLength: 1 }),
        fc.integer({ min: 1, max: 20 }),
        (counts, groups) => {
          const sums = sumGroups(counts, groupBins(counts, groups));
          expect(sums.reduce((a, b) => a + b, 0)).toBe(counts.reduce((a, b) => a + b, 0));
        },
      ),
    );
  });
});

describe('coarseEdges', () => {
  it('takes evenly', () => {
    expect(coarseEdges([1, 2, 3, 4, 5], 2)).toEqual([1, 4]);
  });

  it('takes a point bin whole', () => {
    expect(coarseEdges([0, nextUp(0), 1, 2], 2)).toEqual([0, nextUp(0), 1]);
  });
});
