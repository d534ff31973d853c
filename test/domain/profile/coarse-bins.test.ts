import { describe, expect, it } from 'vitest';
import { coarseEdges } from '../../../lib/domain/profile/coarse-bins.ts';
import { nextUp } from '../../../lib/domain/profile/edges.ts';

describe('coarseEdges', () => {
  it('takes evenly', () => {
    expect(coarseEdges([1, 2, 3, 4, 5], 2)).toEqual([1, 4]);
  });

  it('takes a point bin whole', () => {
    expect(coarseEdges([0, nextUp(0), 1, 2], 2)).toEqual([0, nextUp(0), 1]);
  });
});
