import type { Calibration, Contribution } from './calibration.ts';
import type { EstimatedQuality, ScoreBins } from './estimated-quality.ts';
import { fillGaps } from './fill-gaps.ts';
import { type Interval, normalInterval } from './interval.ts';

/**
 * The expected mean absolute and root mean squared error of a window of predicted numbers: the holdout's mean loss in each bin of
 * predictions, weighted by how many of the window's predictions lie in it.
 */
export function estimateLosses(
  score: ScoreBins,
  { bins, contributions }: Calibration,
): EstimatedQuality['metrics'] {
  const mae = contributions.mae && meanLoss(score.bins.counts, bins.rows, contributions.mae);
  const mse = contributions.mse && meanLoss(score.bins.counts, bins.rows, contributions.mse);
  const rmse = mse && mse.mean > 0 ? Math.sqrt(mse.mean) : undefined;
  const intervals: Partial<Record<'mae' | 'rmse', Interval | undefined>> = {
    mae: normalInterval(mae?.mean, mae?.standardError, [0, Number.POSITIVE_INFINITY]),
    rmse: normalInterval(rmse, rmse && mse && mse.standardError / (2 * rmse), [0, Number.POSITIVE_INFINITY]),
  };
  return Object.fromEntries(Object.entries(intervals).filter(([, interval]) => interval !== undefined));
}

interface MeanLoss {
  readonly mean: number;
  readonly standardError: number;
}

function meanLoss(
  window: readonly number[],
  learned: readonly number[],
  { sums, squares }: Contribution,
): MeanLoss | undefined {
  const means = fillGaps(learned.map((rows, i) => (rows === 0 ? undefined : (sums[i] as number) / rows)));
  const variances = fillGaps(
    learned.map((rows, i) => varianceOf(rows, sums[i] as number, squares[i] as number)),
  );
  const total = window.reduce((sum, rows) => sum + rows, 0);
  if (means === undefined || total === 0) return undefined;
  let mean = 0;
  let variance = 0;
  window.forEach((rows, i) => {
    const share = rows / total;
    const spread = variances?.[i] ?? 0;
    mean += share * (means[i] as number);
    // Chance in these rows, and what the holdout's few rows of this bin leave unknown about its mean.
    variance += (share * spread) / total + (share ** 2 * spread) / Math.max(1, learned[i] as number);
  });
  return { mean, standardError: Math.sqrt(variance) };
}

/** Of the losses of one bin; a bin of one row tells nothing about it. */
function varianceOf(rows: number, sum: number, squares: number): number | undefined {
  return rows < 2 ? undefined : Math.max(0, (squares - sum ** 2 / rows) / (rows - 1));
}
