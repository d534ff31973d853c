import { describe, expect, it } from 'vitest';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { aDataset } from '../../support/a-model.ts';
import { actionsOf, given } from './decisions.ts';
import { aWorld, builder, operator, viewer, withModel } from './world.ts';

const ACCEPTED = '2026-07-01T00:00:00.000Z';

async function withData() {
  const world = await withModel(aWorld());
  const dataset = aDataset({
    from: '2026-01-01T00:00:00.000Z',
    to: '2026-06-30T00:00:00.000Z',
    createdAt: ACCEPTED,
  });
  await world.registry.put('churn', sk.dataset('d1'), dataset);
  return world;
}

describe('runs', () => {
  it('start with a lock, and the entry that starts the training machine', async () => {
    const world = await withData();
    const { status, body } = await world.call(builder, 'POST', '/models/churn/runs', {});
    expect(status).toBe(202);
    expect(body).toMatchObject({
      status: 'running',
      attempt: 1,
      datasets: ['d1'],
      trigger: { kind: 'person', token: 'builder-token' },
      to: '2026-06-30T00:00:00.001Z',
    });
    expect((await world.registry.head('churn'))?.runLock?.holder).toBe(body.id);
    expect((await actionsOf(world)).at(-1)).toMatchObject({
      action: 'run-started',
      subject: `run/${body.id}`,
      facts: { runId: body.id, attempt: 1 },
    });
    expect((await world.call(viewer, 'GET', `/models/churn/runs/${body.id}`)).body).toEqual(body);
  });

  it('are one for one idempotency key, and one at a time', async () => {
    const world = await withData();
    const first = await world.call(builder, 'POST', '/models/churn/runs', {}, 'k');
    const again = await world.call(builder, 'POST', '/models/churn/runs', {}, 'k');
    expect([again.status, again.body.id]).toEqual([202, first.body.id]);
    const other = await world.call(builder, 'POST', '/models/churn/runs', { to: '2026-05-01T00:00:00Z' });
    expect([other.status, other.body.error.message]).toEqual([409, `run ${first.body.id} is in progress`]);
  });

  it('stay that one when data came in between, and when it has ended', async () => {
    const world = await withData();
    const ask = (body = {}) => world.call(builder, 'POST', '/models/churn/runs', body, 'k');
    const { body: run } = await ask();
    const newer = aDataset({ id: 'd2', to: '2026-07-01T00:00:00.000Z', createdAt: ACCEPTED });
    await world.registry.put('churn', sk.dataset('d2'), newer);
    expect(await ask()).toEqual({ status: 202, body: run });
    const ended = { ...run, status: 'closed', outcome: 'rejected' };
    await given(world, { runLock: undefined }, [{ sk: sk.run(run.id), item: ended }]);
    expect(await ask()).toEqual({ status: 202, body: ended });
    const other = await ask({ to: '2026-05-01T00:00:00Z' });
    expect([other.status, other.body.error.message]).toEqual([
      409,
      `the idempotency key was used for run ${run.id}, up to ${run.to} as of ${run.asOf}`,
    ]);
  });

  it('are not one for two long idempotency keys that begin alike', async () => {
    const world = await withData();
    const long = 'k'.repeat(500);
    await world.call(builder, 'POST', '/models/churn/runs', {}, `${long}1`);
    const other = await world.call(builder, 'POST', '/models/churn/runs', {}, `${long}2`);
    expect(other.status).toBe(409);
  });

  it('read the data as it was known at a time, which is not to come', async () => {
    const world = await withData();
    const ask = (asOf: string) => world.call(builder, 'POST', '/models/churn/runs', { asOf });
    expect((await ask('2026-06-30T23:59:59Z')).status).toBe(409);
    const late = await ask('2099-01-01T00:00:00Z');
    expect([late.status, late.body.error.message]).toEqual([
      422,
      expect.stringMatching(/^asOf must be at most now/),
    ]);
    const { status, body } = await ask(ACCEPTED);
    expect([status, body.asOf, body.datasets]).toEqual([202, ACCEPTED, ['d1']]);
  });

  it('learn nothing from a window that a data fault spoiled', async () => {
    const world = await withData();
    const exported = aDataset({
      id: 'w1',
      origin: 'labelled-predictions',
      uploadId: 'window-20260501T00-v1',
      from: '2026-05-01T00:00:00.000Z',
      to: '2026-05-31T00:00:00.000Z',
      createdAt: ACCEPTED,
    });
    const window = { version: 1, start: '2026-05-01T00:00:00.000Z', end: '2026-06-01T00:00:00.000Z' };
    const incident = { model: 'churn', id: 'i1', status: 'closed', windows: [window] };
    await given(world, {}, [
      { sk: sk.dataset('w1'), item: exported },
      { sk: sk.incident('i1'), item: incident },
    ]);
    const { body } = await world.call(builder, 'POST', '/models/churn/runs', {});
    expect(body.datasets).toEqual(['d1']);
  });

  it('need data', async () => {
    const world = await withModel(aWorld());
    const { status, body } = await world.call(builder, 'POST', '/models/churn/runs', {});
    expect([status, body.error.code]).toEqual([409, 'conflict']);
  });

  it('that failed start again as the next attempt; others do not', async () => {
    const world = await withData();
    const { body: run } = await world.call(builder, 'POST', '/models/churn/runs', {});
    const restart = () => world.call(builder, 'POST', `/models/churn/runs/${run.id}/restart`);
    expect((await restart()).body.attempt).toBe(1);
    const failed = { ...run, status: 'closed', outcome: 'failed', error: { name: 'E', cause: 'exit 1' } };
    await given(world, { runLock: undefined }, [{ sk: sk.run(run.id), item: failed }]);
    const again = await restart();
    expect([again.status, again.body.attempt, again.body.error]).toEqual([202, 2, undefined]);
    expect((await actionsOf(world)).at(-1)?.action).toBe('run-restarted');
    const promoted = { ...run, status: 'closed', outcome: 'promoted' };
    await given(world, { runLock: undefined }, [{ sk: sk.run(run.id), item: promoted }]);
    expect((await restart()).status).toBe(409);
  });
});

