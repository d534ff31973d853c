import { z } from 'zod';
import { seededRandom } from '../random/generator.ts';

export const randomFeaturesSchema = z.object({
  kind: z.literal('random-features'),
  columns: z.array(z.string()),
  /** Of the directions: states add up only when it is the same. */
  seed: z.number().int(),
  /** Features, an even number: a cosine and a sine for each of half as many directions. */
  dimension: z.number().int().positive(),
  /** Distance, in σ, at which two rows are no longer alike. */
  bandwidth: z.number().positive(),
  n: z.number().int().nonnegative(),
  /** Sum of each feature over the rows: cosines first. */
  sum: z.array(z.number()),
});

/** What is kept of the joint distribution of standardised columns: the sums of random features. Adds up. */
export type RandomFeatures = z.infer<typeof randomFeaturesSchema>;

export interface FeatureChoice {
  readonly columns: readonly string[];
  /** Even; the discrepancy's relative error falls as its root. */
  readonly dimension?: number;
  readonly seed?: number;
  /** By default the root of the number of columns, about the median distance over √2 of standardised rows. */
  readonly bandwidth?: number;
}

const DIMENSION = 1024;
const SEED = 7;

/** The features of no rows. Throws for an odd dimension. */
export function emptyRandomFeatures({
  columns,
  dimension = DIMENSION,
  seed = SEED,
  bandwidth,
}: FeatureChoice): RandomFeatures {
  if (dimension % 2 !== 0)
    throw new RangeError(`random features come in pairs, got a dimension of ${dimension}`);
  return {
    kind: 'random-features',
    columns: [...columns],
    seed,
    dimension,
    bandwidth: bandwidth ?? Math.sqrt(columns.length),
    n: 0,
    sum: new Array<number>(dimension).fill(0),
  };
}

/**
 * Adds rows without allocating: `add` as often as there are chunks, `state` at the end.
 *
 * Cost: half the dimension times (columns + a cosine and a sine) a row; 1,024 features of 10 columns about 15 µs, so a sample
 * of some 100,000 rows is enough for it.
 * Source: Rahimi, Recht, Random Features for Large-Scale Kernel Machines, NIPS (2007); cosine-sine pairs as Sutherland, Schneider
 * (2015).
 */
export class FeatureAccumulator {
  readonly #start: RandomFeatures;
  readonly #directions: readonly Float64Array[];
  readonly #sum: Float64Array;
  #n: number;

  constructor(start: RandomFeatures) {
    this.#start = start;
    this.#directions = directionsOf(start);
    this.#sum = Float64Array.from(start.sum);
    this.#n = start.n;
  }

  /** @param chunk one array a column, in the state's order, of standardised finite values */
  add(chunk: readonly Float64Array[]): void {
    const d = this.#start.columns.length;
    if (chunk.length !== d) throw new RangeError(`a chunk needs ${d} columns, got ${chunk.length}`);
    const rows = chunk[0]?.length ?? 0;
    const half = this.#directions.length;
    const angles = new Float64Array(rows);
    for (let k = 0; k < half; k++) {
      angles.fill(0);
      const direction = this.#directions[k] as Float64Array;
      for (let j = 0; j < d; j++) addScaled(angles, chunk[j] as Float64Array, direction[j] as number);
      let [cosines, sines] = [0, 0];
      for (let i = 0; i < rows; i++) {
        cosines += Math.cos(angles[i] as number);
        sines += Math.sin(angles[i] as number);
      }
      (this.#sum[k] as number) += cosines;
      (this.#sum[half + k] as number) += sines;
    }
    this.#n += rows;
  }

  state(): RandomFeatures {
    return { ...this.#start, n: this.#n, sum: Array.from(this.#sum) };
  }
}

/** Both together. Throws when they are not of the same columns and features. */
export function mergeRandomFeatures(a: RandomFeatures, b: RandomFeatures): RandomFeatures {
  if (identity(a) !== identity(b))
    throw new Error(`random features to merge are of one choice, got ${identity(a)} and ${identity(b)}`);
  return { ...a, n: a.n + b.n, sum: a.sum.map((value, k) => value + (b.sum[k] as number)) };
}

export function identity({ columns, seed, dimension, bandwidth }: RandomFeatures): string {
  return JSON.stringify({ columns, seed, dimension, bandwidth });
}

function directionsOf({ columns, seed, dimension, bandwidth }: RandomFeatures): readonly Float64Array[] {
  const random = seededRandom(seed);
  return Array.from({ length: dimension / 2 }, () =>
    Float64Array.from(columns, () => random.normal() / bandwidth),
  );
}

function addScaled(to: Float64Array, values: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i++) (to[i] as number) += factor * (values[i] as number);
}
