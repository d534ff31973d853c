import type { EvaluatedRow } from '../evaluation/evaluated-row.ts';
import { positiveClass } from '../evaluation/positive-class.ts';
import { binOf } from '../profile/edges.ts';
import type { Task } from '../spec.ts';
import type { Calibration } from './calibration.ts';
import { calibrationMethod, type ScoredOutcome } from './calibration-method.ts';
import { contributionsOf } from './contributions.ts';
import { decisionThreshold } from './decision-threshold.ts';
import { isotonic } from './isotonic.ts';

/**
 * What the labelled holdout teaches about a version's scores under the bins that its windows are counted by.
 *
 * @param edges of `output.score` in the version's binning
 * @param rows of the holdout, in any order; those with a score that is no finite number are left out
 * @returns undefined without a usable row, and for a binary task whose holdout shows other than two classes
 * @example learnCalibration('binary', [0.5], rows)?.map?.shares // [0.2, 0.8]
 */
export function learnCalibration(
  task: Task,
  edges: readonly number[],
  rows: readonly EvaluatedRow[],
): Calibration | undefined {
  const usable = rows.filter((row) => Number.isFinite(row.prediction.score));
  const positive = task === 'binary' ? positiveClass(usable) : undefined;
  if (usable.length === 0 || (task === 'binary' && positive === undefined)) return undefined;
  const outcomes = usable.map((row): ScoredOutcome => {
    const { score } = row.prediction;
    return { bin: binOf(score, edges), score, positive: isPositive(task, row, positive) };
  });
  const called = usable.map((row) => String(row.prediction.label) === positive);
  const bins = countBins(outcomes, called, edges.length + 1);
  const scores = outcomes.map(({ score }) => score);
  const threshold = positive === undefined ? undefined : decisionThreshold(scores, called);
  return {
    version: 1,
    task,
    rows: usable.length,
    edges: [...edges],
    bins,
    ...(positive !== undefined && { positive }),
    ...(threshold !== undefined && { threshold }),
    ...(task !== 'regression' && { map: fitMap(task, outcomes, bins) }),
    contributions: contributionsOf(task, edges, usable, positive),
  };
}

function isPositive(task: Task, { label, prediction }: EvaluatedRow, positive: string | undefined): boolean {
  if (task === 'regression') return false;
  return String(label) === (task === 'binary' ? positive : String(prediction.label));
}

function countBins(outcomes: readonly ScoredOutcome[], called: readonly boolean[], size: number) {
  const zeros = () => new Array<number>(size).fill(0);
  const bins = { rows: zeros(), positives: zeros(), called: zeros() };
  outcomes.forEach(({ bin, positive }, i) => {
    bins.rows[bin] = (bins.rows[bin] as number) + 1;
    bins.positives[bin] = (bins.positives[bin] as number) + Number(positive);
    bins.called[bin] = (bins.called[bin] as number) + Number(called[i]);
  });
  return bins;
}

function fitMap(
  task: Task,
  outcomes: readonly ScoredOutcome[],
  bins: Calibration['bins'],
): Calibration['map'] {
  const fit = isotonic(bins.rows.map((rows, i) => ({ rows, positives: bins.positives[i] as number })));
  if (fit === undefined) return undefined;
  const method = task === 'binary' ? calibrationMethod(outcomes, bins.rows.length) : 'isotonic';
  return { method, shares: [...fit.shares], pools: [...fit.pools] };
}
