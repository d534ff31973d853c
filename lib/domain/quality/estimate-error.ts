import { z } from 'zod';
import type { Metrics } from '../evaluation/evaluate.ts';
import { METRIC_NAMES } from '../spec.ts';
import type { EstimatedQuality } from './estimated-quality.ts';

export const estimateErrorSchema = z.object({
  estimated: z.number(),
  realized: z.number(),
  /** Estimated less realized, in the metric's unit. */
  error: z.number(),
  /** Whether the realized value lies in the estimate's interval. */
  inside: z.boolean(),
});

export const estimateErrorsSchema = z.partialRecord(z.enum(METRIC_NAMES), estimateErrorSchema);

/** How far an estimate was off, metric by metric, once labels had come. */
export type EstimateErrors = z.infer<typeof estimateErrorsSchema>;

/**
 * Compares an estimate with what labels showed. Both must be of the same rows, or the difference is also one of rows.
 *
 * @example estimateErrors(estimate, { accuracy: 0.8 }).accuracy?.error // 0.02
 */
export function estimateErrors({ metrics }: EstimatedQuality, realized: Metrics): EstimateErrors {
  const compared = Object.entries(metrics).flatMap(([name, { estimate, lower, upper }]) => {
    const value = realized[name as keyof Metrics];
    if (value === undefined) return [];
    const inside = value >= lower && value <= upper;
    return [[name, { estimated: estimate, realized: value, error: estimate - value, inside }] as const];
  });
  return Object.fromEntries(compared);
}

export const estimateRecordSchema = z.partialRecord(
  z.enum(METRIC_NAMES),
  z.object({
    windows: z.number(),
    meanAbsoluteError: z.number(),
    /** Share (0–1) of windows whose realized value lay in the estimate's interval; about 0.95 when the assumption holds. */
    shareInside: z.number(),
  }),
);

/** How good a version's estimates have been so far, over its labelled windows. */
export type EstimateRecord = z.infer<typeof estimateRecordSchema>;

/**
 * The record with one window's errors put in, and its former errors, of an earlier measurement, taken out.
 *
 * @example recordErrors({}, undefined, { accuracy: { error: 0.02, inside: true, … } }).accuracy?.meanAbsoluteError // 0.02
 */
export function recordErrors(
  record: EstimateRecord,
  before: EstimateErrors | undefined,
  now: EstimateErrors,
): EstimateRecord {
  const names = METRIC_NAMES.filter((name) => record[name] ?? now[name]);
  const entries = names.flatMap((name) => {
    const { windows = 0, meanAbsoluteError = 0, shareInside = 0 } = record[name] ?? {};
    const [out, put] = [before?.[name], now[name]];
    const n = windows - Number(out !== undefined) + Number(put !== undefined);
    if (n <= 0) return [];
    const off = meanAbsoluteError * windows - Math.abs(out?.error ?? 0) + Math.abs(put?.error ?? 0);
    const inside = shareInside * windows - Number(out?.inside ?? false) + Number(put?.inside ?? false);
    // What is taken out and put in may leave a rounding below zero.
    const mean = (sum: number) => Math.max(0, sum / n);
    return [
      [name, { windows: n, meanAbsoluteError: mean(off), shareInside: Math.min(1, mean(inside)) }] as const,
    ];
  });
  return Object.fromEntries(entries);
}
