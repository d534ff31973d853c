import { z } from 'zod';

export const intervalSchema = z.object({ estimate: z.number(), lower: z.number(), upper: z.number() });

/** A measured number and the range that holds the true one 95 times of 100, in its unit. */
export type Interval = z.infer<typeof intervalSchema>;

/** Of a standard normal, two-sided 95 %: the level that every interval of quality is quoted at. */
export const Z_95 = 1.959963984540054;

/**
 * The interval of an estimate whose error is nearly normal, cut to where the measure can lie.
 *
 * @returns undefined when the estimate or its standard error is no finite number
 * @example normalInterval(0.9, 0.1, [0, 1]) // { estimate: 0.9, lower: 0.704, upper: 1 }
 */
export function normalInterval(
  estimate: number | undefined,
  standardError: number | undefined,
  [lowest, highest]: readonly [number, number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
): Interval | undefined {
  if (estimate === undefined || standardError === undefined) return undefined;
  if (!Number.isFinite(estimate) || !Number.isFinite(standardError)) return undefined;
  const margin = Z_95 * standardError;
  return {
    estimate,
    lower: Math.max(lowest, estimate - margin),
    upper: Math.min(highest, estimate + margin),
  };
}
