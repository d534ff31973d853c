import { describe, expect, it } from 'vitest';
import {
  emptyJointProfile,
  jointProfileOf,
  jointProfileSchema,
  mergeJointProfiles,
} from '../../../lib/domain/statistics/joint/joint-profile.ts';
import { jointScale } from '../../../lib/domain/statistics/joint/joint-scale.ts';
import { scoreJoint } from '../../../lib/domain/statistics/joint/score-joint.ts';
import { type Random, seededRandom } from '../../../lib/domain/statistics/random/generator.ts';

const NAMES = ['a', 'b', 'c', 'd'];
const SCALE = { columns: NAMES, means: [0, 0, 0, 0], sigmas: [1, 1, 1, 1] };

interface Rows {
  readonly n: number;
  readonly shift?: number;
  /** Of the first two columns. */
  readonly correlation?: number;
}

function rows({ n, shift = 0, correlation = 0.8 }: Rows, random: Random): readonly Float64Array[] {
  const normal = () => Float64Array.from({ length: n }, () => random.normal());
  const first = normal();
  const second = first.map((x) => correlation * x + Math.sqrt(1 - correlation ** 2) * random.normal());
  return [first, second, normal().map((x) => x + shift), normal()];
}

const profile = (wanted: Rows, random: Random) => jointProfileOf(SCALE, [rows(wanted, random)]);

describe('scoreJoint', () => {
  it('sees a correlation that went where no column changed by itself', () => {
    const random = seededRandom(1);
    const reference = profile({ n: 4000 }, random);
    const drift = scoreJoint(reference, profile({ n: 4000, correlation: 0 }, random));
    expect(drift?.lowerBound).toBeGreaterThan(0.2);
    expect(drift?.residualRatio).toBeGreaterThan(1.1);
  });

  it('measures the shift of one column in its σ', () => {
    const random = seededRandom(2);
    const reference = profile({ n: 20_000, correlation: 0 }, random);
    const drift = scoreJoint(reference, profile({ n: 20_000, correlation: 0, shift: 0.5 }, random));
    expect(Math.abs((drift?.effect as number) - 0.5)).toBeLessThan(0.05);
    expect(drift?.lowerBound).toBeLessThan(0.5);
    expect(drift?.upperBound).toBeGreaterThan(0.5);
  });

  it('has a lower bound above 0 in at most 5 % of 200 windows without drift', () => {
    const random = seededRandom(3);
    const reference = profile({ n: 5000 }, random);
    const drifts = Array.from({ length: 200 }, () => scoreJoint(reference, profile({ n: 500 }, random)));
    const alarms = drifts.filter((drift) => (drift?.lowerBound as number) > 0).length;
    expect(alarms).toBeLessThanOrEqual(10);
  });

  it('says what it could have seen, and sees that in most windows', () => {
    const random = seededRandom(4);
    const reference = profile({ n: 5000 }, random);
    const detectable = scoreJoint(reference, profile({ n: 500 }, random))?.detectable as number;
    const seen = Array.from({ length: 60 }, () =>
      scoreJoint(reference, profile({ n: 500, shift: detectable }, random)),
    ).filter((drift) => (drift?.lowerBound as number) > 0).length;
    expect(seen).toBeGreaterThan(40);
  });

  it('has nothing to say of no rows', () => {
    const reference = profile({ n: 100 }, seededRandom(5));
    expect(scoreJoint(reference, emptyJointProfile(SCALE))).toBeUndefined();
    expect(scoreJoint(emptyJointProfile(SCALE), reference)).toBeUndefined();
  });
});

describe('a joint profile', () => {
  it('of chunks adds up to that of the whole, in any order', () => {
    const chunks = [rows({ n: 64 }, seededRandom(6)), rows({ n: 100 }, seededRandom(7))];
    const [a, b] = chunks.map((chunk) => jointProfileOf(SCALE, [chunk])) as [never, never];
    const whole = jointProfileOf(SCALE, chunks);
    const [ab, ba] = [mergeJointProfiles(a, b), mergeJointProfiles(b, a)];
    for (const merged of [ab, ba]) {
      expect(merged.moments.n).toBe(164);
      expect(merged.quadruples.n).toBe(41);
      merged.features.sum.forEach((value, k) => {
        expect(value).toBeCloseTo(whole.features.sum[k] as number, 9);
      });
      expect(merged.quadruples.squares).toBeCloseTo(whole.quadruples.squares, 9);
    }
    expect(mergeJointProfiles(whole, emptyJointProfile(SCALE))).toEqual(whole);
  });

  it('survives being stored', () => {
    const stored = profile({ n: 10 }, seededRandom(8));
    expect(jointProfileSchema.parse(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
  });
});

describe('jointScale', () => {
  it('reads centre and unit off the edges of numeric inputs and features', () => {
    const scale = jointScale({
      'input.b': { kind: 'numeric', edges: [0, 1, 2, 3, 4] },
      'feature.a': { kind: 'numeric', edges: [10, 20, 30] },
      'output.score': { kind: 'numeric', edges: [0, 0.5, 1] },
      'input.text': { kind: 'categorical' },
      'input.constant': { kind: 'numeric', edges: [7, 7.000000000000001] },
    });
    expect(scale?.columns).toEqual(['feature.a', 'input.b']);
    expect(scale?.means).toEqual([20, 2]);
    expect(scale?.sigmas[1]).toBeCloseTo(2 / 1.349, 12);
  });

  it('takes a quarter of the range where half of the values are one', () => {
    const edges = [0, 5e-324, 1e-300, 4];
    const two = {
      'input.a': { kind: 'numeric', edges },
      'input.b': { kind: 'numeric', edges: [0, 2, 4] },
    } as const;
    expect(jointScale(two as never)?.sigmas[0]).toBeGreaterThan(0);
  });

  it('takes the features alone where there are two, without those that are of no interest', () => {
    const edges = [0, 2, 4];
    const columns = Object.fromEntries(
      ['input.a', 'feature.b', 'feature.c', 'feature.d'].map((name) => [name, { kind: 'numeric', edges }]),
    );
    expect(jointScale(columns as never, ['feature.c'])?.columns).toEqual(['feature.b', 'feature.d']);
    expect(jointScale(columns as never, ['feature.c', 'feature.d'])?.columns).toEqual([
      'feature.b',
      'input.a',
    ]);
  });

  it('is nothing for a single column', () => {
    expect(jointScale({ 'input.a': { kind: 'numeric', edges: [1, 2, 3] } })).toBeUndefined();
  });
});
