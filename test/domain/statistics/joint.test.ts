import { describe, expect, it } from 'vitest';
import { chunkThreshold } from '../../../lib/domain/statistics/joint/chunk-threshold.ts';
import { fitComponents, pcaResidual } from '../../../lib/domain/statistics/joint/pca-residual.ts';
import {
  emptyRandomFeatures,
  FeatureAccumulator,
  mergeRandomFeatures,
  type RandomFeatures,
} from '../../../lib/domain/statistics/joint/random-features.ts';
import { rffMmd2 } from '../../../lib/domain/statistics/joint/rff-mmd2.ts';
import {
  addSecondMoments,
  emptySecondMoments,
  mergeSecondMoments,
  spreadAround,
} from '../../../lib/domain/statistics/joint/second-moments.ts';
import { scaleOf, standardise } from '../../../lib/domain/statistics/joint/standardise.ts';
import { symmetricEigen } from '../../../lib/domain/statistics/linear/symmetric-eigen.ts';
import { momentsOf } from '../../../lib/domain/statistics/moments.ts';
import { seededRandom } from '../../../lib/domain/statistics/random/generator.ts';

type Chunk = readonly Float64Array[];

const NAMES = ['x', 'y', 'z', 'w'];

/** 400 rows of four columns by formula; `mix` is how much the second follows the first. */
function fourColumns(start: number, mix: number, shift = 0): Chunk {
  const noise = (a: number, b: number) =>
    Float64Array.from({ length: 400 }, (_, i) => {
      const value = Math.sin((i + start) * a) * b;
      return value - Math.floor(value) - 0.5;
    });
  const [x, other] = [noise(12.9898, 43758.5453), noise(78.233, 12543.123)];
  const follow = x.map((value, i) => mix * value + (1 - mix) * (other[i] as number));
  const z = noise(39.425, 24634.6345).map((value, i) => value + 0.3 * (follow[i] as number));
  return [x, follow.map((value) => value + shift), z, noise(4.1414, 31415.9265)];
}

const RAW = { reference: fourColumns(0, 0.8), window: fourColumns(7, 0.2, 0.1) };
const SCALE = scaleOf(RAW.reference.map((column, j) => ({ name: NAMES[j] as string, ...momentsOf(column) })));
const [A, B] = [standardise(SCALE, RAW.reference), standardise(SCALE, RAW.window)];

const moments = (chunk: Chunk) => addSecondMoments(emptySecondMoments(NAMES), chunk);
const part = (chunk: Chunk, from: number, to: number) => chunk.map((column) => column.subarray(from, to));

function features(chunk: Chunk, dimension = 1024, seed = 7): RandomFeatures {
  const columns = NAMES.slice(0, chunk.length);
  const accumulator = new FeatureAccumulator(emptyRandomFeatures({ columns, dimension, seed }));
  accumulator.add(chunk);
  return accumulator.state();
}

describe('symmetricEigen', () => {
  it('equals numpy 2.4.6 linalg.eigvalsh, with vectors that are the matrix’s own', () => {
    const matrix = [
      [4, 1, 0.5],
      [1, 3, -0.2],
      [0.5, -0.2, 1],
    ];
    const { values, vectors } = symmetricEigen(matrix);
    [4.646797801416664, 2.5028237389164834, 0.8503784596668519].forEach((wanted, i) => {
      expect(values[i]).toBeCloseTo(wanted, 12);
      const v = vectors[i] as readonly number[];
      matrix.forEach((row, j) => {
        const product = row.reduce((sum, value, k) => sum + value * (v[k] as number), 0);
        expect(product).toBeCloseTo(wanted * (v[j] as number), 12);
      });
    });
  });
});

describe('second moments', () => {
  it('give the covariances of the rows', () => {
    // numpy 2.4.6: linalg.eigvalsh(cov(a.T, bias=True)) of the standardised reference.
    const { values } = symmetricEigen(spreadAround(moments(A)));
    [2.0419054885271843, 1.0048962015431653, 0.9232203634659762, 0.029977946463675815].forEach(
      (wanted, i) => {
        expect(values[i]).toBeCloseTo(wanted, 10);
      },
    );
  });

  it('of parts add up to those of the whole', () => {
    const merged = mergeSecondMoments(moments(part(A, 0, 150)), moments(part(A, 150, 400)));
    const whole = moments(A);
    expect(merged.n).toBe(400);
    merged.products.forEach((value, i) => {
      expect(value).toBeCloseTo(whole.products[i] as number, 9);
    });
    expect(mergeSecondMoments(whole, emptySecondMoments(NAMES))).toEqual(whole);
    expect(() => mergeSecondMoments(whole, emptySecondMoments(['x']))).toThrow('of the same columns');
  });
});

