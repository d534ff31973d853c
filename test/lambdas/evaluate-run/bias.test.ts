import { describe, expect, it } from 'vitest';
import type { ModelVersion } from '../../../lib/domain/registry/version.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { requiredItem } from '../../../lib/stores/required.ts';
import { aStartedRun, sees, trainAndEvaluate } from '../../support/a-training.ts';
import { aWorld, delaySpec, MODEL } from '../../support/a-world.ts';

describe('evaluate-run of a model with declared groups', () => {
  it('rejects a version that treats declared groups unequally, though none is a feature', async () => {
    const unequal = delaySpec({
      fairness: { groups: [{ column: 'temp', above: 5 }], favourable: ['false'] },
      evaluation: {
        metric: 'auc',
        gates: [
          { metric: 'auc', atLeast: 0.6 },
          { bias: 'DI', column: 'temp', atLeast: 0.8, atMost: 1.25 },
        ],
      },
    });
    const world = await aWorld(unequal);
    const { outcome } = await trainAndEvaluate(world, await aStartedRun(world), { challenger: sees });
    expect(outcome).toBe('rejected');
    const { gates, fairness } = await requiredItem<ModelVersion>(world.registry, MODEL, sk.version(1));
    expect(gates[1]).toMatchObject({ metric: 'DI', verdict: 'fail' });
    expect(gates[1]?.reason).toMatch(/^DI of temp above is infinite, wanted at least 0.8 and at most 1.25$/);
    expect(fairness?.verdict).toBe('outside');
  });
});
