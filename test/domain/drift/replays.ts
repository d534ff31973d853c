import type { ColumnDrift } from '../../../lib/domain/drift/column-drift.ts';
import { scoreColumn } from '../../../lib/domain/drift/score-column.ts';
import type { ColumnBinning } from '../../../lib/domain/profile/binning.ts';
import type { CategoricalProfile, ColumnProfile } from '../../../lib/domain/profile/column-profile.ts';
import {
  binOf,
  edgeRanks,
  edgesFromQuantiles,
  FINE_BINS,
  NUMERIC_BINS,
  SMALL_TABLE_ROWS,
} from '../../../lib/domain/profile/edges.ts';
import { emptyNumeric, type NumericProfile } from '../../../lib/domain/profile/numeric-profile.ts';
import { binomial } from '../../../lib/domain/statistics/random/draw-counts.ts';
import { type Random, seededRandom } from '../../../lib/domain/statistics/random/generator.ts';

/** A distribution that columns are drawn from, again and again. */
export interface Family {
  readonly name: string;
  /** The bins that a reference sample gives, and how a sample is counted under them; `shift` is in standard deviations. */
  readonly reference: (n: number, random: Random) => { column: ColumnProfile; binning: ColumnBinning };
  readonly window: (m: number, random: Random, binning: ColumnBinning, shift: number) => ColumnProfile;
}

const LOGNORMAL_DEVIATION = Math.sqrt((Math.E - 1) * Math.E);
/** Of 60 % zeros and 40 % normals of mean 10 and deviation 3. */
const ZERO_INFLATED_DEVIATION = Math.sqrt(0.4 * (100 + 9) - 16);

export const NUMERIC_FAMILIES: readonly Family[] = [
  numeric('normal', 1, (random) => random.normal()),
  numeric('lognormal', LOGNORMAL_DEVIATION, (random) => Math.exp(random.normal())),
  numeric('zero-inflated', ZERO_INFLATED_DEVIATION, (random) =>
    random.uniform() < 0.6 ? 0 : 10 + 3 * random.normal(),
  ),
];

/** Category k of K has a share of about 1/k: a few common ones and a tail of rare ones. */
export const CATEGORICAL_FAMILIES: readonly Family[] = [5, 20, 100].map(categorical);

export const FAMILIES: readonly Family[] = [...NUMERIC_FAMILIES, ...CATEGORICAL_FAMILIES];

export interface Replay {
  readonly family: Family;
  /** Rows of the reference and of the window. */
  readonly n: number;
  readonly m: number;
  readonly shift?: number;
}

/** As low as a spec may set it, so that what is measured is the rule and not the floor. */
const LEAST_ROWS = 10;

/**
 * Scores of windows of one cell, each with a reference of its own; a large reference is drawn once in `sharedBy` replays.
 *
 * @param replays how many @param seed of the first
 */
export function replay(
  { family, n, m, shift = 0 }: Replay,
  replays: number,
  seed: number,
  sharedBy = 1,
): readonly ColumnDrift[] {
  const scores: ColumnDrift[] = [];
  let reference = family.reference(n, seededRandom(seed));
  for (let i = 0; i < replays; i++) {
    const random = seededRandom(seed + 1 + i);
    if (i > 0 && i % sharedBy === 0) reference = family.reference(n, random);
    const window = family.window(m, random, reference.binning, shift);
    const { column, binning } = reference;
    const input = { name: 'input.x', reference: column, window, binning, threshold: 0.1 };
    scores.push(scoreColumn({ ...input, minRows: LEAST_ROWS }));
  }
  return scores;
}

export function shareOf<T>(all: readonly T[], has: (one: T) => boolean): number {
  return all.filter(has).length / all.length;
}

function numeric(name: string, deviation: number, draw: (random: Random) => number): Family {
  const sample = (count: number, random: Random, shift: number) =>
    Float64Array.from({ length: count }, () => draw(random) + shift * deviation);
  return {
    name,
    reference: (n, random) => {
      const values = sample(n, random, 0);
      const sorted = values.toSorted();
      const edges = edgesFromQuantiles(ranksFor(n).map((rank) => sorted[Math.floor(rank * n)] as number));
      return { column: countNumbers(values, edges), binning: { kind: 'numeric', edges } };
    },
    window: (m, random, binning, shift) =>
      countNumbers(sample(m, random, shift), binning.kind === 'numeric' ? binning.edges : []),
  };
}

/** As many bins as a table of that size gets. */
function ranksFor(n: number): readonly number[] {
  return edgeRanks(n <= SMALL_TABLE_ROWS ? FINE_BINS : NUMERIC_BINS, n);
}

/** The profile without what scoring does not read: distinct values and signs. */
function countNumbers(values: Float64Array, edges: readonly number[]): NumericProfile {
  const { bins, ...empty } = emptyNumeric(edges.length);
  for (const value of values) {
    const bin = binOf(value, edges);
    bins.counts[bin] = (bins.counts[bin] as number) + 1;
    bins.sums[bin] = (bins.sums[bin] as number) + value;
  }
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const m2 = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const [min, max] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  return { ...empty, bins, n, mean, m2, min, max };
}

function categorical(count: number): Family {
  const weights = Array.from({ length: count }, (_, k) => 1 / (k + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = weights.map((weight) => weight / total);
  const draw = (rows: number, random: Random) => countCategories(rows, shares, random);
  return {
    name: `${count} categories`,
    reference: (n, random) => ({ column: draw(n, random), binning: { kind: 'categorical' } }),
    window: (m, random) => draw(m, random),
  };
}

/** Counts of n rows that fall into cells of these shares. */
export function multinomial(n: number, shares: readonly number[], random: Random): number[] {
  let [left, share] = [n, 1];
  return shares.map((p, k) => {
    const rows = k === shares.length - 1 ? left : binomial(left, Math.min(1, p / share), random);
    [left, share] = [left - rows, share - p];
    return rows;
  });
}

function countCategories(n: number, shares: readonly number[], random: Random): CategoricalProfile {
  const values = multinomial(n, shares, random).map((rows, k): [string, number] => [
    `category-${String(k).padStart(3, '0')}`,
    rows,
  ]);
  return {
    kind: 'categorical',
    counts: { null: 0, empty: 0, typeMismatch: 0 },
    n,
    values: values.filter(([, rows]) => rows > 0),
    other: 0,
    distinct: '',
  };
}
