import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateDistinct } from '../../../lib/domain/profile/distinct-sketch.ts';
import { binOf, edgesFromQuantiles, nextUp, pointEdges } from '../../../lib/domain/profile/edges.ts';
import { profileChunk } from './count-numbers.ts';

const value = fc.option(
  fc.oneof(
    fc.double(),
    fc.double({ min: -1e3, max: 1e3, noNaN: true }),
    fc.integer({ min: -5, max: 5 }),
    fc.constantFrom(0, -0, 1, Number.MIN_VALUE, -Number.MIN_VALUE, Number.NaN, 1 / 0, -1 / 0),
  ),
);
const values = fc.array(value, { maxLength: 300 });
const edges = fc
  .array(fc.oneof(fc.integer({ min: -6, max: 6 }), fc.double({ min: -2e3, max: 2e3, noNaN: true })), {
    maxLength: 60,
  })
  .map((sample) => edgesFromQuantiles(sample.map((x) => x + 0).sort((a, b) => a - b)));

/** The same by one line each. */
function plainly(all: readonly (number | null)[], cuts: readonly number[]) {
  const finite = all.filter((x): x is number => x !== null && Number.isFinite(x));
  const bins = new Array<number>(cuts.length + 1).fill(0);
  for (const x of finite) bins[binOf(x, cuts)] = (bins[binOf(x, cuts)] as number) + 1;
  const count = (test: (x: number) => boolean) => finite.filter(test).length;
  return {
    counts: {
      null: all.filter((x) => x === null).length,
      nan: all.filter((x) => Number.isNaN(x)).length,
      posInf: all.filter((x) => x === 1 / 0).length,
      negInf: all.filter((x) => x === -1 / 0).length,
      zero: count((x) => x === 0),
      negative: count((x) => x < 0),
      nonInteger: count((x) => x !== Math.floor(x)),
      typeMismatch: 0,
    },
    n: finite.length,
    bins,
    min: finite.length === 0 ? null : Math.min(...finite) + 0,
    max: finite.length === 0 ? null : Math.max(...finite) + 0,
  };
}

describe('NumberAccumulator', () => {
  it('counts what a loop over the values counts, whatever the values and the bins', () => {
    fc.assert(
      fc.property(values, edges, (all, cuts) => {
        const { counts, n, bins, min, max } = profileChunk(all, cuts);
        expect({
          counts,
          n,
          bins: bins.counts,
          min: min === null ? null : min + 0,
          max: max === null ? null : max + 0,
        }).toEqual(plainly(all, cuts));
      }),
      { numRuns: 500 },
    );
  });

  it('counts integers by a table as it counts them by a search', () => {
    const integers = fc.array(
      fc.option(fc.oneof(fc.integer({ min: -3, max: 40 }), fc.constantFrom(0.5, 1e9))),
    );
    fc.assert(
      fc.property(integers, (all) => {
        const cuts = pointEdges(Array.from({ length: 30 }, (_, i) => i));
        const { counts, n, bins, min, max } = profileChunk(all, cuts);
        expect({ counts, n, bins: bins.counts, min, max }).toEqual(plainly(all, cuts));
      }),
    );
  });

  it('knows mean and squares where adding one by one would not', () => {
    const tenths = new Array<number>(300_000).fill(0.1);
    const column = profileChunk([...tenths, 1e9], [0.05, 0.2]);
    expect(Math.abs((column.bins.sums[1] as number) / 30_000 - 1)).toBeLessThanOrEqual(1e-12);
    expect(column.mean).toBeCloseTo((30_000 + 1e9) / 300_001, 6);
    const n = 300_001;
    expect(column.m2 / ((300_000 / n) * (1e9 - 0.1) ** 2)).toBeCloseTo(1, 12);
  });

  it('gives a constant no spread and the exact sum of its point', () => {
    const column = profileChunk(new Array(10_000).fill(0.1), [0.1, nextUp(0.1)]);
    expect(column).toMatchObject({ mean: 0.1, m2: 0, min: 0.1, max: 0.1, bins: { sums: [0, 1000, 0] } });
    expect(estimateDistinct(column.distinct)).toBeCloseTo(1, 2);
  });

  it('finds bins in a column spread over orders of magnitude', () => {
    const cuts = Array.from({ length: 300 }, (_, i) => Math.exp(i / 20));
    const all = Array.from({ length: 20_000 }, (_, i) => Math.exp((i % 1600) / 100) * 0.99);
    expect(profileChunk(all, cuts).bins.counts).toEqual(plainly(all, cuts).bins);
  });
});
