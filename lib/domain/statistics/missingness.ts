import { newcombe } from './proportion-interval.ts';
import type { Interval } from './result.ts';
import { twoProportionZ } from './two-proportion.ts';

/** Rows of a column and how many of them have no usable value. */
export interface Missing {
  readonly missing: number;
  readonly rows: number;
}

/** How the share of missing values changed. */
export interface MissingnessChange extends Interval {
  /** Current share over reference share; ∞ when values went missing first now, 1 when none ever did. */
  readonly ratio: number;
  readonly p: number;
}

/**
 * Change of the share of missing values, with its interval.
 *
 * @param level 0–1, how often the interval covers
 * @returns estimate, lower and upper in shares, −1 to 1; undefined when either has no rows
 * Source: Newcombe (1998) for the interval, the pooled z-test for p.
 * @example missingness({ missing: 10, rows: 1000 }, { missing: 40, rows: 1000 }).estimate // 0.03, ratio 4
 */
export function missingness(
  reference: Missing,
  current: Missing,
  level = 0.95,
): MissingnessChange | undefined {
  const interval = newcombe(reference.missing, reference.rows, current.missing, current.rows, level);
  const test = twoProportionZ(reference.missing, reference.rows, current.missing, current.rows);
  if (interval === undefined || test === undefined) return undefined;
  const [before, after] = [reference.missing / reference.rows, current.missing / current.rows];
  return { ...interval, ratio: before === after ? 1 : after / before, p: test.p };
}
