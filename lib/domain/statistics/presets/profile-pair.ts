import { estimateDistinct, mergeSketches } from '../../profile/distinct-sketch.ts';
import { pointOf } from '../../profile/edges.ts';
import { ksBracket } from '../kolmogorov-smirnov.ts';
import type { BinnedSample, Counts } from '../result.ts';
import { wassersteinFromBins } from '../wasserstein.ts';
import type { ColumnPair, Shape } from './column-pair.ts';
import { NOT_NUMERIC } from './raw-pair.ts';
import { spreadBins } from './spread-bins.ts';

/** What a profile keeps of a numeric column, as far as the presets need it. */
export interface ProfiledNumbers extends BinnedSample {
  readonly kind: 'numeric';
  readonly mean: number;
  /** Sum of squared distances from the mean. */
  readonly m2: number;
  readonly counts: {
    readonly nan: number;
    readonly posInf: number;
    readonly negInf: number;
    readonly nonInteger?: number;
  };
  /** Sketch of the different values, if there is one. */
  readonly distinct?: string;
}

/** What a profile keeps of a column of categories. */
export interface ProfiledCategories {
  readonly kind: 'categorical';
  readonly n: number;
  readonly values: readonly (readonly [string, number])[];
  /** Rows of values that are not named. */
  readonly other: number;
}

/** A column's profile; a column profile of either kind is one. */
export type ProfiledColumn = ProfiledNumbers | ProfiledCategories;

/**
 * A pair of columns of which only profiles under the same bins are known. Categories, moments and Wasserstein's distance are as
 * good as exact; the Kolmogorov-Smirnov distance is the lower end of its bracket (the gap at an edge), other bins are cut from the
 * profile's, and values that are not named count as one category.
 *
 * @param edges of the bins of numeric columns
 * Throws when the two are not of one kind.
 */
export function profilePair(
  reference: ProfiledColumn,
  current: ProfiledColumn,
  edges: readonly number[] = [],
): ColumnPair {
  if (reference.kind === 'numeric' && current.kind === 'numeric')
    return numbersPair(reference, current, edges);
  if (reference.kind === 'categorical' && current.kind === 'categorical')
    return categoriesPair(reference, current);
  throw new TypeError(`a column has one kind, got ${reference.kind} and ${current.kind}`);
}

function categoriesPair(reference: ProfiledCategories, current: ProfiledCategories): ColumnPair {
  const [a, b] = [new Map(reference.values), new Map(current.values)];
  const names = [...new Set([...a.keys(), ...b.keys()])].sort((x, y) => (x < y ? -1 : 1));
  const counts = (of: ReadonlyMap<string, number>, other: number) => [
    ...names.map((name) => of.get(name) ?? 0),
    ...(reference.other + current.other > 0 ? [other] : []),
  ];
  const cells = { reference: counts(a, reference.other), current: counts(b, current.other) };
  const none = { reference: 0, current: 0 };
  return {
    kind: 'categorical',
    integers: false,
    rows: { reference: reference.n, current: current.n },
    nonFinite: { nan: none, infinite: none },
    distinct: {
      reference: filledCells(cells.reference),
      pooled: filledCells(cells.reference, cells.current),
    },
    categories: () => cells,
    ...NOT_NUMERIC,
  };
}

function numbersPair(
  reference: ProfiledNumbers,
  current: ProfiledNumbers,
  edges: readonly number[],
): ColumnPair {
  const cells = { reference: reference.bins.counts, current: current.bins.counts };
  const filled = cells.reference.map((count, i) => count + (cells.current[i] as number) > 0);
  const nonInteger = (reference.counts.nonInteger ?? 1) + (current.counts.nonInteger ?? 1);
  const infinite = ({ counts }: ProfiledNumbers) => counts.posInf + counts.negInf;
  return {
    kind: 'numeric',
    integers: nonInteger === 0,
    rows: { reference: reference.n, current: current.n },
    nonFinite: {
      nan: { reference: reference.counts.nan, current: current.counts.nan },
      infinite: { reference: infinite(reference), current: infinite(current) },
    },
    distinct: distinctOf(reference, current, edges),
    categories: () => ({
      reference: cells.reference.filter((_, i) => filled[i]),
      current: cells.current.filter((_, i) => filled[i]),
    }),
    shape: (of) => shapeOf({ reference: [reference], current: [current], pooled: [reference, current] }[of]),
    histogram: (wanted) => ({
      reference: spreadBins(reference, edges, wanted),
      current: spreadBins(current, edges, wanted),
    }),
    ksDistance: () => {
      const bracket = ksBracket(cells.reference, cells.current, edges);
      return bracket?.lower ?? Number.NaN;
    },
    wasserstein: () => wassersteinFromBins(reference, current, edges) ?? Number.NaN,
  };
}

/** Exact where every filled bin holds a single number; else what the sketches say, and at least one a filled bin. */
function distinctOf(
  reference: ProfiledNumbers,
  current: ProfiledNumbers,
  edges: readonly number[],
): ColumnPair['distinct'] {
  const [a, b] = [reference.bins.counts, current.bins.counts];
  const least = { reference: filledCells(a), pooled: filledCells(a, b) };
  const points = a.every((count, i) => count + (b[i] as number) === 0 || pointOf(edges, i) !== undefined);
  const [first, second] = [reference.distinct, current.distinct];
  if (points || first === undefined || second === undefined) return least;
  return {
    reference: Math.max(least.reference, Math.round(estimateDistinct(first))),
    pooled: Math.max(least.pooled, Math.round(estimateDistinct(mergeSketches(first, second)))),
  };
}

/** Cells with rows on either side: how many values there are at least. */
function filledCells(a: Counts, b: Counts = []): number {
  return a.filter((count, i) => count + (b[i] ?? 0) > 0).length;
}

/** Moments merged; the third one from the means of the bins. */
function shapeOf(sides: readonly ProfiledNumbers[]): Shape {
  const filled = sides.filter(({ n }) => n > 0);
  const n = filled.reduce((sum, side) => sum + side.n, 0);
  const mean = filled.reduce((sum, side) => sum + side.n * side.mean, 0) / n;
  const m2 = filled.reduce((sum, side) => sum + side.m2 + side.n * (side.mean - mean) ** 2, 0);
  const sigma = Math.sqrt(m2 / n);
  const cubes = filled.flatMap(({ bins }) =>
    bins.counts.map((rows, i) => (rows === 0 ? 0 : rows * ((bins.sums[i] as number) / rows - mean) ** 3)),
  );
  return {
    n,
    mean,
    sigma,
    skewness: sigma === 0 ? 0 : cubes.reduce((sum, cube) => sum + cube, 0) / n / sigma ** 3,
    min: Math.min(...filled.map(({ min }) => min as number)),
    max: Math.max(...filled.map(({ max }) => max as number)),
  };
}
