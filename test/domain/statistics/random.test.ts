import { describe, expect, it } from 'vitest';
import { chiSquareFit } from '../../../lib/domain/statistics/chi-square-fit.ts';
import { binomial, poisson } from '../../../lib/domain/statistics/random/draw-counts.ts';
import { seededRandom } from '../../../lib/domain/statistics/random/generator.ts';
import { poissonCounts, resampleCounts } from '../../../lib/domain/statistics/random/resample-counts.ts';
import { totalOf } from '../../../lib/domain/statistics/result.ts';
import { binomialPmf } from '../../../lib/domain/statistics/special/binomial.ts';
import { logGamma } from '../../../lib/domain/statistics/special/log-gamma.ts';
import { normalQuantile } from '../../../lib/domain/statistics/special/normal.ts';

const DRAWS = 20_000;

/** Fixed seeds: a p this small would mean that the draws are not from the distribution. */
const IMPLAUSIBLE = 1e-3;

describe('seededRandom', () => {
  it('repeats itself for one seed and differs for another', () => {
    const first = (seed: number) => {
      const random = seededRandom(seed);
      return [random.uniform(), random.normal(), random.exponential(), random.integer(1000)];
    };
    expect(first(1)).toEqual(first(1));
    expect(first(1)).not.toEqual(first(2));
  });

  it('is uniform', () => {
    const random = seededRandom(3);
    const counts = new Array<number>(100).fill(0);
    for (let i = 0; i < DRAWS; i++) (counts[Math.floor(random.uniform() * 100)] as number) += 1;
    expect(chiSquareFit(new Array(100).fill(1), counts)?.p).toBeGreaterThan(IMPLAUSIBLE);
  });

  it('is normal', () => {
    const random = seededRandom(4);
    const edges = Array.from({ length: 19 }, (_, i) => normalQuantile((i + 1) / 20));
    const counts = new Array<number>(20).fill(0);
    for (let i = 0; i < DRAWS; i++) {
      const z = random.normal();
      (counts[edges.filter((edge) => edge <= z).length] as number) += 1;
    }
    expect(chiSquareFit(new Array(20).fill(1), counts)?.p).toBeGreaterThan(IMPLAUSIBLE);
  });
});

describe('counts drawn', () => {
  it.each([0.5, 9, 10, 40, 900])('are Poisson at a mean of %d', (mean) => {
    const random = seededRandom(5);
    const chance = (k: number) => Math.exp(k * Math.log(mean) - mean - logGamma(k + 1));
    expect(plausibility(() => poisson(mean, random), chance, mean, mean)).toBeGreaterThan(IMPLAUSIBLE);
  });

  it.each([
    [20, 0.1],
    [100, 0.5],
    [1000, 0.03],
    [1000, 0.98],
    [50, 0.7],
  ])('are binomial for %d trials of chance %d', (n, p) => {
    const random = seededRandom(6);
    const chance = (k: number) => binomialPmf(k, n, p);
    expect(plausibility(() => binomial(n, p, random), chance, n * p, n * p * (1 - p))).toBeGreaterThan(
      IMPLAUSIBLE,
    );
  });

  it('keep the total when resampled, and empty cells empty', () => {
    const random = seededRandom(7);
    for (let i = 0; i < 200; i++) {
      const drawn = resampleCounts([500, 0, 3, 1, 10_000_000, 0], random);
      expect(totalOf(drawn)).toBe(10_000_504);
      expect(drawn[1]).toBe(0);
      expect(drawn[5]).toBe(0);
    }
    expect(poissonCounts([0, 5], random)[0]).toBe(0);
    expect(resampleCounts([0, 0], random)).toEqual([0, 0]);
  });

  it('have the mean and spread of a multinomial when resampled', () => {
    const random = seededRandom(8);
    const counts = [600, 300, 100];
    const drawn = Array.from({ length: 2000 }, () => resampleCounts(counts, random));
    counts.forEach((count, i) => {
      const values = drawn.map((row) => row[i] as number);
      const mean = totalOf(values) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
      const wanted = count * (1 - count / 1000);
      expect(Math.abs(mean - count)).toBeLessThan(4 * Math.sqrt(wanted / values.length));
      expect(Math.abs(variance / wanted - 1)).toBeLessThan(4 * Math.sqrt(2 / values.length));
    });
  });
});

/** p of the draws against the chances, with cells of four deviations around the mean and the two tails joined. */
function plausibility(
  draw: () => number,
  chance: (k: number) => number,
  mean: number,
  variance: number,
): number {
  const low = Math.max(0, Math.floor(mean - 2.5 * Math.sqrt(variance)));
  const high = Math.ceil(mean + 2.5 * Math.sqrt(variance));
  const cells = high - low + 1;
  const counts = new Array<number>(cells).fill(0);
  for (let i = 0; i < DRAWS; i++) {
    const k = draw();
    if (k >= low && k <= high) (counts[k - low] as number) += 1;
  }
  const chances = counts.map((_, i) => chance(low + i));
  const outside = DRAWS - totalOf(counts);
  const rest = Math.max(0, 1 - totalOf(chances));
  return chiSquareFit([...chances, rest + 1e-12], [...counts, outside])?.p as number;
}
