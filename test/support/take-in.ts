import { judgeDataset } from '../../lambdas/judge-dataset/judge-dataset.ts';
import { mergeProfiles } from '../../lambdas/merge-profiles/merge-profiles.ts';
import { openIntake } from '../../lambdas/open-intake/open-intake.ts';
import { profileObject } from '../../lambdas/profile-object/profile-object.ts';
import { requiredJson } from '../../lib/stores/required.ts';
import { MODEL, type World } from './a-world.ts';

interface Failed {
  readonly Input: string;
  readonly Error: string;
  readonly Cause: string;
}

/** The intake of an upload as its state machine runs it: each batch is tried twice, and the causes of those that fail are kept. */
export async function takeIn(world: World, uploadId: string, profile: typeof profileObject = profileObject) {
  const opened = await openIntake({ model: MODEL, uploadId }, world);
  if (opened.duplicate) return { ...opened, status: 'duplicate' as const };
  const { folder, datasetId, batches, batchesKey, mergeKeys, resultsPrefix } = opened;
  const judged = { model: MODEL, uploadId, datasetId, folder };
  if (batches === 0) return judgeDataset(judged, world);
  const failed: Failed[] = [];
  for (const { batch } of await requiredJson<{ batch: number }[]>(world.artifacts, batchesKey)) {
    const input = { folder, batch };
    await profile(input, world).catch(() =>
      profile(input, world).catch(({ name, message }: Error) => {
        failed.push({
          Input: JSON.stringify(input),
          Error: name,
          Cause: JSON.stringify({ errorMessage: message }),
        });
      }),
    );
  }
  for (const key of mergeKeys)
    for (const merge of await requiredJson<{ level: number; group: number }[]>(world.artifacts, key))
      await mergeProfiles({ folder, ...merge }, world);
  const [resultsKey, failedKey] = [`${resultsPrefix}/manifest.json`, `${resultsPrefix}/FAILED_0.json`];
  await world.artifacts.putJson(failedKey, failed);
  await world.artifacts.putJson(resultsKey, { ResultFiles: { FAILED: [{ Key: failedKey }] } });
  return judgeDataset({ ...judged, resultsKey }, world);
}
