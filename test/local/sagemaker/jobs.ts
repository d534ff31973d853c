import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CreateTrainingJobCommand,
  type CreateTrainingJobRequest,
  DescribeTrainingJobCommand,
} from '@aws-sdk/client-sagemaker';
import { BUCKET, type Cloud, IMAGE, ROLE, until } from './cloud.ts';

const TRAINER = join(import.meta.dirname, '../../../trainer');

/** The trainer's folder as the channel `code`. */
export const putTrainer = async (cloud: Cloud) => {
  for (const name of await readdir(TRAINER)) {
    if (name.endsWith('.py')) await cloud.put(`code/${name}`, await readFile(join(TRAINER, name)));
  }
};

export const channel = (ChannelName: string, prefix: string) => ({
  ChannelName,
  InputMode: 'File' as const,
  DataSource: { S3DataSource: { S3DataType: 'S3Prefix' as const, S3Uri: `s3://${BUCKET}/${prefix}` } },
});

export const aTrainingJob = (
  TrainingJobName: string,
  change: Partial<CreateTrainingJobRequest> = {},
): CreateTrainingJobRequest => ({
  TrainingJobName,
  RoleArn: ROLE,
  AlgorithmSpecification: {
    TrainingImage: IMAGE,
    TrainingInputMode: 'File',
    ContainerEntrypoint: ['python3'],
    ContainerArguments: ['/opt/ml/input/data/code/train.py'],
  },
  HyperParameters: { task: 'binary', label: 'late', algorithm: 'linear' },
  InputDataConfig: [
    channel('code', 'code/'),
    channel('train', 'train/'),
    channel('validation', 'validation/'),
  ],
  OutputDataConfig: { S3OutputPath: `s3://${BUCKET}/models` },
  ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 10 },
  StoppingCondition: { MaxRuntimeInSeconds: 300 },
  ...change,
});

/** A job whose only channel is the script. */
export const aScriptJob = (name: string, change: Partial<CreateTrainingJobRequest> = {}) =>
  aTrainingJob(name, { InputDataConfig: [channel('code', `${name}/`)], ...change });

export const describeJob = (cloud: Cloud, TrainingJobName: string) =>
  cloud.control.send(new DescribeTrainingJobCommand({ TrainingJobName }));

export const ended = (cloud: Cloud, name: string) =>
  until(
    () => describeJob(cloud, name),
    ({ TrainingJobStatus: status = '' }) => ['Completed', 'Failed', 'Stopped'].includes(status),
  );

export const train = async (cloud: Cloud, job: CreateTrainingJobRequest) => {
  await cloud.control.send(new CreateTrainingJobCommand(job));
  return ended(cloud, job.TrainingJobName ?? '');
};
