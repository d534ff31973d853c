import type { Counts, Sample } from '../result.ts';

/** A number for either side. */
export interface Sides {
  readonly reference: number;
  readonly current: number;
}

/** Counts of both sides over the same cells. */
export interface PairedCounts {
  readonly reference: Counts;
  readonly current: Counts;
}

/** What a numeric reference looks like as a whole. */
export interface Shape {
  readonly n: number;
  readonly mean: number;
  /** Divisor n. */
  readonly sigma: number;
  /** Mean of the cubed standard scores; 0 without spread. */
  readonly skewness: number;
  readonly min: number;
  readonly max: number;
}

/**
 * A column of a reference and of current rows, as a library's rules look at it. Made from raw values it answers exactly; made
 * from profiles, as well as bins can tell. Missing and infinite values are left out.
 */
export interface ColumnPair {
  readonly kind: 'numeric' | 'categorical';
  /** Values with a fraction were never seen, which changes numpy's bins. */
  readonly integers: boolean;
  /** Rows with a value. */
  readonly rows: Sides;
  /** Numeric only: values that are no finite number, which all libraries but TFDV leave out; 0 for categories. */
  readonly nonFinite: { readonly nan: Sides; readonly infinite: Sides };
  /** How many different values the reference has, and both together. */
  readonly distinct: { readonly reference: number; readonly pooled: number };
  /** Rows by value, in ascending order of the values. */
  categories(): PairedCounts;
  /** Numeric only: the reference, and both together. */
  shape(of: 'reference' | 'current' | 'pooled'): Shape;
  /** Numeric only: rows in [edges[i], edges[i+1]), the last closed; rows outside are in none. */
  histogram(edges: readonly number[]): PairedCounts;
  /** Numeric only: the Kolmogorov-Smirnov distance. */
  ksDistance(): number;
  /** Numeric only, in the column's unit. */
  wasserstein(): number;
  /** The values, where there are any. */
  readonly samples?: { readonly reference: Sample; readonly current: Sample };
}
