import { resolve } from 'node:path';
import { readSpecFile } from '../bin/mooring/spec-file.ts';
import { championsOf } from '../lambdas/predict/champions.ts';
import type { PredictDeps } from '../lambdas/predict/deps.ts';
import { predict } from '../lambdas/predict/predict.ts';
import { contentHash } from '../lib/domain/canonical-json.ts';
import { specSchema } from '../lib/domain/spec.ts';
import { createFeatures } from '../lib/engine/features/features.ts';
import { randomId, systemNow } from '../lib/runtime/clock.ts';
import { silentLogger } from '../lib/runtime/logger.ts';
import { memoryRegistry } from '../lib/stores/registry/registry-memory.ts';
import { sk } from '../lib/stores/registry/sort-keys.ts';
import { A_FLIGHT } from './a-flight.ts';
import { percentile, type Report, timeCalls } from './measure.ts';

const EXAMPLE = resolve(import.meta.dirname, '..', 'examples', 'flights', 'model.yaml');
const WARM_UP_CALLS = 300;
const CALLS = 3000;

/** The predict verb for one row of the flights example: validation, features and log record are real, endpoint and queue are not. */
export async function benchPredictVerb(report: Report): Promise<void> {
  const { model, deps } = await aServingModel();
  const call = () => predict({ model, rows: [A_FLIGHT] }, deps);
  await timeCalls(WARM_UP_CALLS, 1, call);
  const { eachMs } = await timeCalls(CALLS, 1, call);
  for (const p of [50, 99])
    report({ bench: 'predict', metric: `verb-p${p}`, value: percentile(eachMs, p), unit: 'ms' });
}

async function aServingModel(): Promise<{ readonly model: string; readonly deps: PredictDeps }> {
  const spec = specSchema.parse((await readSpecFile(EXAMPLE)).spec);
  const registry = memoryRegistry();
  const specHash = contentHash(spec);
  await registry.decide(spec.name, () => ({
    answer: undefined,
    entry: {
      at: systemNow().toISOString(),
      actor: 'bench',
      action: 'champion-changed',
      subject: 'version/1',
      facts: {},
    },
    head: { specHash, champion: 1 },
    writes: [
      { sk: sk.spec(specHash), item: spec },
      { sk: sk.version(1), item: { model: spec.name, number: 1, specHash } },
    ],
  }));
  const clocks = { now: systemNow, newId: randomId };
  const deps: PredictDeps = {
    ...clocks,
    champions: championsOf({ ...clocks, registry, createFeatures, stage: 'bench' }),
    endpoints: { invoke: async () => ({ predictions: [{ label: false, score: 0.2 }] }) },
    queue: { send: async (bodies) => bodies.map(() => true) },
    metrics: { emit: () => {} },
    log: silentLogger,
  };
  return { model: spec.name, deps };
}
