import { championsOf } from '../../../lambdas/predict/champions.ts';
import type { PredictDeps } from '../../../lambdas/predict/deps.ts';
import { contentHash } from '../../../lib/domain/canonical-json.ts';
import { type ModelSpec, specSchema } from '../../../lib/domain/spec.ts';
import { createFeatures } from '../../../lib/engine/features/features.ts';
import { silentLogger } from '../../../lib/runtime/logger.ts';
import { memoryRegistry } from '../../../lib/stores/registry/registry-memory.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';

export function aSpec(sql = 'SELECT age * 2 AS twice, upper(plan) AS plan FROM input'): ModelSpec {
  return specSchema.parse({
    name: 'churn',
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
        { name: 'income', type: 'number', nullable: true, max: 100, tolerance: 0.1 },
        { name: 'left', type: 'boolean' },
      ],
    },
    features: { sql },
    training: { days: 90, holdoutDays: 14 },
    evaluation: { metric: 'auc', gates: [{ metric: 'auc', atLeast: 0.6 }] },
    monitoring: { window: 'month', drift: {} },
    retraining: {},
  });
}

export const aRow = (more: Record<string, unknown> = {}) => ({
  customer: 'c-1',
  seen_at: '2026-11-24T09:30:00Z',
  age: 40,
  plan: 'basic',
  ...more,
});

export interface EndpointCall {
  readonly name: string;
  readonly payload: { readonly columns: readonly string[]; readonly rows: readonly unknown[][] };
}

/** Predict on a real engine, with an endpoint and a queue that a test can break. */
export async function aWorld() {
  const registry = memoryRegistry();
  const state = {
    now: new Date('2026-11-24T12:00:00.000Z'),
    queueUp: true,
    endpoint: 'up' as 'up' | 'down' | 'odd',
  };
  const calls: EndpointCall[] = [];
  const messages: string[] = [];
  const metrics: [string, number][] = [];
  let ids = 0;
  const clocks = { now: () => state.now, newId: () => `00000000-${++ids}` };
  const deps: PredictDeps = {
    ...clocks,
    champions: championsOf({ ...clocks, registry, createFeatures, stage: 'test' }),
    endpoints: {
      invoke: async (name, payload) => {
        calls.push({ name, payload: payload as EndpointCall['payload'] });
        if (state.endpoint === 'down') throw new Error('connection refused');
        if (state.endpoint === 'odd') return { predictions: [] };
        const { rows } = payload as EndpointCall['payload'];
        return {
          predictions: rows.map(() => ({
            label: true,
            score: 0.75,
            probabilities: { true: 0.75, false: 0.25 },
          })),
        };
      },
    },
    queue: {
      send: async (bodies) => {
        if (state.queueUp) messages.push(...bodies);
        return bodies.map(() => state.queueUp);
      },
    },
    metrics: { emit: (name, value) => metrics.push([name, value]) },
    log: silentLogger,
  };
  const applySpec = (spec: ModelSpec) =>
    registry.decide('churn', () => ({
      answer: undefined,
      entry: {
        at: clocks.now().toISOString(),
        actor: 'test',
        action: 'spec-applied',
        subject: 'spec',
        facts: {},
      },
      head: { specHash: contentHash(spec) },
      writes: [{ sk: sk.spec(contentHash(spec)), item: spec }],
    }));
  const promote = (number: number, spec: ModelSpec) =>
    registry.decide('churn', () => ({
      answer: undefined,
      entry: {
        at: clocks.now().toISOString(),
        actor: 'test',
        action: 'champion-changed',
        subject: 'x',
        facts: {},
      },
      head: { champion: number },
      writes: [{ sk: sk.version(number), item: { model: 'churn', number, specHash: contentHash(spec) } }],
    }));
  await applySpec(aSpec());
  return { deps, state, calls, messages, metrics, registry, applySpec, promote };
}

export async function aServingWorld() {
  const world = await aWorld();
  await world.promote(1, aSpec());
  return world;
}
