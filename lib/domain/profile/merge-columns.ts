import {
  type CategoricalProfile,
  type ColumnProfile,
  MAX_CATEGORIES,
  type NumericProfile,
} from './column-profile.ts';

/**
 * The profile of two disjoint sets of rows of one column. Associative and commutative (moments and sums up to rounding), with
 * the empty profile as identity. Throws when the two are of different kinds or bins.
 * Source: Chan, Golub, LeVeque, Updating Formulae and a Pairwise Algorithm (1979), for mean and m2.
 */
export function mergeColumns(a: ColumnProfile, b: ColumnProfile): ColumnProfile {
  if (a.kind === 'numeric' && b.kind === 'numeric') return mergeNumeric(a, b);
  if (a.kind === 'categorical' && b.kind === 'categorical') return mergeCategorical(a, b);
  throw new Error(`columns to merge are of one kind, got ${a.kind} and ${b.kind}`);
}

function mergeNumeric(a: NumericProfile, b: NumericProfile): NumericProfile {
  if (a.bins.counts.length !== b.bins.counts.length)
    throw new Error(
      `columns to merge have the same bins, got ${a.bins.counts.length} and ${b.bins.counts.length}`,
    );
  const n = a.n + b.n;
  const delta = b.mean - a.mean;
  return {
    kind: 'numeric',
    counts: {
      null: a.counts.null + b.counts.null,
      nan: a.counts.nan + b.counts.nan,
      posInf: a.counts.posInf + b.counts.posInf,
      negInf: a.counts.negInf + b.counts.negInf,
    },
    n,
    mean: n === 0 ? 0 : (a.mean * a.n + b.mean * b.n) / n,
    m2: n === 0 ? 0 : a.m2 + b.m2 + (delta * delta * a.n * b.n) / n,
    min: extreme(Math.min, a.min, b.min),
    max: extreme(Math.max, a.max, b.max),
    bins: { counts: add(a.bins.counts, b.bins.counts), sums: add(a.bins.sums, b.bins.sums) },
  };
}

function mergeCategorical(a: CategoricalProfile, b: CategoricalProfile): CategoricalProfile {
  const all = new Map(a.values);
  for (const [value, rows] of b.values) all.set(value, (all.get(value) ?? 0) + rows);
  return capCategories({
    kind: 'categorical',
    counts: { null: a.counts.null + b.counts.null, empty: a.counts.empty + b.counts.empty },
    n: a.n + b.n,
    values: [...all],
    other: a.other + b.other,
  });
}

/**
 * Sorts the values and keeps the first `MAX_CATEGORIES` by code unit, the rest as `other`. Keeping the first by name, not by
 * frequency, is what makes the cap associative: a name dropped once has that many names before it in every later merge too.
 */
export function capCategories(column: CategoricalProfile): CategoricalProfile {
  const sorted = [...column.values].sort(([x], [y]) => (x < y ? -1 : x > y ? 1 : 0));
  const dropped = sorted.slice(MAX_CATEGORIES).reduce((sum, [, rows]) => sum + rows, 0);
  return { ...column, values: sorted.slice(0, MAX_CATEGORIES), other: column.other + dropped };
}

function add(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, i) => value + (b[i] as number));
}

function extreme(pick: (...values: number[]) => number, a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null ? a : pick(a, b);
}
