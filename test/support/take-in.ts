import { judgeDataset } from '../../lambdas/judge-dataset/judge-dataset.ts';
import { openIntake } from '../../lambdas/open-intake/open-intake.ts';
import { profileObject } from '../../lambdas/profile-object/profile-object.ts';
import { MODEL, type World } from './a-world.ts';

/** The intake of an upload as its state machine runs it. */
export async function takeIn(world: World, uploadId: string) {
  const opened = await openIntake({ model: MODEL, uploadId }, world);
  if (opened.duplicate) return { ...opened, status: 'duplicate' as const };
  const { objects, duplicate: _, ...common } = opened;
  const shards = [];
  for (const { index } of objects) shards.push(await profileObject({ ...common, index }, world));
  return judgeDataset({ model: MODEL, uploadId, datasetId: opened.datasetId, shards }, world);
}
