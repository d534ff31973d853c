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
import { MAX_JOB_INSTANCES } from './limits.ts';
import { page } from './page.ts';
import type { Tags } from './tags.ts';
import { createMetricReader, type FinalMetric } from './training-metrics.ts';
import { parseTraining, type TrainingRequest } from './training-request.ts';
import { type Outcome, type Phase, runTraining, type Stop } from './training-run.ts';
import { epochSeconds, type ResourceKind, type Twin } from './twin.ts';

type Status = 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped';

type Secondary = 'Starting' | Phase | 'Completed' | 'Failed' | 'Stopping' | 'Stopped' | 'MaxRuntimeExceeded';

/** As DescribeTrainingJob answers it. */
export type TrainingJob = Omit<CreateTrainingJobRequest, 'Tags'> & {
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
  FinalMetricDataList?: readonly FinalMetric[];
  TuningJobArn?: string;
};

export type TrainingEntry = {
  readonly job: TrainingJob;
  readonly stop: Stop;
  readonly ended: Promise<void>;
};

/** What a tuning job works with. */
export type TrainingJobs = ResourceKind & {
  /** Starts a job of a tuning job; throws what CreateTrainingJob answers. */
  readonly create: (input: CreateTrainingJobRequest, tuningJobArn: string) => TrainingEntry;
  /** As StopTrainingJob, without effect on a job that has ended or stops already. */
  readonly halt: (entry: TrainingEntry) => void;
  /** How many jobs more may run now. */
  readonly room: () => number;
};

const EVENT = 'SageMaker Training Job State Change';

export const trainingJobs = (twin: Twin, tags: Tags): TrainingJobs => {
  const entries = new Map<string, TrainingEntry>();
  const now = () => epochSeconds(twin.nowMs());

  const enter = (job: TrainingJob, secondary: Secondary, status: Status = job.TrainingJobStatus) => {
    const at = now();
    const last = job.SecondaryStatusTransitions.at(-1);
    if (last) last.EndTime = at;
    job.SecondaryStatusTransitions.push({ Status: secondary, StartTime: at });
    Object.assign(job, { SecondaryStatus: secondary, TrainingJobStatus: status, LastModifiedTime: at });
    if (secondary === 'Training') job.TrainingStartTime = at;
    twin.emit(EVENT, job.TrainingJobArn, { ...job, Tags: tags.of(job.TrainingJobArn) });
  };

  const end = (job: TrainingJob, outcome: Outcome) => {
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

  const start = (input: CreateTrainingJobRequest, request: TrainingRequest, tuningJobArn?: string) => {
    const { Tags: given, ...described } = input;
    const arn = arnOf('training-job', request.name);
    tags.set(arn, given);
    const job: TrainingJob = {
      ...described,
      TrainingJobName: request.name,
      TrainingJobArn: arn,
      TrainingJobStatus: 'InProgress',
      SecondaryStatus: 'Starting',
      SecondaryStatusTransitions: [],
      CreationTime: now(),
      LastModifiedTime: now(),
      ...(tuningJobArn && { TuningJobArn: tuningJobArn }),
    };
    const stop: Stop = { requested: false };
    enter(job, 'Starting');
    const metrics = createMetricReader(request.metrics, now);
    const watch = {
      enter: (next: Phase) => enter(job, next),
      line: (line: string) => {
        twin.log(`training job ${request.name}: ${line}`);
        metrics.read(line);
      },
    };
    const ended = runTraining(twin, request, arn, stop, watch).then((outcome) => {
      if (request.metrics.length > 0) job.FinalMetricDataList = metrics.final();
      end(job, outcome);
    });
    const entry = { job, stop, ended };
    entries.set(request.name, entry);
    return entry;
  };

  const create = (input: CreateTrainingJobRequest, tuningJobArn?: string) => {
    const existing = entries.get(input.TrainingJobName ?? '');
    if (existing) {
      throw inUse(
        `Job name must be unique within an AWS account and region, and a training job with this name already exists (${existing.job.TrainingJobArn})`,
      );
    }
    // A tuning job was given room for all it runs at once.
    const inUseByOthers = tuningJobArn ? 0 : running().length;
    return start(input, parseTraining(input, inUseByOthers), tuningJobArn);
  };

  const find = (value: string | undefined): TrainingEntry => {
    const entry = entries.get(requiredName(value, 'TrainingJobName'));
    if (!entry) throw invalid('Requested resource not found.');
    return entry;
  };

  const halt = ({ job, stop }: TrainingEntry) => {
    if (job.TrainingJobStatus !== 'InProgress') return;
    stop.requested = true;
    enter(job, 'Stopping', 'Stopping');
    if (stop.running) void endProcess(stop.running, twin.stopGraceMs.training);
  };

  return {
    create,
    halt,
    room: () => MAX_JOB_INSTANCES - running().length,
    actions: {
      CreateTrainingJob: (input: CreateTrainingJobRequest) => ({
        TrainingJobArn: create(input).job.TrainingJobArn,
      }),
      DescribeTrainingJob: (input: DescribeTrainingJobRequest) => find(input.TrainingJobName).job,
      StopTrainingJob: (input: StopTrainingJobRequest) => {
        const entry = find(input.TrainingJobName);
        if (entry.job.TrainingEndTime) {
          throw invalid(
            `The request was rejected because the training job is in status ${entry.job.TrainingJobStatus}.`,
          );
        }
        halt(entry);
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
