import { describe, expect, it, vi } from 'vitest';
import type { Incident } from '../../../lib/domain/registry/incident.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { actionsOf, given } from './decisions.ts';
import { aWorld, operator, viewer, type World, withModel } from './world.ts';

const month = (m: number) => `2026-0${m}-01T00:00:00.000Z`;
const get = async (world: World, path: string) => world.call(viewer, 'GET', `/models/churn/${path}`);

const anIncident = (id: string, openedAt: string, more: Partial<Incident> = {}): Incident => ({
  model: 'churn',
  id,
  kind: 'data-fault',
  status: 'open',
  summary: 'input.age comes in another unit',
  subject: 'windows/x',
  openedAt,
  cause: 'unit-changed',
  columns: ['input.age'],
  firstBad: { start: month(1), end: month(2) },
  windows: [{ version: 1, start: month(1), end: month(2) }],
  ...more,
});

async function withIncidents(...incidents: readonly Incident[]): Promise<World> {
  const world = await withModel(aWorld());
  const writes = incidents.map((item) => ({
    sk: sk.incident(item.id),
    item,
    kind: 'incident' as const,
    sortedAt: item.openedAt,
  }));
  await given(world, { openIncidents: incidents.length }, writes);
  return world;
}

describe('incidents', () => {
  it('are asked for by status and by when they opened', async () => {
    const world = await withIncidents(
      anIncident('a', month(1)),
      anIncident('b', month(3)),
      anIncident('c', month(3), { status: 'closed' }),
    );
    const ids = async (query: string) =>
      (await get(world, `incidents?${query}`)).body.items.map(({ id }: Incident) => id);
    expect(await ids('')).toEqual(['a', 'b', 'c']);
    expect(await ids('status=open')).toEqual(['a', 'b']);
    expect(await ids(`from=${month(2)}&status=closed`)).toEqual(['c']);
    expect(await ids(`to=${month(2)}&limit=1`)).toEqual(['a']);
    expect(await ids(`from=${month(4)}`)).toEqual([]);
    expect((await get(world, 'incidents')).body.items[0]).toEqual(anIncident('a', month(1)));
  });

  it('close with a reason, once, and free the guard', async () => {
    const world = await withIncidents(anIncident('a', month(1)));
    const close = () =>
      world.call(operator, 'POST', '/models/churn/incidents/a/close', { reason: 'the station is set back' });
    const { status, body } = await close();
    expect([status, body.status, body.closedBy, body.keepWindows]).toEqual([
      200,
      'closed',
      'operator-token',
      undefined,
    ]);
    expect((await close()).body).toEqual(body);
    expect((await world.registry.head('churn'))?.openIncidents).toBe(0);
    const closed = (await actionsOf(world)).filter(({ action }) => action === 'incident-closed');
    expect(closed).toMatchObject([
      { facts: { windows: 1, keepWindows: false, reason: 'the station is set back' } },
    ]);
  });

  it('keep the windows that a person says are good', async () => {
    const world = await withIncidents(anIncident('a', month(1)));
    const body = { reason: 'a heat wave, and real', keepWindows: true };
    expect((await world.call(operator, 'POST', '/models/churn/incidents/a/close', body)).body).toMatchObject({
      keepWindows: true,
    });
  });

  it('keep the windows also when they closed by themselves, once, as a decision of its own', async () => {
    const byItself = {
      status: 'closed',
      closedAt: month(2),
      closedBy: 'platform/route-causes',
      reason: '2 clean windows',
    } as const;
    const world = await withIncidents(anIncident('a', month(1), byItself));
    const keep = (reason: string) =>
      world.call(operator, 'POST', '/models/churn/incidents/a/close', { reason, keepWindows: true });
    const { status, body } = await keep('a blizzard, and real');
    expect([status, body]).toMatchObject([
      200,
      { ...byItself, keepWindows: true, kept: { by: 'operator-token', reason: 'a blizzard, and real' } },
    ]);
    expect((await keep('said again')).body).toEqual(body);
    const kept = (await actionsOf(world)).filter(({ action }) => action === 'incident-windows-kept');
    expect(kept).toMatchObject([
      { actor: 'token/operator-token', subject: 'incident/a', facts: { reason: 'a blizzard, and real' } },
    ]);
  });
});

