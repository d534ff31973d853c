import { describe, expect, it } from 'vitest';
import { syncSchedules } from '../../../lambdas/sync-schedules/sync-schedules.ts';
import { silentLogger } from '../../../lib/runtime/logger.ts';
import { memoryRegistry } from '../../../lib/stores/registry/registry-memory.ts';
import type { Schedule } from '../../../lib/stores/schedules.ts';
import { applyModel, aSpec, type ModelState } from '../../support/a-model.ts';

async function wanted(state?: ModelState) {
  const registry = memoryRegistry();
  if (state) await applyModel(registry, state);
  const applied: Schedule[] = [];
  const schedules = {
    apply: async (_model: string, all: readonly Schedule[]) => {
      applied.push(...all);
      return all.map((s) => s.purpose);
    },
  };
  await syncSchedules({ model: 'churn' }, { registry, schedules, log: silentLogger });
  return applied;
}

describe('sync-schedules', () => {
  it('monitors every model by its spec', async () => {
    expect(await wanted({})).toEqual([{ purpose: 'monitor', expression: 'rate(1 hour)' }]);
  });

  it('retrains by schedule where the spec says so', async () => {
    expect(await wanted({ spec: aSpec({ schedule: 'rate(7 days)' }) })).toContainEqual({
      purpose: 'retrain',
      expression: 'rate(7 days)',
    });
  });

  it('wants none for a model that is deleted or was never applied', async () => {
    expect(await wanted({ head: { deleted: true } })).toEqual([]);
    expect(await wanted()).toEqual([]);
  });
});
