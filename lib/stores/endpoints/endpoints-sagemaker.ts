import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DeleteEndpointCommand,
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  DescribeEndpointCommand,
  type SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import type { Endpoints, EndpointWanted } from './endpoints.ts';

export interface SageMakerEndpointsOptions {
  readonly control: SageMakerClient;
  readonly invoke: Endpoints['invoke'];
}

/** Model, endpoint config and endpoint share one name. */
export function sageMakerEndpoints({ control, invoke }: SageMakerEndpointsOptions): Endpoints {
  return {
    async deploy(wanted) {
      await unlessThere(() => control.send(modelCommand(wanted)));
      await unlessThere(() => control.send(configCommand(wanted)));
      await unlessThere(() =>
        control.send(
          new CreateEndpointCommand({
            EndpointName: wanted.name,
            EndpointConfigName: wanted.name,
            Tags: tagsOf(wanted),
          }),
        ),
      );
    },
    describe: (name) =>
      ifThere(async () => {
        const found = await control.send(new DescribeEndpointCommand({ EndpointName: name }));
        return {
          status: found.EndpointStatus ?? 'Unknown',
          ...(found.FailureReason && { failureReason: found.FailureReason }),
        };
      }),
    async remove(name) {
      const deleted = await ifThere(() => control.send(new DeleteEndpointCommand({ EndpointName: name })));
      await ifThere(() => control.send(new DeleteEndpointConfigCommand({ EndpointConfigName: name })));
      await ifThere(() => control.send(new DeleteModelCommand({ ModelName: name })));
      return deleted !== undefined;
    },
    invoke,
  };
}

function modelCommand(wanted: EndpointWanted) {
  return new CreateModelCommand({
    ModelName: wanted.name,
    ExecutionRoleArn: wanted.roleArn,
    PrimaryContainer: {
      Image: wanted.image,
      ModelDataUrl: wanted.modelDataUrl,
      Environment: { ...wanted.environment },
    },
    Tags: tagsOf(wanted),
  });
}

function configCommand(wanted: EndpointWanted) {
  return new CreateEndpointConfigCommand({
    EndpointConfigName: wanted.name,
    ProductionVariants: [
      {
        VariantName: 'live',
        ModelName: wanted.name,
        ServerlessConfig: { MemorySizeInMB: wanted.memoryMb, MaxConcurrency: wanted.maxConcurrency },
      },
    ],
    Tags: tagsOf(wanted),
  });
}

const tagsOf = (wanted: EndpointWanted) => [{ Key: 'mooring:model', Value: wanted.model }];

/** SageMaker says both in the sentence of a ValidationException only. */
const EXISTS = /already exist/i;
const MISSING = /could not find/i;

async function unlessThere(create: () => Promise<unknown>): Promise<void> {
  try {
    await create();
  } catch (error) {
    if (!(error instanceof Error) || !EXISTS.test(error.message)) throw error;
  }
}

async function ifThere<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Error && MISSING.test(error.message)) return undefined;
    throw error;
  }
}
