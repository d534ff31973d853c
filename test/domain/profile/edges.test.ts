import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binningSchema, makeBinning } from '../../../lib/domain/profile/binning.ts';
import { binOf, edgeRanks, edgesFromQuantiles, nextUp } from '../../../lib/domain/profile/edges.ts';

describe('edgesFromQuantiles', () => {
  it('gives an atom a bin of its own', () => {
    expect(edgesFromQuantiles([0, 0, 0, 3, 5])).toEqual([0, 5e-324, 3, 5]);
    expect(edgesFromQuantiles([7, 7])).toEqual([7, nextUp(7)]);
  });

  it('has no edges for a column without values', () => {
    expect(edgesFromQuantiles([])).toEqual([]);
  });

  it('always ascends strictly', () => {
    const quantiles = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, max: 1e300 }), {
      maxLength: 70,
    });
    fc.assert(
      fc.property(quantiles, (values) => {
        const edges = edgesFromQuantiles(values.sort((a, b) => a - b));
        const binning = makeBinning({ x: { kind: 'numeric', edges } });
        expect(() => binningSchema.parse(binning)).not.toThrow();
      }),
    );
  });
});

describe('binOf', () => {
  it('is left-closed with open tails', () => {
    expect([-5, 0, 0.5, 1, 9].map((value) => binOf(value, [0, 1]))).toEqual([0, 1, 1, 2, 2]);
  });

  it('counts the edges at or below the value', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true }),
        fc.uniqueArray(fc.double({ noNaN: true }), { maxLength: 40 }),
        (value, edges) => {
          edges.sort((a, b) => a - b);
          expect(binOf(value, edges)).toBe(edges.filter((edge) => edge <= value).length);
        },
      ),
    );
  });
});

describe('nextUp', () => {
  it('is the smallest double above', () => {
    expect(nextUp(1)).toBe(1 + Number.EPSILON);
    expect(nextUp(0)).toBe(Number.MIN_VALUE);
    expect(nextUp(-Number.MIN_VALUE)).toBe(-0);
    expect(nextUp(-1)).toBe(-1 + Number.EPSILON / 2);
  });
});

describe('edgeRanks', () => {
  it('cuts into equal shares, and the tails into halves as long as two values are left', () => {
    expect(edgeRanks(4, 15)).toEqual([0.25, 0.5, 0.75]);
    expect(edgeRanks(4, 32)).toEqual([1 / 16, 1 / 8, 0.25, 0.5, 0.75, 7 / 8, 15 / 16]);
  });
});

describe('makeBinning', () => {
  it('has one id for equal cuts in any order', () => {
    const a = { kind: 'numeric' as const, edges: [1] };
    const b = { kind: 'categorical' as const };
    expect(makeBinning({ a, b }).id).toBe(makeBinning({ b, a }).id);
    expect(makeBinning({ a, b }).id).not.toBe(makeBinning({ a: { kind: 'numeric', edges: [2] }, b }).id);
  });
});
