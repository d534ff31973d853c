import { createHash } from 'node:crypto';
import { createApp } from '../../../lambdas/api/app.ts';
import type { ApiDeps } from '../../../lambdas/api/deps.ts';
import type { Principal, Role } from '../../../lib/domain/registry/token.ts';
import type { ModelSpec } from '../../../lib/domain/spec.ts';
import { inferSchemaAlone } from '../../../lib/engine/read/infer-schema.ts';
import { silentLogger } from '../../../lib/runtime/logger.ts';
import type { ExecutionState } from '../../../lib/stores/executions.ts';
import { memoryObjectStore } from '../../../lib/stores/objects/object-store-memory.ts';
import { memoryRegistry } from '../../../lib/stores/registry/registry-memory.ts';
import { tokenStore } from '../../../lib/stores/registry/tokens.ts';

export const NOW = new Date('2026-11-24T12:00:00.000Z');

/** The API on twins of its stores, with every token anyone could wish for. */
export function aWorld() {
  const registry = memoryRegistry();
  const executions = new Map<string, ExecutionState>();
  const endpoints = new Set<string>();
  const messages: string[] = [];
  let queueUp = true;
  let ids = 0;
  const deps: ApiDeps = {
    registry,
    tokens: tokenStore(registry),
    landing: memoryObjectStore('landing'),
    artifacts: memoryObjectStore('artifacts'),
    labelQueue: {
      send: async (bodies) => {
        if (queueUp) messages.push(...bodies);
        return bodies.map(() => queueUp);
      },
    },
    executions: {
      start: async (pipeline, name) => {
        executions.set(`${pipeline}/${name}`, 'running');
        return name;
      },
      describe: async (pipeline, name) => executions.get(`${pipeline}/${name}`),
    },
    endpoints: {
      deploy: async () => {},
      describe: async (name) => (endpoints.has(name) ? { status: 'InService' } : undefined),
      remove: async (name) => endpoints.delete(name),
      invoke: async () => ({}),
    },
    inferSchema: inferSchemaAlone,
    checkSql: async (spec) =>
      spec.features.sql.includes('nope') ? [{ path: 'features.sql', message: 'names no column: nope' }] : [],
    stage: 'test',
    release: '0.1.0',
    now: () => NOW,
    newId: () => `id-${++ids}`,
    log: silentLogger,
  };
  const app = createApp(deps);
  const call = async (
    who: Principal | undefined,
    method: string,
    path: string,
    body?: unknown,
    key?: string,
  ) => {
    const response = await app.request(
      path,
      {
        method,
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        headers: { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) },
      },
      who && { requestContext: { authorizer: { lambda: { principal: JSON.stringify(who) } } } },
    );
    // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
    return { status: response.status, body: (await response.json()) as any };
  };
  return {
    deps,
    registry,
    executions,
    endpoints,
    messages,
    call,
    breakQueue: () => {
      queueUp = false;
    },
  };
}

export type World = ReturnType<typeof aWorld>;

export function aPrincipal(role: Role, models: readonly string[] = ['*'], name: string = role): Principal {
  return { tokenId: `${name}-token`, name, roles: [role], models };
}

export const admin = aPrincipal('admin');
export const builder = aPrincipal('builder');
export const approver = aPrincipal('approver');
export const operator = aPrincipal('operator');
export const viewer = aPrincipal('viewer');
export const caller = aPrincipal('caller');

export function aSpec(name = 'churn'): ModelSpec {
  return {
    name,
    task: 'binary',
    schema: {
      timeColumn: 'seen_at',
      idColumn: 'customer',
      label: 'left',
      columns: [
        { name: 'customer', type: 'string' },
        { name: 'seen_at', type: 'timestamp' },
        { name: 'age', type: 'integer', min: 0 },
        { name: 'plan', type: 'string', nullable: true },
        { name: 'left', type: 'boolean' },
      ],
    },
    features: { sql: 'SELECT age, plan FROM input' },
    training: { days: 90, holdoutDays: 14 },
    evaluation: { metric: 'auc', gates: [{ metric: 'auc', against: 'champion', margin: 0.005 }] },
    monitoring: { window: 'month', drift: {} },
    retraining: {},
  } as unknown as ModelSpec;
}

export async function withModel(world: World, name = 'churn'): Promise<World> {
  const { status } = await world.call(builder, 'PUT', `/models/${name}`, aSpec(name));
  if (status !== 200) throw new Error(`the model could not be made, got ${status}`);
  return world;
}

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
