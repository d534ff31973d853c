import type {
  CreateEndpointInput,
  DeleteEndpointInput,
  DescribeEndpointInput,
  ListEndpointsInput,
  UpdateEndpointInput,
} from '@aws-sdk/client-sagemaker';
import { arnOf } from './arn.ts';
import { endpointChanges } from './endpoint-changes.ts';
import type { EndpointConfigs, Variant } from './endpoint-config.ts';
import { describeEndpoint, type Endpoint, newEndpoint } from './endpoint-record.ts';
import { invalid } from './errors.ts';
import { requiredName } from './input.ts';
import type { Models } from './model.ts';
import { page } from './page.ts';
import type { Tags } from './tags.ts';
import { epochSeconds, type ResourceKind, type Twin } from './twin.ts';

export type Endpoints = ResourceKind & { readonly find: (name: string) => Endpoint | undefined };

const wantedVariant = (configs: EndpointConfigs, name: string): Variant => {
  const variant = configs.find(name);
  if (!variant) throw invalid(`Could not find endpoint configuration "${arnOf('endpoint-config', name)}".`);
  return variant;
};

const checkSettled = ({ status, arn }: Endpoint) => {
  if (status !== 'InService' && status !== 'Failed')
    throw invalid(`Cannot update in-progress endpoint "${arn}".`);
};

export const createEndpoints = (
  twin: Twin,
  tags: Tags,
  configs: EndpointConfigs,
  models: Models,
): Endpoints => {
  const endpoints = new Map<string, Endpoint>();
  const changes = endpointChanges(twin, tags, models, endpoints);

  const find = (value: string | undefined): Endpoint => {
    const name = requiredName(value, 'EndpointName');
    const endpoint = endpoints.get(name);
    if (!endpoint) throw invalid(`Could not find endpoint "${arnOf('endpoint', name)}".`);
    return endpoint;
  };

  const create = (input: CreateEndpointInput) => {
    const name = requiredName(input.EndpointName, 'EndpointName');
    const configName = requiredName(input.EndpointConfigName, 'EndpointConfigName');
    const existing = endpoints.get(name);
    if (existing) throw invalid(`Cannot create already existing endpoint "${existing.arn}".`);
    const variant = wantedVariant(configs, configName);
    const endpoint = newEndpoint(name, configName, epochSeconds(twin.nowMs()));
    endpoints.set(name, endpoint);
    tags.set(endpoint.arn, input.Tags);
    changes.create(endpoint, variant);
    return { EndpointArn: endpoint.arn };
  };

  const update = (input: UpdateEndpointInput) => {
    const endpoint = find(input.EndpointName);
    const configName = requiredName(input.EndpointConfigName, 'EndpointConfigName');
    const variant = wantedVariant(configs, configName);
    checkSettled(endpoint);
    if (endpoint.status === 'Failed') {
      throw invalid(`Cannot update failed endpoint "${endpoint.arn}", delete it first.`);
    }
    changes.update(endpoint, configName, variant);
    return { EndpointArn: endpoint.arn };
  };

  return {
    find: (name) => endpoints.get(name),
    actions: {
      CreateEndpoint: create,
      UpdateEndpoint: update,
      DescribeEndpoint: (input: DescribeEndpointInput) => describeEndpoint(find(input.EndpointName)),
      DeleteEndpoint: (input: DeleteEndpointInput) => {
        const endpoint = find(input.EndpointName);
        checkSettled(endpoint);
        changes.remove(endpoint);
        return {};
      },
      ListEndpoints: (input: ListEndpointsInput) => {
        const read = {
          name: (endpoint: Endpoint) => endpoint.name,
          status: (endpoint: Endpoint) => endpoint.status,
        };
        const { items, NextToken } = page(input, [...endpoints.values()], read, input.StatusEquals);
        return { Endpoints: items.map(describeEndpoint), NextToken };
      },
    },
    stop: changes.stop,
  };
};
