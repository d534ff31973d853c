import { type Interval, normalInterval } from '../quality/interval.ts';

export interface MeanError {
  readonly mean: number;
  /** Of the mean, by the central limit; divisor n − 1. */
  readonly standardError: number;
}

/** Mean of what each row adds and its standard error; undefined for fewer than two rows or a value that is no finite number. */
export function meanError(values: readonly number[]): MeanError | undefined {
  if (values.length < 2) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const m2 = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardError = Math.sqrt(m2 / (values.length - 1) / values.length);
  return Number.isFinite(standardError) ? { mean, standardError } : undefined;
}

/** Where the mean of a loss lies; a loss is never negative. */
export function meanInterval(losses: readonly number[]): Interval | undefined {
  const found = meanError(losses);
  return normalInterval(found?.mean, found?.standardError, [0, Number.POSITIVE_INFINITY]);
}

/** Where the root of a mean of squares lies, by the delta method. */
export function rootMeanInterval(squares: readonly number[]): Interval | undefined {
  const found = meanError(squares);
  if (found === undefined || found.mean === 0) return undefined;
  const root = Math.sqrt(found.mean);
  return normalInterval(root, found.standardError / (2 * root), [0, Number.POSITIVE_INFINITY]);
}
