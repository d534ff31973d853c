import type { FairnessReport } from '../../lib/domain/fairness/fairness-report.ts';
import { fairnessColumns } from '../../lib/domain/fairness/measure-fairness.ts';
import { windowFairness } from '../../lib/domain/fairness/window-fairness.ts';
import type { LabelRecord } from '../../lib/domain/labels/label.ts';
import { labelCheck } from '../../lib/domain/labels/label-check.ts';
import { type JoinedLabels, joinLabels } from '../../lib/domain/monitoring/join-labels.ts';
import type { Calibration } from '../../lib/domain/quality/calibration.ts';
import type { ScoreBins } from '../../lib/domain/quality/estimated-quality.ts';
import { scoreBinCounter } from '../../lib/domain/quality/score-bins.ts';
import type { ModelSpec } from '../../lib/domain/spec.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import {
  countPredictions,
  type LoggedRows,
  labelledPredictions,
  scanAnswers,
} from '../../lib/engine/read/logged-predictions.ts';

export interface LabelledWindow extends LoggedRows {
  readonly labels: readonly LabelRecord[];
  /** Of the version that predicted. */
  readonly spec: Pick<ModelSpec, 'schema' | 'fairness'>;
  /** Absent for a version whose holdout taught nothing. */
  readonly calibration: Calibration | undefined;
  /** For what is put down meanwhile. */
  readonly folder: string;
}

export interface SeenWindow {
  /** Predictions, labelled or not. */
  readonly rows: number;
  readonly joined: JoinedLabels;
  readonly scored?: ScoreBins | undefined;
  readonly fairness?: FairnessReport | undefined;
}

/**
 * All that is to know of a window's predictions. Those with a label are held, for ranks need them all; the others are counted as
 * they pass, so a window of ten million predictions takes the memory of its labels.
 */
export async function lookAt(window: LabelledWindow, engine: Engine): Promise<SeenWindow> {
  const { labels, spec, calibration, folder } = window;
  const rows = await countPredictions(window, engine);
  const check = labelCheck(spec);
  const predictions = await labelledPredictions(window, labels, folder, engine);
  const joined = joinLabels(predictions, labels, (label) => check(label) === undefined);
  const scores = calibration && scoreBinCounter(calibration.edges);
  const fairness = windowFairness({ spec: spec.fairness, joined, positive: calibration?.positive });
  if (scores === undefined && fairness === undefined) return { rows, joined };
  const groups = fairness ? fairnessColumns(spec.fairness).map((name) => `input.${name}`) : [];
  await scanAnswers({ ...window, rows }, groups, engine, (answer) => {
    scores?.add(answer.score);
    fairness?.add(answer);
  });
  return { rows, joined, scored: scores?.bins(), fairness: fairness?.report() };
}
