import type {
  CreateEndpointInput,
  DeleteEndpointInput,
  DescribeEndpointInput,
  ListEndpointsInput,
  UpdateEndpointInput,
} from '@aws-sdk/client-sagemaker';
import { arnOf } from './arn.ts';
import type { EndpointConfigs, Variant } from './endpoint-config.ts';
import { invalid } from './errors.ts';
import { requiredName } from './input.ts';
import { MAX_FAILURE_REASON_LENGTH } from './limits.ts';
import type { Models } from './model.ts';
import { type ModelServer, startModelServer } from './model-server.ts';
import { page } from './page.ts';
import type { Tags } from './tags.ts';
import { epochSeconds, type ResourceKind, type Twin } from './twin.ts';

type Status = 'Creating' | 'Updating' | 'InService' | 'RollingBack' | 'Deleting' | 'Failed';

/** In the event, and only there, the status is written this way. */
const EVENT_STATUS = {
  Creating: 'CREATING',
  Updating: 'UPDATING',
  InService: 'IN_SERVICE',
  RollingBack: 'ROLLING_BACK',
  Deleting: 'DELETING',
  Failed: 'FAILED',
} as const satisfies Record<Status, string>;

export type Endpoint = {
  readonly name: string;
  readonly arn: string;
  readonly creationTime: number;
  status: Status;
  configName: string;
  lastModifiedTime: number;
  failureReason?: string;
  /** The variant and the process in service; they outlive a failed update. */
  variant?: Variant;
  server?: ModelServer;
  /** Calls under way, for the concurrency limit. */
  calls: number;
};

export type Endpoints = ResourceKind & { readonly find: (name: string) => Endpoint | undefined };

