import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hellinger } from '../../../lib/domain/statistics/hellinger.ts';
import {
  jensenShannonBias,
  jensenShannonCorrected,
  jensenShannonDistance,
  jensenShannonDivergence,
} from '../../../lib/domain/statistics/jensen-shannon.ts';
import { kullbackLeibler } from '../../../lib/domain/statistics/kullback-leibler.ts';
import { lInfinity, lInfinityRobust } from '../../../lib/domain/statistics/l-infinity.ts';
import { psi, psiBias, psiCorrected } from '../../../lib/domain/statistics/psi.ts';
import { totalVariation } from '../../../lib/domain/statistics/total-variation.ts';
import { unseenMass } from '../../../lib/domain/statistics/unseen-mass.ts';
import { FREQUENT, UNSEEN } from './reference-pairs.ts';

const counts = fc
  .array(fc.tuple(fc.nat(1000), fc.nat(1000)), { minLength: 1, maxLength: 30 })
  .map((pairs) => ({
    a: [1, ...pairs.map(([x]) => x)],
    b: [1, ...pairs.map(([, y]) => y)],
  }));

describe('psi', () => {
  it('equals the definition, and fills empty cells as Evidently 0.7.21 does', () => {
    expect(psi(FREQUENT.a, FREQUENT.b)).toBeCloseTo(0.037218381577290835, 12);
    expect(psi(UNSEEN.a, UNSEEN.b)).toBeCloseTo(0.7044688559929045, 12);
  });

  it('is infinite for a cell of one side only when nothing is filled', () => {
    expect(psi(UNSEEN.a, UNSEEN.b, 'none')).toBe(Number.POSITIVE_INFINITY);
    expect(psi([1, 1, 0], [2, 1, 0], 'none')).toBeCloseTo(
      (2 / 3 - 1 / 2) * Math.log(4 / 3) + (1 / 6) * Math.log(3 / 2),
      12,
    );
  });

  it('takes out what chance adds, which is a degree of freedom over the sizes', () => {
    expect(psiBias([50, 50, 0], [25, 25, 0])).toBeCloseTo(1 / 100 + 1 / 50, 15);
    expect(psiCorrected(FREQUENT.a, FREQUENT.b)).toBe(0);
    expect(psiCorrected([5000, 5000], [4000, 6000])).toBeCloseTo(
      (psi([5000, 5000], [4000, 6000]) as number) - 2e-4,
      12,
    );
  });
});

describe('jensenShannon', () => {
  it('equals scipy.spatial.distance.jensenshannon in both bases', () => {
    expect(jensenShannonDistance(FREQUENT.a, FREQUENT.b)).toBeCloseTo(0.06804819617703867, 12);
    expect(jensenShannonDistance(FREQUENT.a, FREQUENT.b, 2)).toBeCloseTo(0.08173421330573756, 12);
    expect(jensenShannonDistance(UNSEEN.a, UNSEEN.b)).toBeCloseTo(0.19092797571853298, 12);
    expect(jensenShannonDistance(UNSEEN.a, UNSEEN.b, 2)).toBeCloseTo(0.22932787009976513, 12);
  });

  it('runs from 0 to 1 in base 2', () => {
    expect(jensenShannonDivergence([1, 2], [10, 20], 2)).toBe(0);
    expect(jensenShannonDivergence([1, 0], [0, 1], 2)).toBeCloseTo(1, 15);
  });

  it('takes out what chance adds to the divergence', () => {
    expect(jensenShannonBias([50, 50], [50, 50])).toBeCloseTo(0.0025, 15);
    expect(jensenShannonCorrected([50, 50], [45, 55])).toBe(0);
    expect(jensenShannonCorrected([5000, 5000], [4000, 6000])).toBeCloseTo(
      Math.sqrt((jensenShannonDivergence([5000, 5000], [4000, 6000]) as number) - 2.5e-5),
      12,
    );
  });
});

describe('other distances of shares', () => {
  it('equal scipy and numpy on the reference pairs', () => {
    expect(kullbackLeibler(FREQUENT.a, FREQUENT.b)).toBeCloseTo(0.01890967696532045, 12);
    expect(kullbackLeibler(UNSEEN.a, UNSEEN.b)).toBeCloseTo(0.10656463141358513, 12);
    expect(hellinger(FREQUENT.a, FREQUENT.b)).toBeCloseTo(0.06812774370983354, 12);
    expect(totalVariation(FREQUENT.a, FREQUENT.b)).toBeCloseTo(0.06818181818181819, 12);
    expect(totalVariation(UNSEEN.a, UNSEEN.b)).toBeCloseTo(0.1, 12);
    expect(lInfinity(FREQUENT.a, FREQUENT.b)?.distance).toBeCloseTo(0.04545454545454547, 12);
  });

  it('name the cell that changed most', () => {
    expect(lInfinity(UNSEEN.a, UNSEEN.b)?.cell).toBe(3);
    expect(unseenMass(UNSEEN.a, UNSEEN.b)).toEqual({ share: 0.1, cells: [3] });
  });

  it('take the margin of chance from a largest gap', () => {
    expect(lInfinityRobust(0.2, 1000, 1000)).toBeCloseTo(0.2 - 1.8 * Math.sqrt(0.002), 15);
    expect(lInfinityRobust(0.05, 1000, 1000)).toBe(0);
  });

  it('keep their order: hellinger² ≤ total variation ≤ √2 · hellinger, and the largest gap is at most total variation', () => {
    fc.assert(
      fc.property(counts, ({ a, b }) => {
        const [h, tv] = [hellinger(a, b) as number, totalVariation(a, b) as number];
        expect(h * h).toBeLessThanOrEqual(tv + 1e-12);
        expect(tv).toBeLessThanOrEqual(Math.SQRT2 * h + 1e-12);
        expect(lInfinity(a, b)?.distance).toBeLessThanOrEqual(tv + 1e-12);
      }),
    );
  });

  it('are zero for one distribution and the same both ways', () => {
    fc.assert(
      fc.property(counts, ({ a, b }) => {
        const doubled = a.map((count) => 2 * count);
        for (const distance of [jensenShannonDistance, hellinger, totalVariation, psi]) {
          expect(distance(a, doubled)).toBeCloseTo(0, 7);
          expect(distance(a, b)).toBeCloseTo(distance(b, a) as number, 9);
        }
      }),
    );
  });

  it('cannot be measured on an empty side, and refuse cells that do not match', () => {
    for (const measure of [
      psi,
      jensenShannonDistance,
      kullbackLeibler,
      hellinger,
      totalVariation,
      lInfinity,
    ]) {
      expect(measure([0, 0], [1, 2])).toBeUndefined();
      expect(measure([], [])).toBeUndefined();
      expect(() => measure([1], [1, 2])).toThrow('two distributions need the same cells, got 1 and 2');
    }
  });
});
