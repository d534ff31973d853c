import type { TrainingEntry } from './training-job.ts';
import type { Objective } from './tuning-request.ts';
import type { Candidate } from './tuning-search.ts';

/** A training job of a tuning job. */
export type Child = { readonly entry: TrainingEntry; readonly tuned: Candidate };

export const hasEnded = ({ entry }: Child): boolean => entry.job.TrainingEndTime !== undefined;

const objectiveValue = ({ entry }: Child, { metric }: Objective): number | undefined =>
  entry.job.FinalMetricDataList?.find(({ MetricName }) => MetricName === metric)?.Value;

export type ObjectiveStatus = 'Pending' | 'Succeeded' | 'Failed';

export const objectiveStatus = (child: Child, objective: Objective): ObjectiveStatus => {
  if (!hasEnded(child)) return 'Pending';
  const failed = child.entry.job.TrainingJobStatus === 'Failed';
  return failed || objectiveValue(child, objective) === undefined ? 'Failed' : 'Succeeded';
};

const count = (children: readonly Child[], is: (child: Child) => boolean) => children.filter(is).length;

export const statusCounters = (children: readonly Child[]) => {
  const having = (...wanted: readonly string[]) =>
    count(children, ({ entry }) => wanted.includes(entry.job.TrainingJobStatus));
  return {
    Completed: having('Completed'),
    InProgress: having('InProgress', 'Stopping'),
    // Nothing is retried here, so no failure waits for a retry.
    RetryableError: 0,
    NonRetryableError: having('Failed'),
    Stopped: having('Stopped'),
  };
};

export const objectiveCounters = (children: readonly Child[], objective: Objective) => {
  const having = (status: ObjectiveStatus) =>
    count(children, (child) => objectiveStatus(child, objective) === status);
  return { Succeeded: having('Succeeded'), Pending: having('Pending'), Failed: having('Failed') };
};

/** As DescribeHyperParameterTuningJob and ListTrainingJobsForHyperParameterTuningJob answer it. */
export const summarize = (child: Child, objective: Objective) => {
  const { job } = child.entry;
  const Value = objectiveValue(child, objective);
  return {
    TrainingJobName: job.TrainingJobName,
    TrainingJobArn: job.TrainingJobArn,
    CreationTime: job.CreationTime,
    TrainingStartTime: job.TrainingStartTime,
    TrainingEndTime: job.TrainingEndTime,
    TrainingJobStatus: job.TrainingJobStatus,
    TunedHyperParameters: child.tuned,
    FailureReason: job.FailureReason,
    ObjectiveStatus: objectiveStatus(child, objective),
    ...(Value !== undefined && {
      FinalHyperParameterTuningJobObjectiveMetric: {
        Type: objective.type,
        MetricName: objective.metric,
        Value,
      },
    }),
  };
};

/** Those with an objective value, the lowest first or, for sign -1, the highest; of equals the earlier. */
export const byObjectiveValue = (
  children: readonly Child[],
  objective: Objective,
  sign: 1 | -1 = 1,
): readonly Child[] =>
  children
    .filter((child) => objectiveStatus(child, objective) === 'Succeeded')
    .toSorted((a, b) => sign * ((objectiveValue(a, objective) ?? 0) - (objectiveValue(b, objective) ?? 0)));

export const bestOf = (children: readonly Child[], objective: Objective): Child | undefined =>
  byObjectiveValue(children, objective, objective.type === 'Minimize' ? 1 : -1)[0];
