import { binOf } from '../profile/edges.ts';
import type { Calibration } from './calibration.ts';

/** Enough to tell cases apart, few enough that a window of some hundred labels fills them. */
const SCORE_STRATA = 20;

/**
 * Neighbouring score bins taken together until each stratum holds about a twentieth of the holdout. The model's threshold begins
 * one, so that no stratum mixes rows that are called differently.
 *
 * @returns the first bin of each stratum, ascending, from 0
 */
export function strataStarts({ bins, edges, threshold }: Calibration): readonly number[] {
  const size = bins.rows.reduce((sum, rows) => sum + rows, 0) / SCORE_STRATA;
  const cut = threshold === undefined ? -1 : binOf(threshold, edges);
  const starts = [0];
  let held = 0;
  bins.rows.forEach((rows, bin) => {
    if (bin > 0 && (held >= size || bin === cut)) {
      starts.push(bin);
      held = 0;
    }
    held += rows;
  });
  return starts;
}

/** The sums of a value a bin over each stratum. */
export function sumStrata(perBin: readonly number[], starts: readonly number[]): readonly number[] {
  return starts.map((start, i) => perBin.slice(start, starts[i + 1]).reduce((sum, value) => sum + value, 0));
}
