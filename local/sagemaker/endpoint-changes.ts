import { arnOf } from './arn.ts';
import type { Variant } from './endpoint-config.ts';
import { type Endpoint, enterStatus, type Status } from './endpoint-record.ts';
import type { Models } from './model.ts';
import { type ModelServer, startModelServer } from './model-server.ts';
import type { Tags } from './tags.ts';
import type { Twin } from './twin.ts';

export type EndpointChanges = {
  readonly create: (endpoint: Endpoint, variant: Variant) => void;
  readonly update: (endpoint: Endpoint, configName: string, variant: Variant) => void;
  readonly remove: (endpoint: Endpoint) => void;
  readonly stop: () => Promise<void>;
};

/** What happens to endpoints while their callers have an answer already. `endpoints` loses the removed ones. */
export const endpointChanges = (
  twin: Twin,
  tags: Tags,
  models: Models,
  endpoints: Map<string, Endpoint>,
): EndpointChanges => {
  const pending = new Set<Promise<void>>();
  let stopping = false;

  const enter = (endpoint: Endpoint, status: Status, reason?: string) =>
    enterStatus(twin, tags, endpoint, status, reason);

  const track = (change: Promise<void>) => {
    const tracked = change.finally(() => pending.delete(tracked));
    pending.add(tracked);
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
    if (stopping) return server.stop(0);
    const previous = endpoint.server;
    Object.assign(endpoint, { server, variant });
    delete endpoint.failureReason;
    void watch(endpoint, server);
    enter(endpoint, 'InService');
    await previous?.stop();
  };

  const serveOrRollBack = async (endpoint: Endpoint, variant: Variant, previous: string) => {
    try {
      await serve(endpoint, variant);
    } catch (error) {
      enter(endpoint, 'RollingBack', (error as Error).message);
      endpoint.configName = previous;
      enter(endpoint, 'InService');
    }
  };

  const end = async (endpoint: Endpoint) => {
    await endpoint.server?.stop();
    endpoints.delete(endpoint.name);
    tags.drop(endpoint.arn);
  };

  return {
    create: (endpoint, variant) => {
      enter(endpoint, 'Creating');
      track(serve(endpoint, variant).catch((error: Error) => enter(endpoint, 'Failed', error.message)));
    },
    update: (endpoint, configName, variant) => {
      const previous = endpoint.configName;
      endpoint.configName = configName;
      enter(endpoint, 'Updating');
      track(serveOrRollBack(endpoint, variant, previous));
    },
    remove: (endpoint) => {
      enter(endpoint, 'Deleting');
      track(end(endpoint));
    },
    stop: async () => {
      stopping = true;
      await Promise.all([...endpoints.values()].map(({ server }) => server?.stop(0)));
      await Promise.all(pending);
    },
  };
};
