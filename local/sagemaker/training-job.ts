import type {
  CreateTrainingJobRequest,
  DescribeTrainingJobRequest,
  ListTrainingJobsRequest,
  StopTrainingJobRequest,
} from '@aws-sdk/client-sagemaker';
import { arnOf } from './arn.ts';
import { inUse, invalid } from './errors.ts';
import { requiredName } from './input.ts';
import { endProcess } from './launch.ts';
import { page } from './page.ts';
import type { Tags } from './tags.ts';
import { parseTraining, type TrainingRequest } from './training-request.ts';
import { type Outcome, type Phase, runTraining, type Stop } from './training-run.ts';
import { epochSeconds, type ResourceKind, type Twin } from './twin.ts';

type Status = 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped';

type Secondary = 'Starting' | Phase | 'Completed' | 'Failed' | 'Stopping' | 'Stopped' | 'MaxRuntimeExceeded';

/** As DescribeTrainingJob answers it. */
type Job = Omit<CreateTrainingJobRequest, 'Tags'> & {
  TrainingJobName: string;
  TrainingJobArn: string;
  TrainingJobStatus: Status;
  SecondaryStatus: Secondary;
  SecondaryStatusTransitions: { Status: Secondary; StartTime: number; EndTime?: number }[];
  CreationTime: number;
  LastModifiedTime: number;
  TrainingStartTime?: number;
  TrainingEndTime?: number;
  TrainingTimeInSeconds?: number;
  BillableTimeInSeconds?: number;
  FailureReason?: string;
  ModelArtifacts?: { S3ModelArtifacts: string };
};

type Entry = { readonly job: Job; readonly stop: Stop; readonly ended: Promise<void> };

const EVENT = 'SageMaker Training Job State Change';

export const trainingJobs = (twin: Twin, tags: Tags): ResourceKind => {
  const entries = new Map<string, Entry>();
  const now = () => epochSeconds(twin.nowMs());

  const enter = (job: Job, secondary: Secondary, status: Status = job.TrainingJobStatus) => {
    const at = now();
    const last = job.SecondaryStatusTransitions.at(-1);
    if (last) last.EndTime = at;
    job.SecondaryStatusTransitions.push({ Status: secondary, StartTime: at });
    Object.assign(job, { SecondaryStatus: secondary, TrainingJobStatus: status, LastModifiedTime: at });
    if (secondary === 'Training') job.TrainingStartTime = at;
    twin.emit(EVENT, job.TrainingJobArn, { ...job, Tags: tags.of(job.TrainingJobArn) });
  };

  const end = (job: Job, outcome: Outcome) => {
    job.TrainingEndTime = now();
    if (job.TrainingStartTime) {
      const seconds = Math.ceil(job.TrainingEndTime - job.TrainingStartTime);
      Object.assign(job, { TrainingTimeInSeconds: seconds, BillableTimeInSeconds: seconds });
    }
    if (outcome.modelUri) job.ModelArtifacts = { S3ModelArtifacts: outcome.modelUri };
    if (outcome.status === 'Failed') job.FailureReason = outcome.reason;
    enter(job, outcome.status, outcome.status === 'MaxRuntimeExceeded' ? 'Stopped' : outcome.status);
  };

  const running = () => [...entries.values()].filter(({ job }) => !job.TrainingEndTime);

  const start = (input: CreateTrainingJobRequest, request: TrainingRequest) => {
    const { Tags: given, ...described } = input;
    const arn = arnOf('training-job', request.name);
    tags.set(arn, given);
    const job: Job = {
      ...described,
      TrainingJobName: request.name,
      TrainingJobArn: arn,
      TrainingJobStatus: 'InProgress',
      SecondaryStatus: 'Starting',
      SecondaryStatusTransitions: [],
      CreationTime: now(),
      LastModifiedTime: now(),
    };
    const stop: Stop = { requested: false };
    enter(job, 'Starting');
    const phase = (next: Phase) => enter(job, next);
    const ended = runTraining(twin, request, arn, stop, phase).then((outcome) => end(job, outcome));
    entries.set(request.name, { job, stop, ended });
    return arn;
  };

  const find = (value: string | undefined): Entry => {
    const entry = entries.get(requiredName(value, 'TrainingJobName'));
    if (!entry) throw invalid('Requested resource not found.');
    return entry;
  };

  const halt = ({ job, stop }: Entry) => {
    stop.requested = true;
    enter(job, 'Stopping', 'Stopping');
    if (stop.running) void endProcess(stop.running, twin.stopGraceMs.training);
  };

  return {
    actions: {
      CreateTrainingJob: (input: CreateTrainingJobRequest) => {
        const existing = entries.get(input.TrainingJobName ?? '');
        if (existing) {
          throw inUse(
            `Job name must be unique within an AWS account and region, and a training job with this name already exists (${existing.job.TrainingJobArn})`,
          );
        }
        return { TrainingJobArn: start(input, parseTraining(input, running().length)) };
      },
      DescribeTrainingJob: (input: DescribeTrainingJobRequest) => find(input.TrainingJobName).job,
      StopTrainingJob: (input: StopTrainingJobRequest) => {
        const entry = find(input.TrainingJobName);
        if (entry.job.TrainingEndTime) {
          throw invalid(
            `The request was rejected because the training job is in status ${entry.job.TrainingJobStatus}.`,
          );
        }
        if (entry.job.TrainingJobStatus === 'InProgress') halt(entry);
        return {};
      },
      ListTrainingJobs: (input: ListTrainingJobsRequest) => {
        const jobs = [...entries.values()].map(({ job }) => job);
        const { items, NextToken } = page(
          input,
          jobs,
          {
            name: (job) => job.TrainingJobName,
            status: (job) => job.TrainingJobStatus,
          },
          input.StatusEquals,
        );
        const TrainingJobSummaries = items.map(
          ({
            TrainingJobName,
            TrainingJobArn,
            CreationTime,
            TrainingEndTime,
            LastModifiedTime,
            TrainingJobStatus,
          }) => ({
            TrainingJobName,
            TrainingJobArn,
            CreationTime,
            TrainingEndTime,
            LastModifiedTime,
            TrainingJobStatus,
          }),
        );
        return { TrainingJobSummaries, NextToken };
      },
    },
    stop: async () => {
      const open = running();
      for (const { stop } of open) {
        stop.requested = true;
        stop.running?.signal('SIGKILL');
      }
      await Promise.all(open.map(({ ended }) => ended));
    },
  };
};
