import { describe, expect, it } from 'vitest';
import { retireVersion } from '../../../lambdas/retire-version/retire-version.ts';
import { ConflictError, NotFoundError } from '../../../lib/domain/errors.ts';
import type { ModelVersion } from '../../../lib/domain/registry/version.ts';
import type { RetirementCertificate } from '../../../lib/domain/retirement/retirement.ts';
import { keys } from '../../../lib/names.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { aStartedRelease, aVersion, championChanged } from '../../support/a-release.ts';
import { aWorld, MODEL, NOW } from '../../support/a-world.ts';
import { theLedger } from '../../support/the-ledger.ts';

/** Versions 1 to 3, of which 3 serves and 2 is kept for rollback. */
async function threeVersions() {
  const world = await aWorld();
  await world.registry.decide(MODEL, () => ({
    answer: undefined,
    entry: championChanged(3),
    head: { champion: 3, previousChampion: 2, nextVersion: 4 },
    writes: [1, 2, 3].map((n) => ({ sk: sk.version(n), item: aVersion(n) })),
  }));
  return world;
}

const step = (name: 'check' | 'archive', version: number) => ({
  model: MODEL,
  version,
  step: name,
  attempt: 1,
});

describe('retire-version', () => {
  it('allows a version that neither serves nor is kept', async () => {
    const answer = await retireVersion(step('check', 1), await threeVersions());
    expect(answer).toEqual({ allowed: true, endpointName: 'mooring-test-delay-v1' });
  });

  it.each([
    [3, 'version 3 is in service'],
    [2, 'version 2 is kept for rollback'],
  ])('refuses version %i with the reason', async (version, reason) => {
    const answer = await retireVersion(step('check', version), await threeVersions());
    expect(answer).toMatchObject({ allowed: false, reason: expect.stringContaining(reason) as string });
  });

  it('refuses a version that is being released, and archives it no more', async () => {
    const world = await threeVersions();
    const { id } = await aStartedRelease(world, aVersion(1));
    const reason = `version 1 is being released by ${id}; wait until that has ended`;
    expect(await retireVersion(step('check', 1), world)).toMatchObject({ allowed: false, reason });
    await expect(retireVersion(step('archive', 1), world)).rejects.toThrow(reason);
  });

  it('marks the version, writes the ledger and then the certificate', async () => {
    const world = await threeVersions();
    expect(await retireVersion(step('archive', 1), world)).toEqual({ retired: true });
    expect(await world.registry.get<ModelVersion>(MODEL, sk.version(1))).toMatchObject({
      status: 'retired',
      retiredAt: NOW,
    });
    expect((await theLedger(world.registry, MODEL)).at(-1)).toMatchObject({ action: 'version-retired' });
    const certificate = await world.audit.getJson<RetirementCertificate>(keys.certificate(MODEL, 1));
    expect(certificate).toMatchObject({ retiredAt: NOW, version: { number: 1, status: 'retired' } });
    expect(certificate?.ledger.seq).toBe(2);
  });

  it('finishes what was begun and decides nothing twice', async () => {
    const world = await threeVersions();
    await retireVersion(step('archive', 1), world);
    await world.audit.remove(keys.certificate(MODEL, 1));
    expect(await retireVersion(step('archive', 1), world)).toEqual({ retired: true });
    expect(await world.audit.head(keys.certificate(MODEL, 1))).toBeDefined();
    const retirements = (await theLedger(world.registry, MODEL)).filter(
      (e) => e.action === 'version-retired',
    );
    expect(retirements).toHaveLength(1);
  });

  it('archives nothing that came into service since the check', async () => {
    const world = await threeVersions();
    await expect(retireVersion(step('archive', 3), world)).rejects.toThrow(ConflictError);
    expect(await world.audit.head(keys.certificate(MODEL, 3))).toBeUndefined();
  });

  it('does not know an unknown version', async () => {
    await expect(retireVersion(step('check', 9), await threeVersions())).rejects.toThrow(NotFoundError);
  });
});
