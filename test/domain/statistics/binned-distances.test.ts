import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextUp } from '../../../lib/domain/profile/edges.ts';
import { ksBracket, ksFromSamples } from '../../../lib/domain/statistics/kolmogorov-smirnov.ts';
import { wassersteinFromBins, wassersteinFromSamples } from '../../../lib/domain/statistics/wasserstein.ts';
import { binned, edgesOf } from './binned.ts';
import { fiveThousand, skewed } from './reference-pairs.ts';

const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 60 });
const someEdges = fc
  .uniqueArray(fc.integer({ min: -18, max: 18 }), { maxLength: 8 })
  .map((edges) => [...edges].sort((a, b) => a - b));

describe('ksBracket', () => {
  it('holds the exact distance, whatever the bins', () => {
    fc.assert(
      fc.property(values, values, someEdges, (x, y, edges) => {
        const [a, b] = [binned(x, edges), binned(y, edges)];
        const bracket = ksBracket(a.bins.counts, b.bins.counts, edges);
        const exact = ksFromSamples(x, y) as number;
        expect(bracket?.lower).toBeLessThanOrEqual(exact + 1e-12);
        expect(bracket?.upper).toBeGreaterThanOrEqual(exact - 1e-12);
      }),
    );
  });

  it('is exact where every value has a bin of its own', () => {
    fc.assert(
      fc.property(values, values, (x, y) => {
        const edges = [...new Set([...x, ...y])].sort((a, b) => a - b).flatMap((v) => [v, nextUp(v)]);
        const bracket = ksBracket(binned(x, edges).bins.counts, binned(y, edges).bins.counts, edges);
        expect(bracket?.upper).toBeCloseTo(bracket?.lower as number, 12);
        expect(bracket?.lower).toBeCloseTo(ksFromSamples(x, y) as number, 12);
      }),
    );
  });

  it('is narrower than a bin’s share with 256 bins', () => {
    for (const { x, y } of [fiveThousand(), skewed()]) {
      const edges = edgesOf(x);
      const bracket = ksBracket(binned(x, edges).bins.counts, binned(y, edges).bins.counts, edges);
      expect((bracket?.upper as number) - (bracket?.lower as number)).toBeLessThan(2 / 256);
    }
  });

  it('cannot be measured on an empty side', () => {
    expect(ksBracket([0, 0], [1, 2])).toBeUndefined();
  });
});

describe('wassersteinFromBins', () => {
  it('is never more than the exact distance', () => {
    fc.assert(
      fc.property(values, values, someEdges, (x, y, edges) => {
        const exact = wassersteinFromSamples(x, y) as number;
        expect(wassersteinFromBins(binned(x, edges), binned(y, edges), edges)).toBeLessThanOrEqual(
          exact + 1e-9,
        );
      }),
    );
  });

  it('is exact where every value has a bin of its own, and for a shift whatever the bins', () => {
    fc.assert(
      fc.property(values, values, fc.integer({ min: 0, max: 9 }), someEdges, (x, y, by, edges) => {
        const own = [...new Set([...x, ...y])].sort((a, b) => a - b);
        const exact = wassersteinFromSamples(x, y) as number;
        expect(wassersteinFromBins(binned(x, own), binned(y, own), own)).toBeCloseTo(exact, 9);
        const shifted = x.map((value) => value + by);
        expect(wassersteinFromBins(binned(x, edges), binned(shifted, edges), edges)).toBeCloseTo(by, 9);
      }),
    );
  });

  it('is within 1e-3 σ with 256 bins', () => {
    const { x, y } = fiveThousand();
    const edges = edgesOf(x);
    const got = wassersteinFromBins(binned(x, edges), binned(y, edges), edges) as number;
    // scipy 1.17.1 stats.wasserstein_distance of the samples.
    expect(Math.abs(got - 0.017980076410635187) / 0.2859).toBeLessThan(1e-3);
  });

  it('cannot be measured on an empty side', () => {
    expect(wassersteinFromBins(binned([], [1]), binned([1], [1]), [1])).toBeUndefined();
  });
});
