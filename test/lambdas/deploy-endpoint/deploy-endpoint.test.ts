import { describe, expect, it } from 'vitest';
import { deployEndpoint } from '../../../lambdas/deploy-endpoint/deploy-endpoint.ts';
import { ConflictError, NotFoundError } from '../../../lib/domain/errors.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { aStartedRelease, aVersion } from '../../support/a-release.ts';
import { aWorld, MODEL, memoryEndpoints } from '../../support/a-world.ts';

describe('deploy-endpoint', () => {
  it('asks for one serverless endpoint named after stage, model and version', async () => {
    const world = { ...(await aWorld()), endpoints: memoryEndpoints() };
    const { id } = await aStartedRelease(world, aVersion(1));
    const answer = await deployEndpoint({ model: MODEL, releaseId: id, attempt: 1 }, world);
    expect(answer).toEqual({
      model: MODEL,
      releaseId: id,
      version: 1,
      endpointName: 'mooring-test-delay-v1',
    });
    expect(world.endpoints.deployed.get('mooring-test-delay-v1')).toMatchObject({
      modelDataUrl: 's3://artifacts/1/model.tar.gz',
      memoryMb: 2048,
      maxConcurrency: 5,
      environment: { SAGEMAKER_PROGRAM: 'inference.py' },
    });
  });

  it('finds the endpoint when it is asked again', async () => {
    const world = { ...(await aWorld()), endpoints: memoryEndpoints() };
    const { id } = await aStartedRelease(world, aVersion(1));
    const input = { model: MODEL, releaseId: id, attempt: 1 };
    expect(await deployEndpoint(input, world)).toEqual(await deployEndpoint(input, world));
    expect(world.endpoints.deployed.size).toBe(1);
  });

  it('deploys nothing for a release that is over, another attempt, or a version that nobody approved', async () => {
    const world = { ...(await aWorld()), endpoints: memoryEndpoints() };
    const release = await aStartedRelease(world, aVersion(1, { status: 'candidate' }));
    const input = { model: MODEL, releaseId: release.id, attempt: 1 };
    await expect(deployEndpoint(input, world)).rejects.toThrow(
      'version 1 must be approved to be released, got candidate',
    );
    await expect(deployEndpoint({ ...input, attempt: 2 }, world)).rejects.toThrow(ConflictError);
    await world.registry.put(MODEL, sk.release(release.id), { ...release, status: 'failed' });
    await expect(deployEndpoint(input, world)).rejects.toThrow(ConflictError);
    expect(world.endpoints.deployed.size).toBe(0);
  });

  it('does not know an unknown release', async () => {
    const world = { ...(await aWorld()), endpoints: memoryEndpoints() };
    await expect(deployEndpoint({ model: MODEL, releaseId: 'none', attempt: 1 }, world)).rejects.toThrow(
      NotFoundError,
    );
  });
});
