import type {
  CreateHyperParameterTuningJobRequest,
  DescribeHyperParameterTuningJobRequest,
  ListHyperParameterTuningJobsRequest,
  ListTrainingJobsForHyperParameterTuningJobRequest,
  StopHyperParameterTuningJobRequest,
} from '@aws-sdk/client-sagemaker';
import { arnOf } from './arn.ts';
import { inUse, invalid, limitExceeded, notFound } from './errors.ts';
import { requiredName } from './input.ts';
import { MAX_JOB_INSTANCES, MAX_TUNING_JOB_NAME_LENGTH } from './limits.ts';
import type { Tags } from './tags.ts';
import type { TrainingJobs } from './training-job.ts';
import { parseTraining } from './training-request.ts';
import { type Child, hasEnded } from './tuning-children.ts';
import { describe, type Entry, type Job, listChildren, listJobs, type Status } from './tuning-description.ts';
import { parseTuning, type TuningRequest } from './tuning-request.ts';
import { type Outcome, runTuning } from './tuning-run.ts';
import { epochSeconds, type ResourceKind, type Twin } from './twin.ts';

const EVENT = 'SageMaker HyperParameter Tuning Job State Change';

/** What its training jobs would be refused for is refused at once, and so is what would never fit. */
const checkTrainingJobs = (request: TuningRequest, room: number) => {
  const [first = {}] = request.candidates();
  parseTraining(request.trainingJob(`${request.name}-001-00000000`, first), 0);
  if (request.maxParallel <= room) return;
  throw limitExceeded(
    `the account-level limit of ${MAX_JOB_INSTANCES} instances leaves ${Math.max(room, 0)}, got a request for ${request.maxParallel} more`,
  );
};

export const tuningJobs = (twin: Twin, tags: Tags, trainingJobs: TrainingJobs): ResourceKind => {
  const entries = new Map<string, Entry>();
  const now = () => epochSeconds(twin.nowMs());

  const enter = (entry: Entry, status: Status) => {
    const { job } = entry;
    Object.assign(job, { HyperParameterTuningJobStatus: status, LastModifiedTime: now() });
    const arn = job.HyperParameterTuningJobArn;
    twin.emit(EVENT, arn, { ...describe(entry), Tags: tags.of(arn) });
  };

  const end = (entry: Entry, outcome: Outcome) => {
    entry.job.HyperParameterTuningEndTime = now();
    if (outcome.status === 'Failed') entry.job.FailureReason = outcome.reason;
    enter(entry, outcome.status);
  };

  const launch = ({ request, children, job }: Entry, tuned: Child['tuned']): Child => {
    const number = String(children.length + 1).padStart(3, '0');
    const input = request.trainingJob(`${request.name}-${number}-${twin.newId()}`, tuned);
    const child = { entry: trainingJobs.create(input, job.HyperParameterTuningJobArn), tuned };
    children.push(child);
    return child;
  };

  const start = (input: CreateHyperParameterTuningJobRequest, request: TuningRequest) => {
    const { Tags: given, ...described } = input;
    const arn = arnOf('hyper-parameter-tuning-job', request.name);
    tags.set(arn, given);
    const job: Job = {
      ...described,
      TrainingJobDefinition: request.definition,
      HyperParameterTuningJobName: request.name,
      HyperParameterTuningJobArn: arn,
      HyperParameterTuningJobStatus: 'InProgress',
      CreationTime: now(),
      LastModifiedTime: now(),
    };
    const entry: Entry = { job, request, children: [], stop: { requested: false }, ended: Promise.resolve() };
    entries.set(request.name, entry);
    enter(entry, 'InProgress');
    const running = runTuning(request, entry.children, entry.stop, (tuned) => launch(entry, tuned));
    entry.ended = running.then((outcome) => end(entry, outcome));
    return arn;
  };

  const find = (value: string | undefined): Entry => {
    const name = requiredName(value, 'HyperParameterTuningJobName', MAX_TUNING_JOB_NAME_LENGTH);
    const entry = entries.get(name);
    if (!entry) throw notFound(`Requested resource not found: hyperparameter tuning job ${name}`);
    return entry;
  };

  return {
    actions: {
      CreateHyperParameterTuningJob: (input: CreateHyperParameterTuningJobRequest) => {
        const request = parseTuning(input);
        if (entries.has(request.name)) {
          throw inUse(`Job name must be unique within an AWS account and region, got ${request.name} again`);
        }
        checkTrainingJobs(request, trainingJobs.room());
        return { HyperParameterTuningJobArn: start(input, request) };
      },
      DescribeHyperParameterTuningJob: (input: DescribeHyperParameterTuningJobRequest) =>
        describe(find(input.HyperParameterTuningJobName)),
      StopHyperParameterTuningJob: (input: StopHyperParameterTuningJobRequest) => {
        const entry = find(input.HyperParameterTuningJobName);
        const { HyperParameterTuningEndTime: endTime, HyperParameterTuningJobStatus: status } = entry.job;
        if (endTime) {
          throw invalid(
            `The request was rejected because the hyperparameter tuning job is in status ${status}.`,
          );
        }
        if (status !== 'InProgress') return {};
        entry.stop.requested = true;
        enter(entry, 'Stopping');
        for (const child of entry.children) if (!hasEnded(child)) trainingJobs.halt(child.entry);
        return {};
      },
      ListHyperParameterTuningJobs: (input: ListHyperParameterTuningJobsRequest) =>
        listJobs([...entries.values()], input),
      ListTrainingJobsForHyperParameterTuningJob: (
        input: ListTrainingJobsForHyperParameterTuningJobRequest,
      ) => listChildren(find(input.HyperParameterTuningJobName), input),
    },
    stop: async () => {
      const open = [...entries.values()].filter(({ job }) => !job.HyperParameterTuningEndTime);
      for (const { stop } of open) stop.requested = true;
      await Promise.all(open.map(({ ended }) => ended));
    },
  };
};
