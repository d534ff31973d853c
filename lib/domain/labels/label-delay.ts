import { z } from 'zod';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Upper ends of the histogram's bins, in seconds: from a click to a quarter's chargebacks; the last bin is open. */
export const DELAY_EDGES_SECONDS = [
  MINUTE,
  10 * MINUTE,
  HOUR,
  6 * HOUR,
  DAY,
  3 * DAY,
  7 * DAY,
  14 * DAY,
  30 * DAY,
  90 * DAY,
] as const;

export const labelDelaySchema = z.object({
  /** Labelled predictions whose delay is known. */
  n: z.number(),
  /** Labels that were there before their prediction; they count as no delay. */
  early: z.number(),
  p50Seconds: z.number(),
  p90Seconds: z.number(),
  maxSeconds: z.number(),
  /** One count for each of `DELAY_EDGES_SECONDS`, and one for what took longer. */
  histogram: z.array(z.number()),
});

/** How long after its prediction a label came. */
export type LabelDelay = z.infer<typeof labelDelaySchema>;

/**
 * The distribution of label delays.
 *
 * @param delays seconds from the receipt of a prediction to that of its first label; negative when the label was first
 * @returns undefined without a delay
 * @example labelDelay([30, 90, 4000])?.p50Seconds // 90
 */
export function labelDelay(delays: readonly number[]): LabelDelay | undefined {
  if (delays.length === 0) return undefined;
  const sorted = delays.map((delay) => Math.max(0, delay)).sort((a, b) => a - b);
  const histogram = new Array<number>(DELAY_EDGES_SECONDS.length + 1).fill(0);
  for (const delay of sorted) {
    const found = DELAY_EDGES_SECONDS.findIndex((edge) => delay <= edge);
    const bin = found === -1 ? DELAY_EDGES_SECONDS.length : found;
    histogram[bin] = (histogram[bin] as number) + 1;
  }
  return {
    n: delays.length,
    early: delays.filter((delay) => delay < 0).length,
    p50Seconds: quantile(sorted, 0.5),
    p90Seconds: quantile(sorted, 0.9),
    maxSeconds: sorted.at(-1) as number,
    histogram,
  };
}

/** The smallest delay within which at least this share of the labels had come. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
}
