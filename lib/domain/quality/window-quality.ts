import { z } from 'zod';
import { evaluate, type Metrics } from '../evaluation/evaluate.ts';
import { type MetricIntervals, metricIntervals } from '../evaluation/intervals.ts';
import type { FairnessReport } from '../fairness/fairness-report.ts';
import { type LabelDelay, labelDelay, labelDelaySchema } from '../labels/label-delay.ts';
import type { JoinedLabels } from '../monitoring/join-labels.ts';
import type { Task } from '../spec.ts';
import type { Calibration } from './calibration.ts';
import { type EstimateErrors, estimateErrors } from './estimate-error.ts';
import { estimateQuality } from './estimate-quality.ts';
import type { EstimatedQuality, ScoreBins } from './estimated-quality.ts';
import { groupChanges } from './group-changes.ts';
import { type QualityChange, scoreChanges } from './quality-change.ts';
import { scoreBins } from './score-bins.ts';

export const labelFactsSchema = z.object({
  repeated: z.number(),
  unmatched: z.number(),
  contradicting: z.number(),
  corrected: z.number(),
  /** Absent where nobody looked. */
  unfit: z.number().optional(),
  delay: labelDelaySchema.optional(),
});

/** What is known of a window's labels themselves; counts as `JoinedLabels` has them. */
export type LabelFacts = z.infer<typeof labelFactsSchema> & { readonly delay?: LabelDelay };

export interface WindowQuality {
  readonly metrics: Metrics;
  readonly intervals: MetricIntervals;
  readonly labels: LabelFacts;
  /** Of all rows of the window, labelled or not. */
  readonly estimate?: EstimatedQuality;
  /** Of an estimate for the labelled rows alone, so that both are of the same rows. */
  readonly estimateErrors?: EstimateErrors;
  readonly changes?: readonly QualityChange[];
  readonly fairness?: FairnessReport;
}

interface Served {
  readonly task: Task;
  /** Scores of all predictions of the window, in the bins of the calibration; absent without one. */
  readonly scored?: ScoreBins | undefined;
  readonly joined: JoinedLabels;
  /** Absent for a version whose holdout taught nothing. */
  readonly calibration?: Calibration | undefined;
  /** Of the window's rows and of the version's holdout; absent where no groups are declared. */
  readonly fairness?: FairnessReport | undefined;
  readonly holdoutFairness?: FairnessReport | undefined;
}

/** How good a window's predictions were as far as labels have come, beside what was expected of them without any. */
export function windowQuality(served: Served): WindowQuality {
  const { task, scored, joined, calibration, fairness, holdoutFairness } = served;
  const { rows } = joined;
  const positive = calibration?.positive;
  const metrics = evaluate(task, rows, positive);
  // The counts of a group tell favourable from not: of two classes that is right from wrong.
  const byGroup = task === 'binary' ? groupChanges(holdoutFairness, fairness) : [];
  const measured = {
    metrics,
    intervals: metricIntervals(task, rows, positive),
    labels: labelFacts(joined),
    ...(fairness && { fairness }),
  };
  if (calibration === undefined) return { ...measured, changes: byGroup };
  const labelled = scoreBins(
    rows.map((row) => row.prediction.score),
    calibration.edges,
  );
  return {
    ...measured,
    estimate: estimateQuality(scored, calibration),
    estimateErrors: estimateErrors(estimateQuality(labelled, calibration), metrics),
    changes: [...scoreChanges(calibration, rows), ...byGroup],
  };
}

function labelFacts({ rows, ...counts }: JoinedLabels): LabelFacts {
  const delay = labelDelay(rows.flatMap(({ delaySeconds }) => delaySeconds ?? []));
  return { ...counts, ...(delay && { delay }) };
}
