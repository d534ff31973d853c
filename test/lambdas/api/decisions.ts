import type { Approval } from '../../../lib/domain/registry/approval.ts';
import type { Head } from '../../../lib/domain/registry/head.ts';
import type { Run } from '../../../lib/domain/registry/run.ts';
import type { ModelVersion } from '../../../lib/domain/registry/version.ts';
import type { Write } from '../../../lib/stores/registry/registry.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { NOW, type World } from './world.ts';

/** Puts a model into a state as earlier decisions would have left it. */
export function given(
  world: World,
  head: Partial<Omit<Head, 'model' | 'ledger'>>,
  writes: readonly Write[] = [],
) {
  return world.registry.decide('churn', () => ({
    answer: undefined,
    entry: { at: NOW.toISOString(), actor: 'test', action: 'run-evaluated', subject: 'test', facts: {} },
    head,
    writes,
  }));
}

export const aVersion = (number: number, status: ModelVersion['status']): Write => ({
  sk: sk.version(number),
  item: {
    model: 'churn',
    number,
    status,
    runId: `run-${number}`,
    gates: [{ verdict: 'pass', reason: 'auc is 0.8, wanted at least 0.7' }],
  },
});

export const aRun = (more: Partial<Run> = {}): Write => ({
  sk: sk.run(more.id ?? 'run-1'),
  item: {
    model: 'churn',
    id: 'run-1',
    status: 'awaiting-approval',
    attempt: 1,
    datasets: [],
    version: 1,
    ...more,
  },
});

export const anApproval = (more: Partial<Approval> = {}): Write => ({
  sk: sk.approval('churn-v1'),
  kind: 'approval',
  sortedAt: NOW.toISOString(),
  item: {
    model: 'churn',
    id: 'churn-v1',
    version: 1,
    runId: 'run-1',
    status: 'open',
    starter: 'builder-token',
    requestedAt: NOW.toISOString(),
    ...more,
  },
});

export const actionsOf = async (world: World) =>
  (await world.registry.list<{ body: string }>('churn', 'LEDGER#')).items.map((e) => JSON.parse(e.body));
