import type { JoinedLabels } from '../monitoring/join-labels.ts';
import type { FairnessSpec } from '../spec/fairness.ts';
import type { FairnessReport } from './fairness-report.ts';
import { type AnsweredRow, fairnessCounter } from './measure-fairness.ts';

interface Served {
  readonly spec: FairnessSpec | undefined;
  readonly joined: JoinedLabels;
  /** The positive class, which is the favourable label unless the spec names others. */
  readonly positive: string | undefined;
}

export interface WindowFairness {
  /** To be called for every answer of the window, labelled or not. */
  add(answer: Omit<AnsweredRow, 'label'> & { readonly predictionId: string }): void;
  report(): FairnessReport;
}

/** How alike a window treats the declared groups; nothing where none is declared or no label is known to be favourable. */
export function windowFairness({ spec, joined, positive }: Served): WindowFairness | undefined {
  const favourable = spec?.favourable ?? (positive === undefined ? undefined : [positive]);
  if (spec === undefined || favourable === undefined) return undefined;
  const labels = new Map(joined.rows.map(({ predictionId, label }) => [predictionId, String(label)]));
  const counter = fairnessCounter(spec, favourable);
  return {
    add({ predictionId, predicted, groups }) {
      const label = labels.get(predictionId);
      counter.add({ predicted, groups, ...(label !== undefined && { label }) });
    },
    report: counter.report,
  };
}
