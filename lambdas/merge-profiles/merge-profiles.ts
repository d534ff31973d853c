import { z } from 'zod';
import type { IntakePlan, IntakeShard } from '../../lib/domain/intake/intake-plan.ts';
import {
  type MergedShards,
  mergedShard,
  mergeShards,
  missingShard,
  NOTHING_MERGED,
} from '../../lib/domain/intake/merge-shards.ts';
import { mergeInputs, mergeLevels } from '../../lib/domain/intake/merge-tree.ts';
import { keys } from '../../lib/names.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import { requiredJson } from '../../lib/stores/required.ts';

export const mergeProfilesInput = z.object({
  folder: z.string().min(1),
  level: z.number().int().nonnegative(),
  group: z.number().int().nonnegative(),
});
type Input = z.output<typeof mergeProfilesInput>;

export interface MergeProfilesDeps {
  readonly artifacts: ObjectStore;
}

export interface ProfilesMerged {
  readonly level: number;
  readonly group: number;
  readonly missing: number;
}

/** Documents read ahead while one is merged; each may hold a few megabytes. */
const READ_AHEAD = 10;

/**
 * One step of the tree: the shards of at most a hundred pieces, or as many outputs of the level below, become one document. A piece that
 * left no shard is named as missing. A repeat writes the same document.
 */
export async function mergeProfiles(input: Input, { artifacts }: MergeProfilesDeps): Promise<ProfilesMerged> {
  const { folder, level, group } = input;
  const plan = await requiredJson<IntakePlan>(artifacts, keys.intakePlan(folder));
  const width = level === 0 ? plan.pieces.length : (mergeLevels(plan.pieces.length)[level - 1] ?? 0);
  const inputs = mergeInputs(group, width);
  let merged: MergedShards = NOTHING_MERGED;
  for (let at = 0; at < inputs.length; at += READ_AHEAD) {
    const some = inputs.slice(at, at + READ_AHEAD).map((index) => readInput(input, index, artifacts));
    merged = (await Promise.all(some)).reduce(mergeShards, merged);
  }
  await artifacts.putJson(keys.intakeMerged(folder, level, group), merged);
  return { level, group, missing: merged.missing.length };
}

async function readInput(
  { folder, level }: Input,
  index: number,
  artifacts: ObjectStore,
): Promise<MergedShards> {
  if (level > 0) return requiredJson<MergedShards>(artifacts, keys.intakeMerged(folder, level - 1, index));
  const shard = await artifacts.getJson<IntakeShard>(keys.intakeShard(folder, index));
  return shard ? mergedShard(shard) : missingShard(index);
}
