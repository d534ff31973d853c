import { describe, expect, it } from 'vitest';
import { integralOfBridge } from '../../../lib/domain/drift/brownian-bridge.ts';
import { categoryCells } from '../../../lib/domain/drift/category-cells.ts';
import { chanceOfCell } from '../../../lib/domain/drift/chance-divergence.ts';
import { jensenShannon } from '../../../lib/domain/drift/jensen-shannon.ts';
import type { CategoricalProfile } from '../../../lib/domain/profile/column-profile.ts';
import { seededRandom } from '../../../lib/domain/statistics/random/generator.ts';
import { normalCdf } from '../../../lib/domain/statistics/special/normal.ts';
import { CATEGORICAL_FAMILIES, type Family } from './replays.ts';

describe('integralOfBridge', () => {
  // 400 pieces from −6 to 6.
  const normal = Array.from({ length: 400 }, (_, i) => ({
    width: 0.03,
    level: normalCdf(-6 + 0.03 * (i + 0.5)),
  }));

  it('has the mean that simulation shows for normals: 1.27', () => {
    expect(integralOfBridge(normal).mean).toBeCloseTo(1.27, 1);
  });

  // scipy 1.17.1, numpy 2.4.6: wasserstein_distance of two samples of 2,000 over √(2/2000), 4,000 times: mean 1.288, sd 0.449.
  it('has the deviation that simulation shows for normals', () => {
    expect(integralOfBridge(normal).deviation).toBeCloseTo(0.45, 1);
  });

  it('of a coin is that of |Z|/2: mean √(2/π)/2, deviation √(1 − 2/π)/2', () => {
    const { mean, deviation } = integralOfBridge([{ width: 1, level: 0.5 }]);
    expect(mean).toBeCloseTo(Math.sqrt(2 / Math.PI) / 2, 12);
    expect(deviation).toBeCloseTo(Math.sqrt(1 - 2 / Math.PI) / 2, 12);
  });

  it('is nothing where there is no spread', () => {
    expect(integralOfBridge([{ width: 5, level: 1 }])).toEqual({ mean: 0, deviation: 0 });
  });
});

describe('chanceOfCell', () => {
  it('of one row is its whole share, whichever side it falls to', () => {
    expect(chanceOfCell(100, 100)(1).mean).toBeCloseTo(Math.LN2 / 200, 12);
    expect(chanceOfCell(100, 100)(1).variance).toBeCloseTo(0, 12);
  });

  it('of two rows is nothing when each side has one', () => {
    expect(chanceOfCell(100, 100)(2).mean).toBeCloseTo(Math.LN2 / 200, 12);
  });

  it('nears (1/n + 1/m)/8 and twice its square with many rows', () => {
    const { mean, variance } = chanceOfCell(1000, 1000)(58);
    expect(mean / (0.002 / 8)).toBeCloseTo(1, 1);
    expect(variance / (2 * (0.002 / 8) ** 2)).toBeCloseTo(1, 0);
  });

  it.each([
    [100, 100],
    [20_000, 300],
  ])('is what samples of %i and %i rows of a hundred categories show', (n, m) => {
    const random = seededRandom(5);
    const hundred = CATEGORICAL_FAMILIES.at(-1) as Family;
    const draw = (rows: number) => hundred.reference(rows, random).column as CategoricalProfile;
    let [found, expected] = [0, 0];
    for (let i = 0; i < 400; i++) {
      const cells = categoryCells(draw(n), draw(m));
      const measured = jensenShannon(cells.reference, cells.window);
      found += measured?.divergence ?? 0;
      expected += measured?.expectedByChance ?? 0;
    }
    expect(expected / found).toBeGreaterThan(0.97);
    expect(expected / found).toBeLessThan(1.03);
  });
});