describe('the kill switch', () => {
  it('is set with a reason, and setting it again writes nothing', async () => {
    const world = await withModel(aWorld());
    const body = { on: true, reason: 'labels look odd' };
    await world.call(operator, 'POST', '/models/churn/kill-switch', body);
    await world.call(operator, 'POST', '/models/churn/kill-switch', body);
    expect((await world.registry.head('churn'))?.killSwitch).toBe(true);
    const set = (await actionsOf(world)).filter((e) => e.action === 'kill-switch-set');
    expect(set.map((e) => e.facts)).toEqual([{ on: true, reason: 'labels look odd' }]);
  });
});

describe('incidents', () => {
  it('are closed once, with a reason, and no longer block retraining', async () => {
    const world = await withModel(aWorld());
    const incident = {
      model: 'churn',
      id: 'i1',
      kind: 'data-fault',
      status: 'open',
      summary: 's',
      subject: 'x',
    };
    await given(world, { openIncidents: 1 }, [
      { sk: sk.incident('i1'), item: incident, kind: 'incident', sortedAt: 'a' },
    ]);
    const close = () =>
      world.call(operator, 'POST', '/models/churn/incidents/i1/close', { reason: 'feed repaired' });
    expect((await close()).body).toMatchObject({ status: 'closed', closedBy: 'operator-token' });
    await close();
    expect((await world.registry.head('churn'))?.openIncidents).toBe(0);
    expect((await world.registry.byKind('incident')).items).toEqual([]);
    const open = await world.call(viewer, 'GET', '/models/churn/incidents?status=open');
    expect(open.body.items).toEqual([]);
  });
});

describe('monitoring on demand', () => {
  it('starts the machine and says when it has ended', async () => {
    const world = await withModel(await withModel(aWorld()), 'prices');
    const { status, body } = await world.call(operator, 'POST', '/models/churn/monitoring');
    expect(status).toBe(202);
    const state = async (model: string) =>
      world.call(viewer, 'GET', `/models/${model}/monitoring/${body.id}`);
    expect((await state('churn')).body.status).toBe('running');
    world.executions.set(`monitoring/${body.id}`, 'succeeded');
    expect((await state('churn')).body.status).toBe('succeeded');
    expect((await state('prices')).status).toBe(404);
  });
});
