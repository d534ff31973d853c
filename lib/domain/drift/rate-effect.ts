import { cohenH } from '../statistics/cohen-h.ts';
import { newcombe, wilson } from '../statistics/proportion-interval.ts';
import { normalCdf } from '../statistics/special/normal.ts';
import { type Effect, Z_POWER } from './effect.ts';
import { fewestFor } from './numeric-effect.ts';
import { MISSING_RATIO } from './thresholds.ts';
import type { DriftStatistic } from './verdict.ts';

/** Rows that have something, of all rows. */
export interface Rate {
  readonly having: number;
  readonly rows: number;
}

/**
 * Change of a rate, either way, with Newcombe's interval.
 *
 * @returns undefined when either side has no rows
 * Source: Newcombe, Statistics in Medicine 17 (1998), method 10.
 */
export function rateEffect(statistic: DriftStatistic, before: Rate, after: Rate): Effect | undefined {
  if (before.rows === 0 || after.rows === 0) return undefined;
  const change = (z: number) =>
    newcombe(before.having, before.rows, after.having, after.rows, levelAt(z)) as {
      readonly lower: number;
      readonly upper: number;
    };
  return {
    statistic,
    estimate: Math.abs(after.having / after.rows - before.having / before.rows),
    lower: (z) => Math.max(0, change(z).lower, -change(z).upper),
    upper: (z) => Math.max(-change(z).lower, change(z).upper),
    detectable: (z) => (z + Z_POWER) * deviation(before, after),
  };
}

/**
 * The same on Cohen's scale, which stretches rates near 0 and 1: of an event of one row in a thousand, one in fifty is news.
 * Its error is √(1/n + 1/m) whatever the rates.
 */
export function cohenEffect(before: Rate, after: Rate): Effect | undefined {
  if (before.rows === 0 || after.rows === 0) return undefined;
  const estimate = Math.abs(cohenH(before.having / before.rows, after.having / after.rows));
  const error = Math.sqrt(1 / before.rows + 1 / after.rows);
  return {
    statistic: 'cohen-h',
    estimate,
    lower: (z) => Math.max(0, estimate - z * error),
    upper: (z) => estimate + z * error,
    detectable: (z) => (z + Z_POWER) * error,
  };
}

/**
 * A share of the window's rows that should be none, beyond what one expects of it.
 *
 * @param expected share 0–1 and its standard error
 */
export function excessEffect(
  statistic: DriftStatistic,
  found: Rate,
  expected: { readonly share: number; readonly error: number },
): Effect | undefined {
  if (found.rows === 0) return undefined;
  const bounds = (z: number) =>
    wilson(found.having, found.rows, levelAt(z)) as { readonly lower: number; readonly upper: number };
  const beyond = (share: number) => Math.max(0, share - expected.share);
  return {
    statistic,
    estimate: beyond(found.having / found.rows),
    lower: (z) => Math.max(0, beyond(bounds(z).lower) - z * expected.error),
    upper: (z) => beyond(bounds(z).upper) + z * expected.error,
    detectable: (z) => {
      const rare = Math.max(expected.share, 1 / found.rows);
      return (z + Z_POWER) * Math.hypot(Math.sqrt((rare * (1 - rare)) / found.rows), expected.error);
    },
  };
}

/** Fewest rows of a window at which chance alone changes the rate by half the threshold on average. */
export function fewestForRate({ having, rows }: Rate, threshold: number): number {
  const rate = (having + 1) / (rows + 2);
  return fewestFor((threshold / 2) ** 2 / ((2 / Math.PI) * rate * (1 - rate)), rows);
}

/** Fewest rows at which chance alone shows half the threshold beyond what is expected, on average; at least one in that share. */
export function fewestForExcess(
  expected: { readonly share: number; readonly error: number },
  threshold: number,
): number {
  const share = Math.max(expected.share, threshold / 2);
  const variance = (Math.PI / 2) * (threshold / 2) ** 2 - expected.error ** 2;
  return variance <= 0 ? Number.POSITIVE_INFINITY : Math.ceil((share * (1 - share)) / variance);
}

/** Whether it at least doubled or halved; half a row more on each side, so that none before and one now is no infinite ratio. */
export function changesMuch(before: Rate, after: Rate): boolean {
  const [p, q] = [before, after].map(({ having, rows }) => (having + 0.5) / (rows + 1)) as [number, number];
  return Math.max(p, q) >= MISSING_RATIO * Math.min(p, q);
}

function deviation(before: Rate, after: Rate): number {
  const rate = (before.having + after.having + 1) / (before.rows + after.rows + 2);
  return Math.sqrt(rate * (1 - rate) * (1 / before.rows + 1 / after.rows));
}

/** The level of a two-sided interval whose bounds are at the quantile z. */
function levelAt(z: number): number {
  return Math.min(2 * normalCdf(z) - 1, LARGEST_LEVEL);
}

/** Doubles end here: beyond it an interval is everything. */
const LARGEST_LEVEL = 1 - 2e-16;
