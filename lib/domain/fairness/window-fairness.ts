import type { JoinedLabels, LoggedPrediction } from '../monitoring/join-labels.ts';
import type { FairnessSpec } from '../spec/fairness.ts';
import type { FairnessReport } from './fairness-report.ts';
import { measureFairness } from './measure-fairness.ts';

interface Served {
  readonly spec: FairnessSpec | undefined;
  /** All answers of the window, each with the values of the group columns. */
  readonly predictions: readonly LoggedPrediction[];
  readonly joined: JoinedLabels;
  /** The positive class, which is the favourable label unless the spec names others. */
  readonly positive: string | undefined;
}

/** How alike a window treats the declared groups; nothing where none is declared or no label is known to be favourable. */
export function windowFairness(served: Served): FairnessReport | undefined {
  const { spec, predictions, joined, positive } = served;
  const favourable = spec?.favourable ?? (positive === undefined ? undefined : [positive]);
  if (spec === undefined || favourable === undefined) return undefined;
  const labels = new Map(joined.rows.map(({ predictionId, label }) => [predictionId, String(label)]));
  const rows = predictions.map(({ predictionId, label: predicted, groups = [] }) => {
    const label = labels.get(predictionId);
    return { predicted, groups, ...(label !== undefined && { label }) };
  });
  return measureFairness(rows, spec, favourable);
}
