import type {
  CreateHyperParameterTuningJobRequest,
  ListHyperParameterTuningJobsRequest,
  ListTrainingJobsForHyperParameterTuningJobRequest,
} from '@aws-sdk/client-sagemaker';
import { oneOf } from './input.ts';
import { pageOf } from './page.ts';
import {
  bestOf,
  byObjectiveValue,
  type Child,
  objectiveCounters,
  statusCounters,
  summarize,
} from './tuning-children.ts';
import type { TuningRequest } from './tuning-request.ts';
import type { Stop } from './tuning-run.ts';

export type Status = 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped';

export type Job = Omit<CreateHyperParameterTuningJobRequest, 'Tags'> & {
  HyperParameterTuningJobName: string;
  HyperParameterTuningJobArn: string;
  HyperParameterTuningJobStatus: Status;
  CreationTime: number;
  LastModifiedTime: number;
  HyperParameterTuningEndTime?: number;
  FailureReason?: string;
};

export type Entry = {
  readonly job: Job;
  readonly request: TuningRequest;
  readonly children: Child[];
  readonly stop: Stop;
  ended: Promise<void>;
};

/** As DescribeHyperParameterTuningJob answers it. */
export const describe = ({ job, request: { objective }, children }: Entry) => {
  const best = bestOf(children, objective);
  return {
    ...job,
    TrainingJobStatusCounters: statusCounters(children),
    ObjectiveStatusCounters: objectiveCounters(children, objective),
    ...(best && { BestTrainingJob: summarize(best, objective) }),
  };
};

const summarizeJob = (entry: Entry) => {
  const { HyperParameterTuningJobConfig: config, TrainingJobDefinition: _, ...job } = describe(entry);
  return { ...job, Strategy: config?.Strategy, ResourceLimits: config?.ResourceLimits };
};

/** In the order that was asked for; on AWS too, by name and ascending unless told otherwise. */
const ordered = <T>(ascending: readonly T[], order: string | undefined): readonly T[] =>
  oneOf(order ?? 'Ascending', 'SortOrder', ['Ascending', 'Descending']) === 'Ascending'
    ? ascending
    : ascending.toReversed();

export const listChildren = (entry: Entry, input: ListTrainingJobsForHyperParameterTuningJobRequest) => {
  const { children, request } = entry;
  const by = oneOf(input.SortBy ?? 'Name', 'SortBy', ['Name', 'CreationTime', 'FinalObjectiveMetricValue']);
  // Children are numbered as they are created, so that name and time of creation are one order.
  const sorted =
    by === 'FinalObjectiveMetricValue' ? byObjectiveValue(children, request.objective) : children;
  const listed = ordered(sorted, input.SortOrder)
    .map((child) => summarize(child, request.objective))
    .filter(({ TrainingJobStatus }) => !input.StatusEquals || TrainingJobStatus === input.StatusEquals);
  const { items, NextToken } = pageOf(input, listed);
  return { TrainingJobSummaries: items, NextToken };
};

export const listJobs = (entries: readonly Entry[], input: ListHyperParameterTuningJobsRequest) => {
  const by = oneOf(input.SortBy ?? 'Name', 'SortBy', ['Name', 'CreationTime']);
  const names = entries.map(({ job }) => job.HyperParameterTuningJobName).toSorted();
  const sorted =
    by === 'CreationTime'
      ? entries
      : names.flatMap((name) => entries.filter(({ job }) => job.HyperParameterTuningJobName === name));
  const listed = ordered(sorted, input.SortOrder)
    .map(summarizeJob)
    .filter((job) => job.HyperParameterTuningJobName.includes(input.NameContains ?? ''))
    .filter((job) => !input.StatusEquals || job.HyperParameterTuningJobStatus === input.StatusEquals);
  const { items, NextToken } = pageOf(input, listed);
  return { HyperParameterTuningJobSummaries: items, NextToken };
};
