import { ksFromSamples } from '../kolmogorov-smirnov.ts';
import { momentsOf } from '../moments.ts';
import type { Sample } from '../result.ts';
import { wassersteinFromSamples } from '../wasserstein.ts';
import type { ColumnPair, PairedCounts, Shape } from './column-pair.ts';
import { histogramOf } from './equal-width.ts';

export type RawValue = number | string | boolean | null | undefined;

/** A column as values. */
export interface RawColumn {
  readonly kind: 'numeric' | 'categorical';
  readonly values: ArrayLike<RawValue>;
  /** Numeric only: numpy would keep it as integers, which changes its bins; by default when no value has a fraction. */
  readonly integers?: boolean;
}

/**
 * A pair of columns of raw values; null, NaN and ±Infinity of a numeric column are left out, as Evidently and NannyML do.
 *
 * Throws when a numeric column holds something that is no number.
 */
export function rawPair(reference: RawColumn, current: RawColumn): ColumnPair {
  return reference.kind === 'categorical'
    ? categoricalPair(presentOf(reference), presentOf(current))
    : {
        ...numericPair(numbersOf(reference), numbersOf(current)),
        nonFinite: nonFiniteOf(reference, current),
        ...(reference.integers !== undefined && {
          integers: reference.integers && current.integers !== false,
        }),
      };
}

function nonFiniteOf(reference: RawColumn, current: RawColumn): ColumnPair['nonFinite'] {
  const count = (test: (value: RawValue) => boolean) => ({
    reference: Array.from(reference.values).filter(test).length,
    current: Array.from(current.values).filter(test).length,
  });
  return {
    nan: count((value) => Number.isNaN(value)),
    infinite: count((value) => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY),
  };
}

function presentOf({ values }: RawColumn): readonly RawValue[] {
  return Array.from(values).filter((value) => value !== null && value !== undefined && !Number.isNaN(value));
}

function numbersOf({ values }: RawColumn): Float64Array {
  return Float64Array.from(
    Array.from(values).flatMap((value) => {
      if (value === null || value === undefined) return [];
      if (typeof value !== 'number')
        throw new TypeError(`a numeric column holds numbers, got ${JSON.stringify(value)}`);
      return Number.isFinite(value) ? [value] : [];
    }),
  );
}

function categoricalPair(reference: readonly RawValue[], current: readonly RawValue[]): ColumnPair {
  const cells = tally(reference, current);
  return {
    ...identityOf('categorical', false, reference, current, cells),
    ...NOT_NUMERIC,
  };
}

function numericPair(reference: Float64Array, current: Float64Array): ColumnPair {
  const cells = tally(Array.from(reference), Array.from(current));
  const integers = [...reference, ...current].every(Number.isInteger);
  const of = { reference, current, pooled: Float64Array.from([...reference, ...current]) };
  return {
    ...identityOf('numeric', integers, reference, current, cells),
    samples: { reference, current },
    shape: (side) => shapeOf(of[side]),
    histogram: (edges) => ({
      reference: histogramOf(reference, edges),
      current: histogramOf(current, edges),
    }),
    ksDistance: () => ksFromSamples(reference, current) as number,
    wasserstein: () => wassersteinFromSamples(reference, current) as number,
  };
}

function identityOf(
  kind: 'numeric' | 'categorical',
  integers: boolean,
  reference: ArrayLike<unknown>,
  current: ArrayLike<unknown>,
  cells: PairedCounts,
) {
  const none = { reference: 0, current: 0 };
  return {
    kind,
    integers,
    nonFinite: { nan: none, infinite: none },
    rows: { reference: reference.length, current: current.length },
    distinct: {
      reference: cells.reference.filter((count) => count > 0).length,
      pooled: cells.reference.length,
    },
    categories: () => cells,
  };
}

const notNumeric = () => {
  throw new Error('a categorical column has no numbers');
};

/** What a categorical column cannot answer. */
export const NOT_NUMERIC = {
  shape: notNumeric,
  histogram: notNumeric,
  ksDistance: notNumeric,
  wasserstein: notNumeric,
};

function tally(reference: readonly RawValue[], current: readonly RawValue[]): PairedCounts {
  const counts = new Map<RawValue, [number, number]>();
  for (const [side, values] of [reference, current].entries())
    for (const value of values) {
      const cell = counts.get(value) ?? [0, 0];
      (cell[side] as number) += 1;
      counts.set(value, cell);
    }
  const ascending = [...counts].sort(([a], [b]) => ((a as number) < (b as number) ? -1 : 1));
  return { reference: ascending.map(([, cell]) => cell[0]), current: ascending.map(([, cell]) => cell[1]) };
}

function shapeOf(sample: Sample): Shape {
  const { n, mean, m2 } = momentsOf(sample);
  const sigma = Math.sqrt(m2 / n);
  let [cubes, min, max] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < n; i++) {
    const value = sample[i] as number;
    cubes += sigma > 0 ? ((value - mean) / sigma) ** 3 : 0;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return { n, mean, sigma, skewness: cubes / n, min, max };
}
