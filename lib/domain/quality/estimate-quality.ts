import type { Calibration } from './calibration.ts';
import { estimateClasses } from './estimate-classes.ts';
import { estimateLosses } from './estimate-losses.ts';
import type { EstimatedQuality, ScoreBins } from './estimated-quality.ts';

/** Below this the normal interval of a share is no longer one. */
const MIN_ROWS = 30;

const ASSUMPTION =
  'holds while a score means what it meant on the holdout: it follows a changed mix of cases, and cannot see a changed relation between cases and outcomes';

/**
 * Estimates the metrics of a window from its score histogram alone, merged from whatever shards.
 *
 * Classes: confidence-based performance estimation. The holdout says how likely a row of each score bin is positive; counts and
 * sums of the bins then give the same accuracy, precision, recall and F1 as adding up those probabilities row by row. Numbers:
 * the mean loss of each bin of predictions on the holdout, mixed as the window mixes the bins.
 *
 * The interval holds what labels of these very rows would show, 95 times of 100: it adds what the holdout's size leaves unknown
 * about the probabilities to what chance makes of them.
 *
 * @param score the window's `output.score` under the version's own binning
 * @returns verdict `insufficient-data` with a reason for fewer than 30 rows, and for bins that are not the calibration's
 * Source: NannyML 0.13.1 `CBPE`; for numbers a binned form of its `DLE`.
 * @example estimateQuality(window.columns['output.score'], calibration).metrics.auc // { estimate: 0.71, lower: 0.68, upper: 0.74 }
 */
export function estimateQuality(score: ScoreBins | undefined, calibration: Calibration): EstimatedQuality {
  const method = calibration.task === 'regression' ? 'binned-loss' : 'calibrated-confidence';
  const rows = score?.n ?? 0;
  const answer = { rows, method, assumption: ASSUMPTION } as const;
  const unmeasured = (reason: string): EstimatedQuality => ({
    ...answer,
    verdict: 'insufficient-data',
    reason,
    metrics: {},
  });
  if (score === undefined || rows < MIN_ROWS)
    return unmeasured(`an estimate needs at least ${MIN_ROWS} scored rows, got ${rows}`);
  const wanted = calibration.edges.length + 1;
  if (score.bins.counts.length !== wanted)
    return unmeasured(
      `an estimate needs the version's ${wanted} score bins, got ${score.bins.counts.length}`,
    );
  const metrics =
    method === 'binned-loss' ? estimateLosses(score, calibration) : estimateClasses(score, calibration);
  return { ...answer, verdict: 'measured', metrics };
}
