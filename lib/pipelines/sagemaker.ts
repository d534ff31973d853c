import { expr, type Json, type JsonObject, started, type TaskState } from './asl.ts';
import { SAGEMAKER_BUSY, SAGEMAKER_OUTAGES } from './outages.ts';

/**
 * Tasks of SageMaker as plain states: CDK's own classes lack the container's entrypoint. Fields of `$plan` are those
 * that `prepare-data` answers.
 */

/** Training jobs may run for 3 h (`training.maxRuntimeMinutes` of a spec); starting and ending take time as well. */
const TRAINING_SECONDS = 3 * 3600 + 900;
const TRANSFORM_SECONDS = 3600;
const CONTROL_SECONDS = 60;

const VOLUME_GIB = 30;

/** Names are new for every attempt and retry; work is found again by content, never by a name. */
export function jobName(role: string, suffix = ''): string {
  return `${started('runId')} & '-${role}-' & ${started('attempt')} & '-' & $states.context.State.RetryCount & '${suffix}'`;
}

interface Step {
  readonly assign?: JsonObject;
  readonly next: string;
}

export function trainingJob(step: Step & { readonly name: string; readonly job: string }): TaskState {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::sagemaker:createTrainingJob.sync',
    Arguments: {
      TrainingJobName: expr(step.name),
      AlgorithmSpecification: {
        TrainingImage: expr('$plan.image'),
        TrainingInputMode: 'File',
        ContainerEntrypoint: ['python3'],
        ContainerArguments: ['/opt/ml/input/data/code/train.py'],
      },
      RoleArn: expr('$plan.roleArn'),
      HyperParameters: expr(`${step.job}.hyperparameters`),
      InputDataConfig: [
        channel('code', '$plan.codeUri'),
        channel('train', '$plan.trainUri'),
        channel('validation', '$plan.validationUri'),
      ],
      OutputDataConfig: { S3OutputPath: expr('$plan.outputUri') },
      ResourceConfig: {
        InstanceCount: 1,
        InstanceType: expr('$plan.instanceType'),
        VolumeSizeInGB: VOLUME_GIB,
      },
      StoppingCondition: { MaxRuntimeInSeconds: expr('$plan.maxRuntimeSeconds') },
      Tags: TAGS,
    },
    TimeoutSeconds: TRAINING_SECONDS,
    Retry: [SAGEMAKER_BUSY, SAGEMAKER_OUTAGES],
    ...onward(step),
  };
}

export function createModel(
  step: Step & { readonly name: string; readonly image: string; readonly modelDataUrl: string },
): TaskState {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::sagemaker:createModel',
    Arguments: {
      ModelName: expr(step.name),
      ExecutionRoleArn: expr('$plan.roleArn'),
      PrimaryContainer: {
        Image: expr(step.image),
        ModelDataUrl: expr(step.modelDataUrl),
        Environment: {
          SAGEMAKER_PROGRAM: 'inference.py',
          SAGEMAKER_SUBMIT_DIRECTORY: '/opt/ml/model/code',
        },
      },
      Tags: TAGS,
    },
    TimeoutSeconds: CONTROL_SECONDS,
    Retry: [SAGEMAKER_OUTAGES],
    ...onward(step),
  };
}

export function transformJob(
  step: Step & { readonly name: string; readonly modelName: string; readonly inputUri: string },
): TaskState {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::sagemaker:createTransformJob.sync',
    Arguments: {
      TransformJobName: expr(step.name),
      ModelName: expr(step.modelName),
      BatchStrategy: 'MultiRecord',
      TransformInput: {
        DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: expr(step.inputUri) } },
        ContentType: 'application/jsonlines',
        SplitType: 'Line',
      },
      TransformOutput: {
        // A folder of its own, so that what is read back is what this job wrote.
        S3OutputPath: expr(`$plan.outputUri & '/' & ${step.name}`),
        Accept: 'application/jsonlines',
        AssembleWith: 'Line',
      },
      TransformResources: { InstanceCount: 1, InstanceType: expr('$plan.transformInstanceType') },
      Tags: TAGS,
    },
    TimeoutSeconds: TRANSFORM_SECONDS,
    Retry: [SAGEMAKER_BUSY, SAGEMAKER_OUTAGES],
    ...onward(step),
  };
}

export function describeEndpoint(step: Step & { readonly endpointName: string }): TaskState {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:sagemaker:describeEndpoint',
    Arguments: { EndpointName: expr(step.endpointName) },
    TimeoutSeconds: CONTROL_SECONDS,
    Retry: [SAGEMAKER_OUTAGES],
    ...onward(step),
  };
}

const TAGS: readonly Json[] = [{ Key: 'mooring:model', Value: expr(started('model')) }];

function channel(name: string, uri: string): JsonObject {
  return {
    ChannelName: name,
    InputMode: 'File',
    DataSource: {
      S3DataSource: { S3DataType: 'S3Prefix', S3DataDistributionType: 'FullyReplicated', S3Uri: expr(uri) },
    },
  };
}

function onward(step: Step) {
  return { ...(step.assign && { Assign: step.assign }), Next: step.next };
}
