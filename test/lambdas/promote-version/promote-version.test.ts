import { describe, expect, it } from 'vitest';
import { promoteVersion } from '../../../lambdas/promote-version/promote-version.ts';
import { ConflictError, NotFoundError } from '../../../lib/domain/errors.ts';
import type { Release } from '../../../lib/domain/registry/release.ts';
import type { Run } from '../../../lib/domain/registry/run.ts';
import type { ModelVersion } from '../../../lib/domain/registry/version.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { aRun } from '../../support/a-model.ts';
import { aStartedRelease, aVersion } from '../../support/a-release.ts';
import { aWorld, MODEL, NOW, type World } from '../../support/a-world.ts';
import { theLedger } from '../../support/the-ledger.ts';

async function promoted(world: World, number: number, runId?: string) {
  const { id } = await aStartedRelease(world, aVersion(number), runId);
  const input = { model: MODEL, releaseId: id, version: number };
  return { input, ...(await promoteVersion(input, world)) };
}

const statusOf = async (world: World, n: number) =>
  (await world.registry.get<ModelVersion>(MODEL, sk.version(n)))?.status;

describe('promote-version', () => {
  it('makes the first version champion, completes the release and frees its lock', async () => {
    const world = await aWorld();
    const { input, retiredEndpoints } = await promoted(world, 1);
    expect(retiredEndpoints).toEqual([]);
    const head = await world.registry.head(MODEL);
    expect(head).toMatchObject({ champion: 1 });
    expect(head?.releaseLock).toBeUndefined();
    expect(await world.registry.get<ModelVersion>(MODEL, sk.version(1))).toMatchObject({
      status: 'in-service',
      inServiceSince: NOW,
    });
    expect(await world.registry.get<Release>(MODEL, sk.release(input.releaseId))).toMatchObject({
      status: 'completed',
    });
  });

  it('closes the run that made the version as promoted', async () => {
    const world = await aWorld();
    await world.registry.put(
      MODEL,
      sk.run('r1'),
      aRun({ model: MODEL, id: 'r1', status: 'releasing', version: 1 }),
    );
    await promoted(world, 1, 'r1');
    expect(await world.registry.get<Run>(MODEL, sk.run('r1'))).toMatchObject({
      status: 'closed',
      outcome: 'promoted',
    });
  });

  it('keeps the previous champion for rollback and gives up the endpoint of the one before', async () => {
    const world = await aWorld();
    await promoted(world, 1);
    expect((await promoted(world, 2)).retiredEndpoints).toEqual([]);
    expect((await promoted(world, 3)).retiredEndpoints).toEqual(['mooring-test-delay-v1']);
    expect(await world.registry.head(MODEL)).toMatchObject({ champion: 3, previousChampion: 2 });
    expect([await statusOf(world, 1), await statusOf(world, 2), await statusOf(world, 3)]).toEqual([
      'approved',
      'previous',
      'in-service',
    ]);
  });

  it('keeps the endpoint of a previous champion that is released again', async () => {
    const world = await aWorld();
    await promoted(world, 1);
    await promoted(world, 2);
    expect((await promoted(world, 1)).retiredEndpoints).toEqual([]);
    expect(await world.registry.head(MODEL)).toMatchObject({ champion: 1, previousChampion: 2 });
  });

  it('answers a repeat with what it did, as one decision', async () => {
    const world = await aWorld();
    await promoted(world, 1);
    await promoted(world, 2);
    const { input, retiredEndpoints } = await promoted(world, 3);
    expect((await promoteVersion(input, world)).retiredEndpoints).toEqual(retiredEndpoints);
    const changes = (await theLedger(world.registry, MODEL)).filter((e) => e.action === 'champion-changed');
    expect(changes.map((e) => e.facts.version)).toEqual([1, 2, 3]);
  });

  it('moves no traffic for a release that failed, of another version, or to a version that retires', async () => {
    const world = await aWorld();
    const release = await aStartedRelease(world, aVersion(1));
    const input = { model: MODEL, releaseId: release.id, version: 1 };
    await expect(promoteVersion({ ...input, version: 2 }, world)).rejects.toThrow(ConflictError);
    for (const status of ['retiring', 'retired'] as const) {
      await world.registry.put(MODEL, sk.version(1), aVersion(1, { status }));
      await expect(promoteVersion(input, world)).rejects.toThrow(
        `must be approved to be promoted, got ${status}`,
      );
    }
    await world.registry.put(MODEL, sk.release(release.id), { ...release, status: 'failed' });
    await expect(promoteVersion(input, world)).rejects.toThrow('must be running, got failed');
    expect((await world.registry.head(MODEL))?.champion).toBeUndefined();
  });

  it('does not know an unknown release', async () => {
    const input = { model: MODEL, releaseId: 'none', version: 1 };
    await expect(promoteVersion(input, await aWorld())).rejects.toThrow(NotFoundError);
  });
});
