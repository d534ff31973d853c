import { promoteVersion } from '../../lambdas/promote-version/promote-version.ts';
import { writeLabels } from '../../lambdas/write-labels/write-labels.ts';
import { writePredictions } from '../../lambdas/write-predictions/write-predictions.ts';
import type { LabelRecord } from '../../lib/domain/labels/label.ts';
import { predictionId } from '../../lib/domain/predictions/prediction-id.ts';
import type { PredictionRecord } from '../../lib/domain/predictions/record.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import type { WindowExport } from '../../lib/domain/registry/window.ts';
import type { ModelSpec } from '../../lib/domain/spec.ts';
import { createFeatures } from '../../lib/engine/features/features.ts';
import { packPredictions } from '../../lib/stores/prediction-message.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { requiredItem, requiredSpec } from '../../lib/stores/required.ts';
import { aStartedRelease } from './a-release.ts';
import { aStartedRun, sees, trainAndEvaluate } from './a-training.ts';
import { aWorld, delaySpec, MODEL, NOW, sha256, type Trip, type World } from './a-world.ts';

/** A world whose version 1 was trained, evaluated and promoted. */
export async function aServingWorld(spec: ModelSpec = delaySpec()): Promise<World> {
  const world = await aWorld(spec);
  await trainAndEvaluate(world, await aStartedRun(world), { challenger: sees });
  const version = await requiredItem<ModelVersion>(world.registry, MODEL, sk.version(1));
  const { id } = await aStartedRelease(world, { ...version, status: 'approved' });
  await promoteVersion({ model: MODEL, releaseId: id, version: 1 }, world);
  return world;
}

/** Serves trips by a version and lets the log be written, named after the message; the records. */
export async function serve(
  world: World,
  rows: readonly Trip[],
  messageId: string,
  version = 1,
): Promise<readonly PredictionRecord[]> {
  const { specHash } = await requiredItem<ModelVersion>(world.registry, MODEL, sk.version(version));
  const features = await createFeatures(await requiredSpec(world.registry, MODEL, specHash));
  const inputs = rows.map(({ late: _, ...input }) => input);
  const computed = await features.compute(inputs);
  features.close();
  const records = inputs.map((input, i): PredictionRecord => {
    const feature = computed[i] ?? {};
    const score = sees(feature);
    return {
      predictionId: predictionId(version, input.at, sha256(`${version}/${input.trip}`).slice(0, 20)),
      id: input.trip,
      eventTime: input.at,
      receivedAt: input.at,
      version,
      input,
      feature,
      output: { label: score > 0.5, score },
      latencyMs: 5,
    };
  });
  const bodies = packPredictions({ model: MODEL, version, records });
  for (const [i, body] of bodies.entries())
    await writePredictions({ messageId: `${messageId}-${i}`, body }, world);
  return records;
}

/** Sends what became of trips, as one queue message. */
export async function label(
  world: World,
  rows: readonly Trip[],
  messageId: string,
  more: Partial<LabelRecord> = {},
): Promise<void> {
  const labels = rows.map(
    (row): LabelRecord => ({
      id: row.trip,
      eventTime: row.at,
      label: row.late,
      revision: 0,
      source: 'test',
      receivedAt: '2026-11-24T11:00:00.000Z',
      ...more,
    }),
  );
  await writeLabels({ messageId, body: JSON.stringify({ v: 1, model: MODEL, labels }) }, world);
}

/** A window's first export, of a hundred rows. */
export function anExport(more: Partial<WindowExport> = {}): WindowExport {
  const counts = { labelled: 100, rows: 100, influenced: 0 };
  return { uploadId: 'window-1', revision: 1, until: NOW, ...counts, ...more };
}
