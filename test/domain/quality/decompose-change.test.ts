import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decomposeChange, type Stratum } from '../../../lib/domain/quality/decompose-change.ts';
import { seededRandom } from '../../../lib/domain/statistics/random/generator.ts';

/** Rows of which a share (0–1) is right. */
const side = (rows: number, share: number) => ({ rows, sum: rows * share, squares: rows * share });
const strata = (of: readonly (readonly [number, number, number, number])[]): readonly Stratum[] =>
  of.map(([p, a, q, b], i) => ({ name: `s${i}`, reference: side(p, a), window: side(q, b) }));

const counts = fc.tuple(
  fc.integer({ min: 0, max: 500 }),
  fc.integer({ min: 0, max: 4 }),
  fc.integer({ min: 0, max: 500 }),
  fc.integer({ min: 0, max: 4 }),
);

describe('decomposeChange', () => {
  // By the definition in numpy; standard errors of 20,000 parametric bootstraps: mix 0.00744, concept 0.01866, change 0.01913.
  it('splits a change into mix and concept, with intervals where a bootstrap has them', () => {
    const found = decomposeChange(
      strata([
        [400, 0.9, 300, 0.9],
        [300, 0.8, 200, 0.78],
        [200, 0.7, 300, 0.66],
        [100, 0.5, 200, 0.5],
      ]),
    );
    expect(found?.mix.estimate).toBeCloseTo(-0.051, 12);
    expect(found?.concept.estimate).toBeCloseTo(-0.015, 12);
    expect(found?.change.estimate).toBeCloseTo(-0.066, 12);
    const error = (part: 'mix' | 'concept' | 'change') =>
      ((found?.[part].upper ?? 0) - (found?.[part].lower ?? 0)) / (2 * 1.959963984540054);
    expect(error('mix')).toBeCloseTo(0.00744, 3);
    expect(error('concept')).toBeCloseTo(0.01866, 3);
    expect(error('change')).toBeCloseTo(0.01913, 3);
  });

  it('always adds up, and calls a pure change of mix mix', () => {
    fc.assert(
      fc.property(fc.array(counts, { minLength: 1, maxLength: 8 }), (list) => {
        const quarters = list.map(([p, a, q, b]) => [p, a / 4, q, b / 4] as const);
        const found = decomposeChange(strata(quarters));
        if (found === undefined) return;
        expect(found.mix.estimate + found.concept.estimate).toBeCloseTo(found.change.estimate, 12);
        const still = decomposeChange(strata(list.map(([p, a, q]) => [p, a / 4, q, a / 4])));
        expect(still?.concept.estimate ?? 0).toBeCloseTo(0, 12);
        for (const part of Object.values(found)) expect(part.lower).toBeLessThanOrEqual(part.upper);
      }),
    );
  });

  it('counts a stratum that only one side has as mix', () => {
    const found = decomposeChange(
      strata([
        [100, 0.9, 100, 0.9],
        [0, 0, 100, 0.5],
      ]),
    );
    expect(found?.mix.estimate).toBeCloseTo(-0.2, 12);
    expect(found?.concept.estimate).toBe(0);
  });

  it('holds a concept change of nothing in 19 of 20 windows', () => {
    const random = seededRandom(5);
    const drawn = (rows: number, share: number) =>
      side(rows, Array.from({ length: rows }).filter(() => random.uniform() < share).length / rows);
    const held = Array.from({ length: 400 }, () => {
      const found = decomposeChange(
        [0.95, 0.8, 0.6].map((share, i) => ({
          name: String(i),
          reference: drawn(300, share),
          window: drawn(100 + 100 * i, share),
        })),
      );
      return found !== undefined && found.concept.lower <= 0 && found.concept.upper >= 0;
    }).filter(Boolean).length;
    expect(held).toBeGreaterThanOrEqual(370);
    expect(held).toBeLessThan(400);
  });

  it('has nothing to split when a side has no rows', () => {
    expect(decomposeChange([])).toBeUndefined();
    expect(decomposeChange(strata([[0, 0, 10, 0.5]]))).toBeUndefined();
  });
});
