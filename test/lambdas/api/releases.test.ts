import { describe, expect, it } from 'vitest';
import type { Principal } from '../../../lib/domain/registry/token.ts';
import { actionsOf, aRun, aVersion, given } from './decisions.ts';
import { admin, aPrincipal, aWorld, operator, viewer, type World, withModel } from './world.ts';

const reason = 'customers complain';

async function serving() {
  const world = await withModel(aWorld());
  await given(world, { champion: 2, previousChampion: 1 }, [
    aVersion(2, 'in-service'),
    aVersion(1, 'previous'),
  ]);
  world.endpoints.add('mooring-test-churn-v1').add('mooring-test-churn-v2');
  return world;
}

describe('rollback', () => {
  it('gives the traffic back to the previous champion at once', async () => {
    const world = await serving();
    const { status, body } = await world.call(operator, 'POST', '/models/churn/rollback', { reason });
    expect([status, body.kind, body.status, body.version, body.from]).toEqual([
      200,
      'rollback',
      'completed',
      1,
      2,
    ]);
    expect(await world.registry.head('churn')).toMatchObject({ champion: 1, previousChampion: 2 });
    expect((await actionsOf(world)).at(-1)).toMatchObject({
      action: 'champion-changed',
      facts: { version: 1, previous: 2, kind: 'rollback', reason },
      alert: { severity: 'warning' },
    });
    expect((await world.call(viewer, 'GET', '/models/churn/versions/1')).body.status).toBe('in-service');
    expect((await world.call(viewer, 'GET', '/models/churn/live')).body).toMatchObject({
      version: 1,
      actor: 'token/operator-token',
      reason,
    });
  });

  it('happens once for one idempotency key', async () => {
    const world = await serving();
    const first = await world.call(operator, 'POST', '/models/churn/rollback', { reason }, 'k');
    const again = await world.call(operator, 'POST', '/models/churn/rollback', { reason }, 'k');
    expect(again.body).toEqual(first.body);
    const other = await world.call(operator, 'POST', '/models/churn/rollback', { reason, to: 2 }, 'k');
    expect(other.status).toBe(409);
    expect((await world.registry.head('churn'))?.champion).toBe(1);
  });

  it.each([
    ['the endpoint is gone', { reason }, (w: World) => w.endpoints.clear()],
    ['another version is asked for', { reason, to: 7 }, () => {}],
    [
      'a release is in progress',
      { reason },
      (w: World) => given(w, { releaseLock: { holder: 'r', expiresAt: '2027' } }),
    ],
    ['there is no previous champion', { reason }, (w: World) => given(w, { previousChampion: undefined })],
  ] as const)('is refused when %s', async (_, body, change) => {
    const world = await serving();
    await change(world);
    const answer = await world.call(operator, 'POST', '/models/churn/rollback', body);
    expect([answer.status, (await world.registry.head('churn'))?.champion]).toEqual([409, 2]);
  });
});

describe('releasing a version again', () => {
  it('starts a new release of an approved version', async () => {
    const world = await withModel(aWorld());
    await given(world, {}, [aVersion(1, 'approved'), aRun({ status: 'closed', outcome: 'failed' })]);
    const { status, body } = await world.call(operator, 'POST', '/models/churn/versions/1/release', {
      reason,
    });
    expect([status, body.status, body.version]).toEqual([202, 'running', 1]);
    const again = await world.call(operator, 'POST', '/models/churn/versions/1/release', { reason });
    expect(again.body.id).toBe(body.id);
    expect((await world.call(viewer, 'GET', `/models/churn/releases/${body.id}`)).body).toEqual(body);
  });

  it('is refused for a version that is not approved', async () => {
    const world = await serving();
    const { status, body } = await world.call(operator, 'POST', '/models/churn/versions/1/release', {
      reason,
    });
    expect([status, body.error.message]).toEqual([409, 'version 1 must be approved, got previous']);
  });
});

