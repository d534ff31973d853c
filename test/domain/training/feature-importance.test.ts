import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../lib/domain/statistics/random/generator.ts';
import { featureImportance } from '../../../lib/domain/training/feature-importance.ts';

const random = seededRandom(2);

describe('featureImportance', () => {
  const rows = Array.from({ length: 4000 }, () => {
    const features = {
      a: random.normal(),
      b: random.normal(),
      c: 'xyz'[random.integer(3)] as string,
      d: random.normal(),
    };
    return { features, score: 2 * features.a + features.b + (features.c === 'x' ? 2 : 0) };
  });

  it('is the share of the variance of the scores that each feature makes', () => {
    // Variances: 4 of a, 1 of b, 4·(1/3)(2/3) = 0.889 of c, none of d; 5.889 in all. Twenty groups blur a little.
    const found = featureImportance(rows);
    expect(found['feature.a']).toBeCloseTo(4 / 5.889, 1);
    expect(found['feature.b']).toBeCloseTo(1 / 5.889, 1);
    expect(found['feature.c']).toBeCloseTo(0.889 / 5.889, 1);
    expect(found['feature.d']).toBeLessThan(0.01);
  });

  it('is η² corrected for the number of groups, as computed by hand', () => {
    // Groups x: 1, 2, 3 and y: 5, 7; SST 23.2, SSW 2 + 2 = 4; 1 − (4/3)/(23.2/4).
    const few = [1, 2, 3].map((score) => ({ features: { g: 'x' }, score }));
    const more = [5, 7].map((score) => ({ features: { g: 'y' }, score }));
    expect(featureImportance([...few, ...more])['feature.g']).toBeCloseTo(1 - 4 / 3 / (23.2 / 4), 12);
  });

  it('sees that a value is missing', () => {
    const some = rows.slice(0, 1000).map(({ features }, i) => ({
      features: { a: i % 2 === 0 ? null : features.a },
      score: i % 2 === 0 ? 1 : 0,
    }));
    expect(featureImportance(some)['feature.a']).toBeCloseTo(1, 2);
  });

  it('knows nothing where every answer is the same, and of no rows', () => {
    expect(
      featureImportance([
        { features: { a: 1 }, score: 1 },
        { features: { a: 2 }, score: 1 },
      ]),
    ).toEqual({});
    expect(featureImportance([])).toEqual({});
  });
});
