import type {
  CreateTransformJobRequest,
  DescribeTransformJobRequest,
  StopTransformJobRequest,
} from '@aws-sdk/client-sagemaker';
import { arnOf } from './arn.ts';
import { inUse, invalid, notFound } from './errors.ts';
import { requiredName } from './input.ts';
import type { Models } from './model.ts';
import type { Tags } from './tags.ts';
import { parseTransform, type TransformRequest } from './transform-request.ts';
import { type Outcome, runTransform, type Stop } from './transform-run.ts';
import { epochSeconds, type ResourceKind, type Twin } from './twin.ts';

type Status = 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped';

type Job = Omit<CreateTransformJobRequest, 'Tags'> & {
  TransformJobArn: string;
  TransformJobStatus: Status;
  CreationTime: number;
  TransformStartTime?: number;
  TransformEndTime?: number;
  FailureReason?: string;
};

type Entry = { readonly job: Job; readonly stop: Stop; readonly ended: Promise<void> };

export const transformJobs = (twin: Twin, tags: Tags, models: Models): ResourceKind => {
  const entries = new Map<string, Entry>();
  const now = () => epochSeconds(twin.nowMs());

  const enter = (job: Job, status: Status) => {
    job.TransformJobStatus = status;
    const detail = { ...job, Tags: tags.of(job.TransformJobArn) };
    twin.emit('SageMaker Transform Job State Change', job.TransformJobArn, detail);
  };

  const end = (job: Job, outcome: Outcome) => {
    job.TransformEndTime = now();
    if (outcome.status === 'Failed') job.FailureReason = outcome.reason;
    enter(job, outcome.status);
  };

  const start = (input: CreateTransformJobRequest, request: TransformRequest) => {
    const { Tags: given, ...described } = input;
    const arn = arnOf('transform-job', request.name);
    tags.set(arn, given);
    const job: Job = {
      ...described,
      TransformJobArn: arn,
      TransformJobStatus: 'InProgress',
      CreationTime: now(),
      TransformStartTime: now(),
    };
    enter(job, 'InProgress');
    const stop: Stop = { requested: false };
    const ended = runTransform(twin, request, stop).then((outcome) => end(job, outcome));
    entries.set(request.name, { job, stop, ended });
    return arn;
  };

  const running = () => [...entries.values()].filter(({ job }) => !job.TransformEndTime);

  const find = (value: string | undefined): Entry => {
    const entry = entries.get(requiredName(value, 'TransformJobName'));
    if (!entry) throw notFound('Requested resource not found.');
    return entry;
  };

  const halt = ({ stop }: Entry, graceMs: number) => {
    stop.requested = true;
    return stop.server?.stop(graceMs);
  };

  return {
    actions: {
      CreateTransformJob: (input: CreateTransformJobRequest) => {
        if (entries.has(input.TransformJobName ?? '')) {
          throw inUse(
            `Job name must be unique within an AWS account and region, got ${input.TransformJobName} again`,
          );
        }
        return { TransformJobArn: start(input, parseTransform(input, models, running().length)) };
      },
      DescribeTransformJob: (input: DescribeTransformJobRequest) => find(input.TransformJobName).job,
      StopTransformJob: (input: StopTransformJobRequest) => {
        const entry = find(input.TransformJobName);
        if (entry.job.TransformEndTime) {
          throw invalid(
            `The request was rejected because the transform job is in status ${entry.job.TransformJobStatus}.`,
          );
        }
        enter(entry.job, 'Stopping');
        void halt(entry, twin.stopGraceMs.server);
        return {};
      },
    },
    stop: async () => {
      const open = running();
      await Promise.all(open.map((entry) => halt(entry, 0)));
      await Promise.all(open.map(({ ended }) => ended));
    },
  };
};