export const createEndpoints = (
  twin: Twin,
  tags: Tags,
  configs: EndpointConfigs,
  models: Models,
): Endpoints => {
  const endpoints = new Map<string, Endpoint>();
  const changes = new Set<Promise<void>>();
  let stopping = false;

  const describe = (endpoint: Endpoint) => {
    const { variant } = endpoint;
    const { VariantName, InitialInstanceCount, ServerlessConfig } = variant?.described ?? {};
    return {
      EndpointName: endpoint.name,
      EndpointArn: endpoint.arn,
      EndpointConfigName: endpoint.configName,
      EndpointStatus: endpoint.status,
      CreationTime: endpoint.creationTime,
      LastModifiedTime: endpoint.lastModifiedTime,
      FailureReason: endpoint.failureReason,
      ...(variant && {
        ProductionVariants: [
          {
            VariantName,
            CurrentWeight: 1,
            DesiredWeight: 1,
            ...(ServerlessConfig
              ? { CurrentServerlessConfig: ServerlessConfig }
              : { CurrentInstanceCount: InitialInstanceCount, DesiredInstanceCount: InitialInstanceCount }),
          },
        ],
      }),
    };
  };

  const enter = (endpoint: Endpoint, status: Status, reason?: string) => {
    Object.assign(endpoint, { status, lastModifiedTime: epochSeconds(twin.nowMs()) });
    if (reason) endpoint.failureReason = reason.slice(0, MAX_FAILURE_REASON_LENGTH);
    const detail = {
      ...describe(endpoint),
      EndpointStatus: EVENT_STATUS[status],
      Tags: tags.of(endpoint.arn),
    };
    twin.emit('SageMaker Endpoint State Change', endpoint.arn, detail);
  };

  /** An endpoint's process that dies without being asked to leaves a failed endpoint. */
  const watch = async (endpoint: Endpoint, server: ModelServer) => {
    const { code, signal } = await server.exit;
    if (endpoint.server !== server || endpoint.status === 'Deleting' || stopping) return;
    enter(
      endpoint,
      'Failed',
      `The primary container ended unexpectedly with ${signal ?? `exit code ${code}`}`,
    );
  };

  const serve = async (endpoint: Endpoint, variant: Variant) => {
    const model = models.find(variant.modelName);
    if (!model) throw new Error(`Could not find model "${arnOf('model', variant.modelName)}".`);
    const server = await startModelServer(twin, model, `endpoint ${endpoint.name}`);
    const previous = endpoint.server;
    Object.assign(endpoint, { server, variant });
    if (stopping || !endpoints.has(endpoint.name)) return server.stop(0);
    delete endpoint.failureReason;
    void watch(endpoint, server);
    enter(endpoint, 'InService');
    await previous?.stop();
  };

  const track = (change: Promise<void>) => {
    const tracked = change.finally(() => changes.delete(tracked));
    changes.add(tracked);
  };

  const wantedVariant = (name: string): Variant => {
    const variant = configs.find(name);
    if (!variant) throw invalid(`Could not find endpoint configuration "${arnOf('endpoint-config', name)}".`);
    return variant;
  };

  const find = (value: string | undefined): Endpoint => {
    const name = requiredName(value, 'EndpointName');
    const endpoint = endpoints.get(name);
    if (!endpoint) throw invalid(`Could not find endpoint "${arnOf('endpoint', name)}".`);
    return endpoint;
  };

  const settled = (value: string | undefined): Endpoint => {
    const endpoint = find(value);
    if (endpoint.status === 'InService' || endpoint.status === 'Failed') return endpoint;
    throw invalid(`Cannot update in-progress endpoint "${endpoint.arn}".`);
  };

  const create = (input: CreateEndpointInput) => {
    const name = requiredName(input.EndpointName, 'EndpointName');
    const configName = requiredName(input.EndpointConfigName, 'EndpointConfigName');
    const arn = arnOf('endpoint', name);
    if (endpoints.has(name)) throw invalid(`Cannot create already existing endpoint "${arn}".`);
    const variant = wantedVariant(configName);
    const at = epochSeconds(twin.nowMs());
    const endpoint: Endpoint = {
      name,
      arn,
      configName,
      status: 'Creating',
      creationTime: at,
      lastModifiedTime: at,
      calls: 0,
    };
    endpoints.set(name, endpoint);
    tags.set(arn, input.Tags);
    enter(endpoint, 'Creating');
    track(serve(endpoint, variant).catch((error: Error) => enter(endpoint, 'Failed', error.message)));
    return { EndpointArn: arn };
  };

  const update = (input: UpdateEndpointInput) => {
    const endpoint = settled(input.EndpointName);
    const configName = requiredName(input.EndpointConfigName, 'EndpointConfigName');
    const variant = wantedVariant(configName);
    const previous = endpoint.configName;
    if (endpoint.status === 'Failed')
      throw invalid(`Cannot update failed endpoint "${endpoint.arn}", delete it first.`);
    endpoint.configName = configName;
    enter(endpoint, 'Updating');
    const rollBack = (error: Error) => {
      enter(endpoint, 'RollingBack', error.message);
      endpoint.configName = previous;
      enter(endpoint, 'InService');
    };
    track(serve(endpoint, variant).catch(rollBack));
    return { EndpointArn: endpoint.arn };
  };

  const remove = async (endpoint: Endpoint) => {
    await endpoint.server?.stop();
    endpoints.delete(endpoint.name);
    tags.drop(endpoint.arn);
  };

  return {
    find: (name) => endpoints.get(name),
    actions: {
      CreateEndpoint: create,
      UpdateEndpoint: update,
      DescribeEndpoint: (input: DescribeEndpointInput) => describe(find(input.EndpointName)),
      DeleteEndpoint: (input: DeleteEndpointInput) => {
        const endpoint = settled(input.EndpointName);
        enter(endpoint, 'Deleting');
        track(remove(endpoint));
        return {};
      },
      ListEndpoints: (input: ListEndpointsInput) => {
        const read = {
          name: (endpoint: Endpoint) => endpoint.name,
          status: (endpoint: Endpoint) => endpoint.status,
        };
        const { items, NextToken } = page(input, [...endpoints.values()], read, input.StatusEquals);
        return { Endpoints: items.map(describe), NextToken };
      },
    },
    stop: async () => {
      stopping = true;
      await Promise.all([...endpoints.values()].map(({ server }) => server?.stop(0)));
      await Promise.all(changes);
    },
  };
};
