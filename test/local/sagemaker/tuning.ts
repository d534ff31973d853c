import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateHyperParameterTuningJobCommand,
  type CreateHyperParameterTuningJobRequest,
  DescribeHyperParameterTuningJobCommand,
  type HyperParameterTrainingJobDefinition,
  type HyperParameterTuningJobConfig,
  ListTrainingJobsForHyperParameterTuningJobCommand,
  type ListTrainingJobsForHyperParameterTuningJobRequest,
} from '@aws-sdk/client-sagemaker';
import { BUCKET, type Cloud, IMAGE, ROLE, until } from './cloud.ts';

const TRAINER = join(import.meta.dirname, '../../../trainer');

const putArchive = async (cloud: Cloud, key: string, folder: string, files: readonly string[]) => {
  const packed = mkdtempSync(join(tmpdir(), 'tuning-'));
  try {
    execFileSync('tar', ['-czf', join(packed, 'source.tar.gz'), '-C', folder, ...files]);
    return await cloud.put(key, readFileSync(join(packed, 'source.tar.gz')));
  } finally {
    rmSync(packed, { recursive: true });
  }
};

/** The trainer's scripts as an archive, which is how a tuning job takes code. */
export const putTrainerArchive = async (cloud: Cloud) =>
  putArchive(
    cloud,
    'tuned/trainer.tar.gz',
    TRAINER,
    (await readdir(TRAINER)).filter((name) => name.endsWith('.py')),
  );

/** One script as an archive. */
export const putScript = async (cloud: Cloud, name: string, script: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'script-'));
  try {
    writeFileSync(join(folder, 'train.py'), script);
    return await putArchive(cloud, `${name}/source.tar.gz`, folder, ['train.py']);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Its score is the value of the tuned hyperparameter x. */
export const ECHO = 'import os; print("epoch 1 score=99"); print("score=" + os.environ["SM_HP_X"])';

type Change = {
  readonly config?: Partial<HyperParameterTuningJobConfig>;
  readonly definition?: Partial<HyperParameterTrainingJobDefinition>;
};

/** A grid over x, each value a training job of one script. */
export const aTuningJob = (
  name: string,
  submit: string,
  xs: readonly string[],
  { config, definition }: Change = {},
): CreateHyperParameterTuningJobRequest => ({
  HyperParameterTuningJobName: name,
  HyperParameterTuningJobConfig: {
    Strategy: 'Grid',
    HyperParameterTuningJobObjective: { Type: 'Maximize', MetricName: 'score' },
    ResourceLimits: { MaxParallelTrainingJobs: 2 },
    ParameterRanges: { CategoricalParameterRanges: [{ Name: 'x', Values: [...xs] }] },
    ...config,
  },
  TrainingJobDefinition: {
    StaticHyperParameters: { sagemaker_program: 'train.py', sagemaker_submit_directory: submit },
    AlgorithmSpecification: {
      TrainingImage: IMAGE,
      TrainingInputMode: 'File',
      MetricDefinitions: [{ Name: 'score', Regex: 'score=(-?[0-9.]+)' }],
    },
    RoleArn: ROLE,
    OutputDataConfig: { S3OutputPath: `s3://${BUCKET}/models` },
    ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 10 },
    StoppingCondition: { MaxRuntimeInSeconds: 300 },
    ...definition,
  },
});

export const describeTuning = (cloud: Cloud, HyperParameterTuningJobName: string) =>
  cloud.control.send(new DescribeHyperParameterTuningJobCommand({ HyperParameterTuningJobName }));

export const endedTuning = (cloud: Cloud, name: string) =>
  until(
    () => describeTuning(cloud, name),
    ({ HyperParameterTuningJobStatus: status = '' }) => ['Completed', 'Failed', 'Stopped'].includes(status),
  );

export const tune = async (cloud: Cloud, job: CreateHyperParameterTuningJobRequest) => {
  await cloud.control.send(new CreateHyperParameterTuningJobCommand(job));
  return endedTuning(cloud, job.HyperParameterTuningJobName ?? '');
};

export const childrenOf = async (
  cloud: Cloud,
  HyperParameterTuningJobName: string,
  how: Partial<ListTrainingJobsForHyperParameterTuningJobRequest> = {},
) => {
  const { TrainingJobSummaries = [] } = await cloud.control.send(
    new ListTrainingJobsForHyperParameterTuningJobCommand({
      HyperParameterTuningJobName,
      MaxResults: 100,
      ...how,
    }),
  );
  return TrainingJobSummaries;
};