describe('pcaResidual', () => {
  it('equals the mean squared reconstruction error of scikit-learn’s PCA', () => {
    // scikit-learn 1.9.0 PCA(2), which keeps 65 % of the variance: mean of ‖t − inverse_transform(transform(t))‖².
    const components = fitComponents(moments(A));
    expect(components?.directions.length).toBe(2);
    expect(pcaResidual(components as never, moments(A))).toBeCloseTo(0.9531983099296524, 10);
    expect(pcaResidual(components as never, moments(B))).toBeCloseTo(1.7851591746884679, 10);
  });

  it('cannot be measured without rows, and refuses other columns', () => {
    const components = fitComponents(moments(A));
    expect(pcaResidual(components as never, emptySecondMoments(NAMES))).toBeUndefined();
    expect(fitComponents(emptySecondMoments(NAMES))).toBeUndefined();
    expect(() => pcaResidual(components as never, emptySecondMoments(['x']))).toThrow(
      "needs the reference's columns",
    );
  });
});

describe('rffMmd2', () => {
  it('comes near to the exact discrepancy', () => {
    // numpy 2.4.6: unbiased MMD² with the kernel exp(−d²/8): 0.020016515066890395.
    const estimates = [1, 2, 3, 4, 5].map(
      (seed) => rffMmd2(features(A, 8192, seed), features(B, 8192, seed)) as number,
    );
    const mean = estimates.reduce((sum, value) => sum + value, 0) / estimates.length;
    expect(Math.abs(mean / 0.020016515066890395 - 1)).toBeLessThan(0.05);
  });

  it('is about nothing for halves of one sample', () => {
    // The exact one is 0.00226, whose own error is of that size.
    expect(Math.abs(rffMmd2(features(part(A, 0, 200)), features(part(A, 200, 400))) as number)).toBeLessThan(
      0.006,
    );
  });

  it('sees columns that stop moving together where neither changed alone', () => {
    const random = seededRandom(11);
    const pair = (correlation: number): Chunk => {
      const x = Float64Array.from({ length: 4000 }, () => random.normal());
      const y = x.map((value) => correlation * value + Math.sqrt(1 - correlation ** 2) * random.normal());
      return [x, y];
    };
    const [before, again, after] = [features(pair(0.8)), features(pair(0.8)), features(pair(0))];
    expect(rffMmd2(before, again)).toBeLessThan(0.002);
    expect(rffMmd2(before, after)).toBeGreaterThan(0.015);
  });

  it('of parts adds up to that of the whole', () => {
    const merged = mergeRandomFeatures(features(part(A, 0, 150)), features(part(A, 150, 400)));
    expect(rffMmd2(merged, features(B))).toBeCloseTo(rffMmd2(features(A), features(B)) as number, 12);
    expect(merged.n).toBe(400);
  });

  it('refuses features of another choice, and has nothing to say of one row', () => {
    expect(() => rffMmd2(features(A), features(A, 512))).toThrow('one choice of features');
    expect(() => mergeRandomFeatures(features(A), features(A, 1024, 8))).toThrow('of one choice');
    expect(() => emptyRandomFeatures({ columns: NAMES, dimension: 5 })).toThrow(
      'come in pairs, got a dimension of 5',
    );
    expect(rffMmd2(features(A), features(part(A, 0, 1)))).toBeUndefined();
  });
});

describe('standardise', () => {
  it('takes a missing value for the mean, and a column without spread as it is', () => {
    const scale = { columns: ['x'], means: [10], sigmas: [2] };
    const chunk = [Float64Array.of(14, Number.NaN, Number.POSITIVE_INFINITY)];
    expect(standardise(scale, chunk)).toEqual([Float64Array.of(2, 0, 0)]);
    expect(scaleOf([{ name: 'c', n: 3, mean: 5, m2: 0 }]).sigmas).toEqual([1]);
    expect(() => standardise(scale, [])).toThrow('a chunk needs 1 columns, got 0');
  });
});

describe('chunkThreshold', () => {
  it('is the 99 % point of what the reference’s own chunks show, if there are enough', () => {
    expect(chunkThreshold(Array.from({ length: 100 }, (_, i) => i + 1))).toBeCloseTo(99.01, 12);
    expect(chunkThreshold([1, 2, 3])).toBeUndefined();
  });
});
