import type { Calibration } from './calibration.ts';
import type { EstimatedQuality, ScoreBins } from './estimated-quality.ts';
import { type ExpectedBin, type ExpectedMetrics, expectedClasses } from './expected-classes.ts';
import { fillGaps } from './fill-gaps.ts';
import { normalInterval } from './interval.ts';

/** Variance of a share of which nothing is known, between 0 and 1: of score bins that the holdout never filled. */
const UNKNOWN_VARIANCE = 1 / 12;

/** The expected metrics of a classifier's window: all five for two classes; accuracy, from the confidence, for more. */
export function estimateClasses(score: ScoreBins, calibration: Calibration): EstimatedQuality['metrics'] {
  const bins = expectedBins(score, calibration);
  const expected = calibration.task === 'binary' ? expectedClasses(bins) : expectedAccuracy(bins);
  const metrics = Object.entries(expected).flatMap(([name, { value, gradient }]) => {
    const error = Math.sqrt(variance(gradient, bins, calibration));
    const interval = normalInterval(value, error, [0, 1]);
    return interval === undefined ? [] : [[name, interval] as const];
  });
  return Object.fromEntries(metrics);
}

/** The window's bins with how many rows of each are expected to be positive (of more than two classes: predicted right). */
export function expectedBins({ bins }: ScoreBins, calibration: Calibration): readonly ExpectedBin[] {
  const { map } = calibration;
  const called = calledShares(calibration);
  return bins.counts.map((rows, i) => ({
    rows,
    positives: map?.method === 'identity' ? (bins.sums[i] as number) : rows * (map?.shares[i] ?? 0),
    called: called[i] ?? 0,
  }));
}

/** The share of each bin that the model calls positive; the threshold decides where the holdout had no row. */
function calledShares({ bins, edges, threshold }: Calibration): readonly number[] {
  const seen = bins.rows.map((rows, i) => {
    if (rows > 0) return (bins.called[i] as number) / rows;
    const from = edges[i - 1] ?? Number.NEGATIVE_INFINITY;
    return threshold === undefined ? undefined : Number(from >= threshold);
  });
  return fillGaps(seen) ?? [];
}

function expectedAccuracy(bins: readonly ExpectedBin[]): ExpectedMetrics {
  const rows = bins.reduce((sum, bin) => sum + bin.rows, 0);
  const right = bins.reduce((sum, bin) => sum + bin.positives, 0);
  return rows === 0 ? {} : { accuracy: { value: right / rows, gradient: bins.map(() => 1 / rows) } };
}

/** Of what labels would show: chance in the window's outcomes, and what the holdout leaves unknown about each pool of bins. */
function variance(
  gradient: readonly number[],
  bins: readonly ExpectedBin[],
  { bins: learned, map }: Calibration,
): number {
  let sum = 0;
  let unknown = 0;
  const pools = new Map<number, { pull: number; rows: number; positives: number }>();
  bins.forEach(({ rows, positives }, i) => {
    const slope = gradient[i] as number;
    const pool = map?.pools[i] ?? -1;
    if (rows > 0) sum += slope ** 2 * positives * (1 - positives / rows);
    if (pool < 0) unknown += Math.abs(slope) * rows;
    const known = pools.get(pool) ?? { pull: 0, rows: 0, positives: 0 };
    pools.set(pool, {
      pull: known.pull + slope * rows,
      rows: known.rows + (learned.rows[i] as number),
      positives: known.positives + (learned.positives[i] as number),
    });
  });
  pools.delete(-1);
  for (const { pull, rows, positives } of pools.values()) {
    // Half an outcome of either kind more: a pool of only positives does not know its share for certain.
    const share = (positives + 0.5) / (rows + 1);
    sum += (pull ** 2 * share * (1 - share)) / rows;
  }
  // What is not known of one empty bin is not known of the next one either: it never averages out.
  return sum + unknown ** 2 * UNKNOWN_VARIANCE;
}
