import type { CreateTransformJobRequest } from '@aws-sdk/client-sagemaker';
import { arnOf } from './arn.ts';
import { invalid } from './errors.ts';
import { checkInstances, integerBetween, oneOf, required, requiredName, requiredUri } from './input.ts';
import {
  DEFAULT_TRANSFORM_INVOCATION_SECONDS,
  DEFAULT_TRANSFORM_PAYLOAD_MB,
  MAX_TRANSFORM_PAYLOAD_MB,
} from './limits.ts';
import type { Model, Models } from './model.ts';
import type { DataType } from './objects.ts';

const BYTES_PER_MB = 1024 * 1024;

const MS_PER_SECOND = 1000;

export type TransformRequest = {
  readonly name: string;
  readonly model: Model;
  readonly input: { readonly type: DataType; readonly uri: string; readonly contentType: string };
  readonly outputUri: string;
  readonly accept: string | undefined;
  readonly byLine: boolean;
  readonly manyRecords: boolean;
  readonly assembleByLine: boolean;
  readonly maxPayloadBytes: number;
  readonly invocationTimeoutMs: number;
};

const checkProcessing = ({ DataProcessing: processing }: CreateTransformJobRequest) => {
  oneOf(processing?.InputFilter ?? '$', 'DataProcessing.InputFilter', ['$']);
  oneOf(processing?.OutputFilter ?? '$', 'DataProcessing.OutputFilter', ['$']);
  oneOf(processing?.JoinSource ?? 'None', 'DataProcessing.JoinSource', ['None']);
};

const source = ({ TransformInput: given }: CreateTransformJobRequest): TransformRequest['input'] => {
  const input = required(given, 'TransformInput');
  const data = required(input.DataSource?.S3DataSource, 'TransformInput.DataSource.S3DataSource');
  oneOf(input.CompressionType ?? 'None', 'TransformInput.CompressionType', ['None']);
  return {
    type: oneOf(data.S3DataType, 'TransformInput.S3DataType', ['S3Prefix', 'ManifestFile']) as DataType,
    uri: requiredUri(data.S3Uri, 'TransformInput.S3Uri'),
    contentType: input.ContentType ?? 'application/octet-stream',
  };
};

export const parseTransform = (
  input: CreateTransformJobRequest,
  models: Models,
  instancesInUse: number,
): TransformRequest => {
  const name = requiredName(input.TransformJobName, 'TransformJobName');
  const modelName = requiredName(input.ModelName, 'ModelName');
  const model = models.find(modelName);
  if (!model) throw invalid(`Could not find model "${arnOf('model', modelName)}".`);
  const output = required(input.TransformOutput, 'TransformOutput');
  const resources = required(input.TransformResources, 'TransformResources');
  checkInstances(resources.InstanceType, resources.InstanceCount, 'TransformResources', instancesInUse);
  checkProcessing(input);
  const byLine =
    oneOf(input.TransformInput?.SplitType ?? 'None', 'TransformInput.SplitType', ['None', 'Line']) === 'Line';
  const payloadMb = integerBetween(
    input.MaxPayloadInMB ?? DEFAULT_TRANSFORM_PAYLOAD_MB,
    'MaxPayloadInMB',
    1,
    MAX_TRANSFORM_PAYLOAD_MB,
  );
  const seconds =
    input.ModelClientConfig?.InvocationsTimeoutInSeconds ?? DEFAULT_TRANSFORM_INVOCATION_SECONDS;
  return {
    name,
    model: { ...model, environment: { ...model.environment, ...input.Environment } },
    input: source(input),
    outputUri: requiredUri(output.S3OutputPath, 'TransformOutput.S3OutputPath'),
    accept: output.Accept,
    byLine,
    manyRecords:
      oneOf(input.BatchStrategy ?? 'MultiRecord', 'BatchStrategy', ['MultiRecord', 'SingleRecord']) ===
      'MultiRecord',
    assembleByLine:
      oneOf(output.AssembleWith ?? 'None', 'TransformOutput.AssembleWith', ['None', 'Line']) === 'Line',
    maxPayloadBytes: payloadMb * BYTES_PER_MB,
    invocationTimeoutMs:
      integerBetween(seconds, 'ModelClientConfig.InvocationsTimeoutInSeconds', 1, 3600) * MS_PER_SECOND,
  };
};
