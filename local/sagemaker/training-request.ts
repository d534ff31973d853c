import type { CreateTrainingJobRequest } from '@aws-sdk/client-sagemaker';
import { invalid } from './errors.ts';
import { checkImage } from './images.ts';
import {
  checkInstances,
  integerBetween,
  oneOf,
  required,
  requiredName,
  requiredRole,
  requiredUri,
  unsupported,
} from './input.ts';
import {
  DEFAULT_MAX_RUNTIME_SECONDS,
  LONGEST_MAX_RUNTIME_SECONDS,
  MAX_HYPERPARAMETER_LENGTH,
  MAX_HYPERPARAMETERS,
} from './limits.ts';
import type { DataType } from './objects.ts';
import { type Metric, parseMetrics } from './training-metrics.ts';

export type Channel = {
  readonly name: string;
  readonly type: DataType;
  readonly uri: string;
  readonly contentType: string | undefined;
};

/** A valid request, in the words the job's run needs. */
export type TrainingRequest = {
  readonly name: string;
  readonly hyperParameters: Readonly<Record<string, string>>;
  readonly channels: readonly Channel[];
  readonly outputUri: string;
  readonly maxRuntimeSeconds: number;
  /** Script and arguments with /opt/ml paths, or the archive with the script (the older way). */
  readonly script:
    | { readonly argv: readonly string[] }
    | { readonly submitUri: string; readonly program: string };
  readonly environment: Readonly<Record<string, string>>;
  readonly metrics: readonly Metric[];
};

const hyperParameters = (input: CreateTrainingJobRequest) => {
  const given = Object.entries(input.HyperParameters ?? {});
  if (given.length > MAX_HYPERPARAMETERS) {
    throw invalid(`HyperParameters has ${given.length} entries, wanted ${MAX_HYPERPARAMETERS} at most`);
  }
  for (const [name, value] of given) {
    if (typeof value !== 'string') throw invalid(`HyperParameters.${name} is ${value}, wanted a string`);
    if (name.length > MAX_HYPERPARAMETER_LENGTH || value.length > MAX_HYPERPARAMETER_LENGTH) {
      throw invalid(
        `HyperParameters.${name.slice(0, 40)} is longer than ${MAX_HYPERPARAMETER_LENGTH} characters`,
      );
    }
  }
  return Object.fromEntries(given);
};

const channels = (input: CreateTrainingJobRequest): Channel[] =>
  (input.InputDataConfig ?? []).map((channel, index) => {
    const field = `InputDataConfig[${index}]`;
    const source = required(channel.DataSource?.S3DataSource, `${field}.DataSource.S3DataSource`);
    oneOf(channel.InputMode ?? input.AlgorithmSpecification?.TrainingInputMode, `${field}.InputMode`, [
      'File',
      'FastFile',
    ]);
    oneOf(channel.CompressionType ?? 'None', `${field}.CompressionType`, ['None']);
    return {
      name: requiredName(channel.ChannelName, `${field}.ChannelName`),
      type: oneOf(source.S3DataType, `${field}.S3DataType`, ['S3Prefix', 'ManifestFile']) as DataType,
      uri: requiredUri(source.S3Uri, `${field}.S3Uri`),
      contentType: channel.ContentType,
    };
  });

const script = (input: CreateTrainingJobRequest): TrainingRequest['script'] => {
  const { ContainerEntrypoint: entrypoint, ContainerArguments: argv } = required(
    input.AlgorithmSpecification,
    'AlgorithmSpecification',
  );
  if (!entrypoint) {
    const { sagemaker_program: program, sagemaker_submit_directory: directory } = input.HyperParameters ?? {};
    if (!program || !directory) {
      throw invalid(
        'AlgorithmSpecification has no ContainerEntrypoint and HyperParameters no sagemaker_program',
      );
    }
    return { submitUri: requiredUri(directory, 'HyperParameters.sagemaker_submit_directory'), program };
  }
  if (entrypoint.length !== 1 || !['python', 'python3'].includes(entrypoint[0] ?? '')) {
    throw invalid(
      `ContainerEntrypoint is ${JSON.stringify(entrypoint)}, the local SageMaker runs ["python3"]`,
    );
  }
  if (!argv?.length) throw invalid('ContainerArguments is missing, wanted the path of a script');
  return { argv };
};

const maxRuntimeSeconds = ({ StoppingCondition, EnableManagedSpotTraining }: CreateTrainingJobRequest) => {
  const { MaxRuntimeInSeconds: runtime = DEFAULT_MAX_RUNTIME_SECONDS, MaxWaitTimeInSeconds: wait } =
    StoppingCondition ?? {};
  integerBetween(runtime, 'StoppingCondition.MaxRuntimeInSeconds', 1, LONGEST_MAX_RUNTIME_SECONDS);
  if (EnableManagedSpotTraining && !(wait && wait >= runtime)) {
    throw invalid(
      `StoppingCondition.MaxWaitTimeInSeconds is ${wait}, wanted at least MaxRuntimeInSeconds ${runtime}`,
    );
  }
  return runtime;
};

export const parseTraining = (input: CreateTrainingJobRequest, instancesInUse: number): TrainingRequest => {
  const name = requiredName(input.TrainingJobName, 'TrainingJobName');
  requiredRole(input.RoleArn, 'RoleArn');
  checkImage(
    required(input.AlgorithmSpecification?.TrainingImage, 'AlgorithmSpecification.TrainingImage'),
    'TrainingImage',
  );
  const resources = required(input.ResourceConfig, 'ResourceConfig');
  checkInstances(resources.InstanceType, resources.InstanceCount, 'ResourceConfig', instancesInUse);
  required(resources.VolumeSizeInGB, 'ResourceConfig.VolumeSizeInGB');
  unsupported(resources.InstanceGroups, 'ResourceConfig.InstanceGroups');
  return {
    name,
    hyperParameters: hyperParameters(input),
    channels: channels(input),
    outputUri: requiredUri(input.OutputDataConfig?.S3OutputPath, 'OutputDataConfig.S3OutputPath'),
    maxRuntimeSeconds: maxRuntimeSeconds(input),
    script: script(input),
    environment: input.Environment ?? {},
    metrics: parseMetrics(input.AlgorithmSpecification?.MetricDefinitions),
  };
};
