import type {
  CreateEndpointConfigInput,
  DeleteEndpointConfigInput,
  DescribeEndpointConfigInput,
  ProductionVariant,
} from '@aws-sdk/client-sagemaker';
import { arnOf } from './arn.ts';
import { invalid } from './errors.ts';
import { checkInstances, integerBetween, oneOf, required, requiredName, unsupported } from './input.ts';
import {
  MAX_INSTANCE_PAYLOAD_BYTES,
  MAX_SERVERLESS_CONCURRENCY,
  MAX_SERVERLESS_PAYLOAD_BYTES,
  SERVERLESS_MEMORY_MB,
} from './limits.ts';
import type { Models } from './model.ts';
import type { Tags } from './tags.ts';
import { epochSeconds, type ResourceKind, type Twin } from './twin.ts';

/** What an endpoint needs of its configuration. */
export type Variant = {
  readonly name: string;
  readonly modelName: string;
  readonly maxConcurrency: number;
  readonly maxPayloadBytes: number;
  readonly described: ProductionVariant;
};

export type EndpointConfigs = ResourceKind & { readonly find: (name: string) => Variant | undefined };

const limitsOf = (variant: ProductionVariant, field: string) => {
  const serverless = variant.ServerlessConfig;
  if (!serverless) {
    checkInstances(variant.InstanceType, variant.InitialInstanceCount, field, 0);
    return { maxConcurrency: Number.POSITIVE_INFINITY, maxPayloadBytes: MAX_INSTANCE_PAYLOAD_BYTES };
  }
  unsupported(variant.InstanceType, `${field}.InstanceType beside ServerlessConfig`);
  oneOf(serverless.MemorySizeInMB, `${field}.ServerlessConfig.MemorySizeInMB`, SERVERLESS_MEMORY_MB);
  const maxConcurrency = integerBetween(
    serverless.MaxConcurrency,
    `${field}.ServerlessConfig.MaxConcurrency`,
    1,
    MAX_SERVERLESS_CONCURRENCY,
  );
  if (serverless.ProvisionedConcurrency !== undefined) {
    integerBetween(
      serverless.ProvisionedConcurrency,
      `${field}.ServerlessConfig.ProvisionedConcurrency`,
      1,
      maxConcurrency,
    );
  }
  return { maxConcurrency, maxPayloadBytes: MAX_SERVERLESS_PAYLOAD_BYTES };
};

const parse = (input: CreateEndpointConfigInput, models: Models): Variant => {
  const [variant, ...others] = required(input.ProductionVariants, 'ProductionVariants');
  if (others.length > 0) {
    throw invalid(
      `ProductionVariants has ${others.length + 1} entries, wanted 1: several variants are for instances only`,
    );
  }
  const described = required(variant, 'ProductionVariants');
  if (described.ServerlessConfig)
    unsupported(input.DataCaptureConfig, 'DataCaptureConfig beside ServerlessConfig');
  unsupported(input.ShadowProductionVariants, 'ShadowProductionVariants');
  unsupported(input.AsyncInferenceConfig, 'AsyncInferenceConfig');
  const modelName = requiredName(described.ModelName, 'ProductionVariants[0].ModelName');
  const model = models.find(modelName);
  if (!model) throw invalid(`Could not find model "${arnOf('model', modelName)}".`);
  if (model.inVpc && described.ServerlessConfig) {
    throw invalid(`model ${modelName} has a VpcConfig, wanted one without for a serverless variant`);
  }
  return {
    name: requiredName(described.VariantName, 'ProductionVariants[0].VariantName'),
    modelName,
    described,
    ...limitsOf(described, 'ProductionVariants[0]'),
  };
};

type Described = Omit<CreateEndpointConfigInput, 'Tags'> & {
  EndpointConfigArn: string;
  CreationTime: number;
};

export const createEndpointConfigs = (twin: Twin, tags: Tags, models: Models): EndpointConfigs => {
  const configs = new Map<string, { readonly variant: Variant; readonly described: Described }>();
  const find = (value: string | undefined) => {
    const name = requiredName(value, 'EndpointConfigName');
    const entry = configs.get(name);
    if (!entry) throw invalid(`Could not find endpoint configuration "${arnOf('endpoint-config', name)}".`);
    return { name, ...entry };
  };
  return {
    find: (name) => configs.get(name)?.variant,
    actions: {
      CreateEndpointConfig: (input: CreateEndpointConfigInput) => {
        const name = requiredName(input.EndpointConfigName, 'EndpointConfigName');
        const arn = arnOf('endpoint-config', name);
        if (configs.has(name))
          throw invalid(`Cannot create already existing endpoint configuration "${arn}".`);
        const { Tags: given, ...rest } = input;
        const described = { ...rest, EndpointConfigArn: arn, CreationTime: epochSeconds(twin.nowMs()) };
        configs.set(name, { variant: parse(input, models), described });
        tags.set(arn, given);
        return { EndpointConfigArn: arn };
      },
      DescribeEndpointConfig: (input: DescribeEndpointConfigInput) =>
        find(input.EndpointConfigName).described,
      DeleteEndpointConfig: (input: DeleteEndpointConfigInput) => {
        const { name } = find(input.EndpointConfigName);
        configs.delete(name);
        tags.drop(arnOf('endpoint-config', name));
        return {};
      },
    },
    stop: async () => {},
  };
};
