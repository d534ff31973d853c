import { describe, expect, it } from 'vitest';
import { mergeProfiles } from '../../../lambdas/merge-profiles/merge-profiles.ts';
import { NotFoundError } from '../../../lib/domain/errors.ts';
import type { IntakeShard } from '../../../lib/domain/intake/intake-plan.ts';
import type { MergedShards } from '../../../lib/domain/intake/merge-shards.ts';
import { keys } from '../../../lib/names.ts';
import { memoryObjectStore } from '../../../lib/stores/objects/object-store-memory.ts';

const folder = keys.intake('delay', 'u1', 'p');

/** A store with a plan of so many pieces, of which some have left no shard. */
async function aTree(pieces: number, missing: readonly number[] = []) {
  const artifacts = memoryObjectStore();
  await artifacts.putJson(keys.intakePlan(folder), {
    pieces: new Array(pieces).fill({ object: 0, bytes: 10 }),
  });
  for (let piece = 0; piece < pieces; piece++) {
    const shard: IntakeShard = { piece, rows: piece, bytes: 10, findings: [] };
    if (!missing.includes(piece)) await artifacts.putJson(keys.intakeShard(folder, piece), shard);
  }
  const merge = (level: number, group: number) => mergeProfiles({ folder, level, group }, { artifacts });
  const merged = (level: number, group: number) =>
    artifacts.getJson<MergedShards>(keys.intakeMerged(folder, level, group));
  return { merge, merged };
}

describe('merge-profiles', () => {
  it('merges a tree of several levels into what all pieces are together', async () => {
    const { merge, merged } = await aTree(230);
    for (const group of [0, 1, 2]) await merge(0, group);
    await merge(1, 0);
    const rows = (230 * 229) / 2;
    expect(await merged(1, 0)).toEqual({ rows, bytes: 2300, findings: [], missing: [], findingsLeftOut: 0 });
    expect((await merged(0, 2))?.bytes).toBe(300);
  });

  it('names pieces that left no shard, up to the top', async () => {
    const { merge, merged } = await aTree(120, [3, 110]);
    expect(await merge(0, 0)).toEqual({ level: 0, group: 0, missing: 1 });
    await merge(0, 1);
    await merge(1, 0);
    expect(await merged(1, 0)).toMatchObject({ missing: [3, 110], bytes: 1180 });
  });

  it('waits for the level below: one that is not there is an outage, no missing data', async () => {
    const { merge } = await aTree(120);
    await merge(0, 0);
    await expect(merge(1, 0)).rejects.toThrow(NotFoundError);
  });
});
