import type { DatasetVersion } from '../../lib/domain/registry/dataset.ts';
import type { Head } from '../../lib/domain/registry/head.ts';
import type { Run } from '../../lib/domain/registry/run.ts';
import { type ModelSpec, specSchema } from '../../lib/domain/spec.ts';
import type { Registry, Write } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';

export const AT = '2026-11-24T12:00:00.000Z';

/** A spec that guards retraining: cool-down of a day, two a day, ten a month, a thousand new labels. */
export function aSpec(retraining: Partial<ModelSpec['retraining']> = {}): ModelSpec {
  return specSchema.parse({
    name: 'churn',
    task: 'binary',
    schema: {
      timeColumn: 'at',
      label: 'left',
      columns: [
        { name: 'at', type: 'timestamp' },
        { name: 'age', type: 'number' },
        { name: 'left', type: 'boolean' },
      ],
    },
    features: { sql: 'SELECT age FROM input' },
    training: { days: 90, holdoutDays: 14 },
    evaluation: { metric: 'auc', gates: [{ metric: 'auc', atLeast: 0.6 }] },
    monitoring: { window: 'month', drift: {} },
    retraining,
  });
}

export function aDataset(more: Partial<DatasetVersion> = {}): DatasetVersion {
  return {
    model: 'churn',
    id: 'd1',
    uploadId: 'u1',
    origin: 'upload',
    status: 'accepted',
    rows: 10_000,
    bytes: 1_000_000,
    from: '2026-08-01T00:00:00.000Z',
    to: '2026-10-31T23:59:59.999Z',
    specHash: 's1',
    findings: [],
    objects: 1,
    manifestKey: 'datasets/churn/d1/manifest.json',
    createdAt: AT,
    ...more,
  };
}

export function aRun(more: Partial<Run> = {}): Run {
  return {
    model: 'churn',
    id: 'churn-r1',
    status: 'running',
    attempt: 1,
    trigger: { kind: 'person', token: 't1' },
    specHash: 's1',
    from: '2026-08-02T00:00:00.000Z',
    holdoutFrom: '2026-10-17T00:00:00.000Z',
    to: '2026-10-31T00:00:00.000Z',
    asOf: AT,
    datasets: ['d1'],
    startedAt: AT,
    ...more,
  };
}

export interface ModelState {
  readonly model?: string;
  readonly spec?: ModelSpec;
  readonly head?: Partial<Head>;
  readonly datasets?: readonly DatasetVersion[];
  readonly writes?: readonly Write[];
}

/** A model as its first ledger entry leaves it. */
export async function applyModel(registry: Registry, state: ModelState = {}): Promise<string> {
  const { model = 'churn', spec = aSpec(), head, datasets = [], writes = [] } = state;
  await registry.decide(model, () => ({
    answer: undefined,
    entry: { at: AT, actor: 'token/ada', action: 'spec-applied', subject: 'spec/s1', facts: {} },
    head: { specHash: 's1', ...head },
    writes: [
      { sk: sk.spec('s1'), item: spec },
      ...datasets.map((d) => ({ sk: sk.dataset(d.id), item: { ...d, model } })),
      ...writes,
    ],
  }));
  return model;
}
