import { championsOf } from '../../lambdas/predict/champions.ts';
import { predict } from '../../lambdas/predict/predict.ts';
import { writePredictions } from '../../lambdas/write-predictions/write-predictions.ts';
import { InvalidInputError } from '../../lib/domain/errors.ts';
import { createFeatures } from '../../lib/engine/features/features.ts';
import { silentLogger } from '../../lib/runtime/logger.ts';
import { MODEL, type World } from './a-world.ts';

/** Somebody who asks the version in service; what predict puts on its queue is written at once. */
export function aCaller(world: World): (rows: readonly unknown[]) => Promise<'served' | 'refused'> {
  let ids = 0;
  const clocks = { now: world.now, newId: () => `caller-${++ids}` };
  const deps = {
    ...clocks,
    champions: championsOf({ ...clocks, registry: world.registry, createFeatures, stage: world.stage }),
    endpoints: {
      invoke: async (_name: string, payload: unknown) => ({
        predictions: (payload as { rows: unknown[] }).rows.map(() => ({ label: true, score: 0.75 })),
      }),
    },
    queue: {
      send: async (bodies: readonly string[]) => {
        for (const body of bodies) await writePredictions({ messageId: `caller-${++ids}`, body }, world);
        return bodies.map(() => true);
      },
    },
    metrics: { emit: () => {} },
    log: silentLogger,
  };
  return async (rows) => {
    try {
      await predict({ model: MODEL, rows }, deps);
      return 'served';
    } catch (error) {
      if (error instanceof InvalidInputError) return 'refused';
      throw error;
    }
  };
}