describe('retirement', () => {
  it('is refused while the version serves or is kept for rollback', async () => {
    const world = await serving();
    for (const version of [1, 2]) {
      const { status } = await world.call(operator, 'POST', `/models/churn/versions/${version}/retire`, {
        reason,
      });
      expect(status).toBe(409);
    }
  });

  it('is refused while the version is being released, and lets no release of it start', async () => {
    const world = await serving();
    await given(world, {}, [aVersion(3, 'approved'), aVersion(4, 'candidate')]);
    const ask = (verb: 'retire' | 'release', version = 3) =>
      world.call(operator, 'POST', `/models/churn/versions/${version}/${verb}`, { reason });
    const { body: release } = await ask('release');
    const refused = await ask('retire');
    expect([refused.status, refused.body.error.message]).toEqual([
      409,
      `version 3 is being released by ${release.id}; wait until that has ended`,
    ]);
    await given(world, { releaseLock: undefined });
    expect((await ask('retire')).status).toBe(202);
    expect((await world.call(viewer, 'GET', '/models/churn/versions/3')).body.status).toBe('retiring');
    expect((await ask('release')).status).toBe(409);
    expect((await ask('retire', 4)).body.error.message).toContain('version 4 waits for its approval');
  });

  it('starts the retirement machine under a new name each time it is asked for', async () => {
    const world = await serving();
    await given(world, {}, [aVersion(3, 'rejected')]);
    const ask = () => world.call(operator, 'POST', '/models/churn/versions/3/retire', { reason });
    const [first, second] = [await ask(), await ask()];
    expect(first.status).toBe(202);
    expect(second.body.attempt).toBeGreaterThan(first.body.attempt);
    expect((await actionsOf(world)).at(-1)).toMatchObject({
      action: 'retirement-started',
      subject: 'version/3',
    });
  });
});

describe('DELETE /models/{model}', () => {
  it('only says what it would remove until it is confirmed', async () => {
    const world = await serving();
    const { body } = await world.call(admin, 'DELETE', '/models/churn');
    expect(body).toMatchObject({
      dryRun: true,
      removes: {
        endpoints: ['mooring-test-churn-v1', 'mooring-test-churn-v2'],
        schedules: ['monitor-churn'],
      },
      keeps: { versions: 2, datasets: 0 },
    });
    expect([(await world.registry.head('churn'))?.champion, world.endpoints.size]).toEqual([2, 2]);
    expect((await world.call(admin, 'DELETE', '/models/churn?confirm=other')).status).toBe(422);
  });

  it('removes champion and endpoints, keeps the evidence, and hides the model', async () => {
    const world = await serving();
    expect((await world.call(admin, 'DELETE', '/models/churn?confirm=churn')).body.dryRun).toBe(false);
    expect(world.endpoints.size).toBe(0);
    expect((await world.call(viewer, 'GET', '/models/churn')).status).toBe(403);
    expect((await world.call(viewer, 'GET', '/models')).body.items).toEqual([]);
    expect((await actionsOf(world)).at(-1)?.action).toBe('model-deleted');
    expect((await world.call(admin, 'DELETE', '/models/churn?confirm=churn')).status).toBe(200);
  });

  it('leaves the evidence readable to who could read it before', async () => {
    const world = await serving();
    await world.call(admin, 'DELETE', '/models/churn?confirm=churn');
    const paths = ['ledger', 'ledger/verification', 'live', 'versions', 'versions/1', 'runs', 'datasets'];
    const windows = ['windows', 'incidents', 'signals', 'releases', 'approvals'];
    const status = async (who: Principal, path: string) =>
      (await world.call(who, 'GET', `/models/churn/${path}`)).status;
    for (const path of [...paths, ...windows]) {
      expect([path, await status(viewer, path)]).toEqual([path, 200]);
      expect([path, await status(aPrincipal('viewer', ['prices']), path)]).toEqual([path, 403]);
    }
    const verified = await world.call(viewer, 'GET', '/models/churn/ledger/verification');
    expect(verified.body.verified).toBe(true);
    expect((await world.call(operator, 'POST', '/models/churn/monitoring')).status).toBe(403);
  });

  it('waits for a run in progress', async () => {
    const world = await serving();
    await given(world, { runLock: { holder: 'run-9', expiresAt: '2026-11-25T00:00:00.000Z' } });
    expect((await world.call(admin, 'DELETE', '/models/churn?confirm=churn')).status).toBe(409);
  });
});