describe('signals', () => {
  it('are asked for by when they were answered', async () => {
    const world = await withModel(aWorld());
    const answer = { decision: 'start', runId: 'r' };
    for (const m of [1, 2, 3])
      await world.registry.put('churn', sk.signal(`s${m}`), {
        model: 'churn',
        id: `s${m}`,
        kind: 'drift',
        answer,
        answeredAt: month(m),
      });
    const ids = async (query: string) =>
      (await get(world, `signals?${query}`)).body.items.map(({ id }: { id: string }) => id);
    expect(await ids('')).toEqual(['s1', 's2', 's3']);
    expect(await ids(`from=${month(2)}&to=${month(3)}`)).toEqual(['s2']);
    expect(await ids('from=2026-01-01T01:00:00%2B02:00&limit=1')).toEqual(['s1']);
  });
});

describe('windows', () => {
  it('of a time range are read by their keys, with one query a page', async () => {
    const world = await withModel(aWorld());
    const hour = (h: number) => new Date(Date.UTC(2025, 0, 1, h)).toISOString();
    for (let h = 0; h < 50; h++)
      await world.registry.put('churn', sk.window(hour(h), 'quality', 1), {
        kind: 'quality',
        version: 1,
        start: hour(h),
      });
    const list = vi.spyOn(world.registry, 'list');
    const starts = async (query: string) =>
      (await get(world, `windows?${query}`)).body.items.map(({ start }: { start: string }) => start);
    expect(await starts(`from=${hour(45)}&limit=1`)).toEqual([hour(45)]);
    expect(await starts(`from=2025-01-03T01:00:00%2B02:00&to=${hour(49)}`)).toEqual([hour(47), hour(48)]);
    expect(await starts(`from=${hour(49)}&to=${hour(49)}`)).toEqual([]);
    expect(list).toHaveBeenCalledTimes(3);
  });
});

describe('a series', () => {
  async function withWindows(): Promise<World> {
    const world = await withModel(aWorld());
    const binningKey = 'binnings/churn/1.json';
    await world.deps.artifacts.putJson(binningKey, { columns: { 'input.age': {}, 'output.score': {} } });
    await world.registry.put('churn', sk.version(1), { number: 1, binningKey });
    for (const m of [1, 2, 3]) {
      const [start, end] = [month(m), month(m + 1)];
      const column = {
        column: 'input.age',
        effect: m / 10,
        lowerBound: m / 20,
        upperBound: m / 5,
        verdict: 'watch',
      };
      const drift = {
        kind: 'drift',
        version: 1,
        start,
        end,
        rows: 100 * m,
        columns: m === 2 ? [] : [column],
        coverage: 0.99,
      };
      await world.registry.put('churn', sk.window(start, 'drift', 1), {
        ...drift,
        estimate: { metrics: { auc: { estimate: 0.7 } } },
      });
      const quality = {
        kind: 'quality',
        version: 1,
        start,
        end,
        rows: 100 * m,
        metrics: { auc: 0.6 },
        labelCoverage: 0.9,
      };
      if (m > 1)
        await world.registry.put('churn', sk.window(start, 'quality', 1), {
          ...quality,
          intervals: { auc: { estimate: 0.6, lower: 0.5, upper: 0.7 } },
        });
    }
    return world;
  }

  it('of a column has a point a window, without a value where it was not judged', async () => {
    const { body } = await get(await withWindows(), 'windows/series?column=input.age');
    const point = { version: 1, coverage: 0.99 };
    expect(body.points).toEqual([
      {
        ...point,
        start: month(1),
        end: month(2),
        rows: 100,
        value: 0.1,
        lower: 0.05,
        upper: 0.2,
        verdict: 'watch',
      },
      { ...point, start: month(2), end: month(3), rows: 200 },
      {
        ...point,
        start: month(3),
        end: month(4),
        rows: 300,
        value: 0.3,
        lower: 0.15,
        upper: 0.6,
        verdict: 'watch',
      },
    ]);
  });

  it('of a metric has what the labels say, and the estimate where none have come', async () => {
    const { body } = await get(await withWindows(), `windows/series?metric=auc&to=${month(3)}`);
    expect(body.points).toEqual([
      { version: 1, start: month(1), end: month(2), rows: 100, estimate: 0.7 },
      {
        version: 1,
        start: month(2),
        end: month(3),
        rows: 200,
        value: 0.6,
        lower: 0.5,
        upper: 0.7,
        coverage: 0.9,
        estimate: 0.7,
      },
    ]);
  });

  it('is of exactly one column or one metric', async () => {
    const world = await withWindows();
    for (const query of ['', 'column=input.age&metric=auc', 'metric=beauty'])
      expect((await get(world, `windows/series?${query}`)).status).toBe(422);
    const unknown = await get(world, 'windows/series?column=input.no');
    expect([unknown.status, unknown.body.error.details[0].path]).toEqual([422, 'query.column']);
    expect((await get(world, 'windows/series?column=input.age&version=2')).body.points).toEqual([]);
  });
});
