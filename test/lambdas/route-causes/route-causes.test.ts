import { describe, expect, it } from 'vitest';
import { exportWindow } from '../../../lambdas/export-window/export-window.ts';
import { measureQuality } from '../../../lambdas/measure-quality/measure-quality.ts';
import { planWindows } from '../../../lambdas/plan-windows/plan-windows.ts';
import { raiseSignal } from '../../../lambdas/raise-signal/raise-signal.ts';
import { routeCauses } from '../../../lambdas/route-causes/route-causes.ts';
import { scoreWindow } from '../../../lambdas/score-window/score-window.ts';
import { NotFoundError } from '../../../lib/domain/errors.ts';
import type { Incident } from '../../../lib/domain/registry/incident.ts';
import type { DriftWindow } from '../../../lib/domain/registry/window.ts';
import { sk, skPrefix } from '../../../lib/stores/registry/sort-keys.ts';
import { aServingWorld, label, serve } from '../../support/a-log.ts';
import { delaySpec, MODEL, NOW, type Trip, trips, type World } from '../../support/a-world.ts';
import { compactDay, compactPlanned } from '../../support/compact-day.ts';
import { theLedger } from '../../support/the-ledger.ts';

const spec = delaySpec();
const celsius = delaySpec({
  schema: {
    ...spec.schema,
    columns: spec.schema.columns.map((column) =>
      column.name === 'temp' ? { ...column, unit: '°C', min: -100, max: 150 } : column,
    ),
  },
});

const date = (day: number) => `2013-02-${String(day).padStart(2, '0')}`;
const window = (day: number) => ({
  model: MODEL,
  version: 1,
  start: `${date(day)}T00:00:00.000Z`,
  end: `${date(day + 1)}T00:00:00.000Z`,
});
const day = (n: number, rows = 400) => trips(date(n), 1, rows);
const inFahrenheit = (rows: readonly Trip[]) =>
  rows.map((row) => ({ ...row, temp: row.temp === null ? null : row.temp * 1.8 + 32 }));

/** Serves a day and routes it, as the state machine does. */
async function routed(world: World, n: number, rows: readonly Trip[]) {
  await serve(world, rows, `m${n}`);
  await compactDay({ model: MODEL, version: 1, date: date(n) }, world);
  await scoreWindow(window(n), world);
  return routeCauses(window(n), world);
}
const incidents = async (world: World) =>
  (await world.registry.list<Incident>(MODEL, skPrefix.incident)).items;
const openIncidents = async (world: World) => (await world.registry.head(MODEL))?.openIncidents;
const entries = async (world: World) =>
  (await theLedger(world.registry, MODEL))
    .filter(({ actor }) => actor === 'platform/route-causes')
    .map(({ action }) => action);

describe('route-causes', () => {
  it('finds nothing behind an ordinary day, and writes nothing to the ledger', async () => {
    const world = await aServingWorld(celsius);
    const answer = await routed(world, 1, day(1));
    expect(answer).toEqual({
      model: MODEL,
      version: 1,
      start: window(1).start,
      route: 'none',
      causes: ['none'],
    });
    expect([await incidents(world), await entries(world)]).toEqual([[], []]);
    expect(await world.registry.get(MODEL, sk.window(window(1).start, 'drift', 1))).toMatchObject({
      causes: [{ cause: 'none' }],
    });
  });

  it('sends a warmer day to the guard', async () => {
    const world = await aServingWorld(celsius);
    const answer = await routed(world, 1, trips(date(1), 1, 400, { warmer: 12 }));
    expect(answer).toMatchObject({ route: 'guard', causes: ['covariate-shift'] });
    expect(await raiseSignal({ model: MODEL }, world)).toEqual({ signal: expect.any(String) });
    expect(await openIncidents(world)).toBe(0);
  });

  it('lets a few rows wait', async () => {
    const world = await aServingWorld(celsius);
    expect(await routed(world, 1, day(1, 10))).toMatchObject({ route: 'wait', causes: ['too-few-rows'] });
  });

  it('follows a day in another unit to its end: one incident, no signal, no export, two clean days', async () => {
    const world = await aServingWorld(celsius);
    await routed(world, 1, day(1));
    expect(await routed(world, 2, inFahrenheit(day(2)))).toMatchObject({
      route: 'incident',
      causes: ['unit-changed'],
    });
    const [opened] = await incidents(world);
    expect(opened).toMatchObject({
      cause: 'unit-changed',
      columns: ['input.temp'],
      firstBad: {
        start: window(2).start,
        object: expect.stringMatching(/^compacted\/delay\/0000000001\/2013-02-02\/.*\.parquet$/),
      },
      summary: expect.stringContaining('°C → °F'),
    });
    const told = (await theLedger(world.registry, MODEL)).at(-1);
    expect([told?.action, told?.alert?.severity]).toEqual(['incident-opened', 'critical']);
    expect(await openIncidents(world)).toBe(1);
    expect(await raiseSignal({ model: MODEL }, world)).toEqual({});

    await routeCauses(window(2), world);
    await routed(world, 3, inFahrenheit(day(3)));
    expect(await entries(world)).toEqual(['incident-opened', 'incident-extended']);

    await label(world, day(2), 'l2');
    expect(await measureQuality(window(2), world)).toMatchObject({ labelCoverage: 1 });
    const kept = `incident ${opened?.id} spoiled window ${window(2).start} of version 1`;
    expect(await exportWindow(window(2), world)).toEqual({ model: MODEL, skipped: kept });

    await routed(world, 4, day(4));
    expect(await openIncidents(world)).toBe(1);
    await routed(world, 5, day(5));
    expect(await openIncidents(world)).toBe(0);
    expect(await incidents(world)).toMatchObject([
      {
        status: 'closed',
        closedBy: 'platform/route-causes',
        windows: [{ start: window(2).start }, { start: window(3).start }],
      },
    ]);
    expect(await exportWindow(window(2), world)).toEqual({ model: MODEL, skipped: kept });
    expect((await planWindows({ model: MODEL }, world)).quality).toEqual([]);
    expect(await raiseSignal({ model: MODEL }, world)).toEqual({});
  });

  it('lets windows that a person kept be announced and exported after all', async () => {
    const world = await aServingWorld(celsius);
    await routed(world, 2, inFahrenheit(day(2)));
    const [opened] = await incidents(world);
    const closed = { ...opened, status: 'closed', keepWindows: true } as Incident;
    await world.registry.decide(MODEL, () => ({
      answer: undefined,
      entry: {
        at: world.now().toISOString(),
        actor: 'token/ada',
        action: 'incident-closed',
        subject: `incident/${closed.id}`,
        facts: {},
      },
      head: { openIncidents: 0 },
      writes: [{ sk: sk.incident(closed.id), item: closed }],
    }));
    await label(world, day(2), 'l2');
    await measureQuality(window(2), world);
    expect(await exportWindow(window(2), world)).toMatchObject({ uploadId: 'window-20130202T00-v1' });
    expect(await raiseSignal({ model: MODEL }, world)).toEqual({ signal: expect.any(String) });
    await routeCauses(window(2), world);
    expect(await openIncidents(world)).toBe(0);
  });

  it('sees that a day came twice', async () => {
    const world = await aServingWorld(celsius);
    const again = day(1).map((row) => ({ ...row, trip: `${row.trip}-again` }));
    expect(await routed(world, 1, [...day(1), ...again])).toMatchObject({ causes: ['volume-duplicated'] });
    expect((await incidents(world))[0]?.summary).toContain('holds every row 2 times');
  });

  it('sees that no one asked: the silent day is a window of its own, and after three weeks a fault', async () => {
    const world = await aServingWorld(celsius);
    const month = trips(date(1), 27, 60).filter((row) => !row.at.startsWith(date(25)));
    await serve(world, month, 'm1');
    const plan = await planWindows({ model: MODEL }, world);
    expect(plan.windows.filter(({ empty }) => empty)).toEqual([{ ...window(25), empty: true }]);
    await compactPlanned(plan, world);
    const silent = { ...window(25), empty: true };
    expect(await scoreWindow(silent, world)).toMatchObject({ verdict: 'insufficient-data' });
    expect(await routeCauses(silent, world)).toMatchObject({
      route: 'incident',
      causes: ['volume-missing', 'too-few-rows'],
    });
    expect((await incidents(world))[0]).toMatchObject({
      summary: '2013-02-25 has no rows, where the same weekday usually has 60',
      firstBad: { start: window(25).start, end: window(26).start },
    });
    expect((await planWindows({ model: MODEL }, world)).windows).not.toContainEqual(silent);
  });

  it('sees that all traffic has stopped, by the clock alone: one incident, extended for a month at most', async () => {
    const world = await aServingWorld(celsius);
    await serve(world, trips(date(1), 24, 60), 'm1');
    const after = (days: number) => ({ ...world, now: () => new Date(Date.parse(NOW) + days * 86_400_000) });
    const silent = async (days: number) => {
      const plan = await planWindows({ model: MODEL }, after(days));
      await compactPlanned(plan, world);
      for (const item of plan.windows) await scoreWindow(item, world);
      const empty = plan.windows.filter((item) => item.empty);
      for (const item of empty) await routeCauses(item, world);
      return empty.map(({ start }) => start.slice(5, 10));
    };
    expect(await silent(0)).toEqual([]);
    expect(await silent(1.5)).toEqual(['02-25']);
    expect(await incidents(world)).toMatchObject([
      { cause: 'volume-missing', status: 'open', firstBad: { start: window(25).start } },
    ]);
    expect(await silent(2.5)).toEqual(['02-26']);
    expect(await silent(365)).toHaveLength(29);
    expect(await silent(366)).toEqual([]);
    const [incident, ...others] = await incidents(world);
    expect([incident?.status, others, await openIncidents(world)]).toEqual(['open', [], 1]);
  });

  it('takes the return of traffic after a pause of six weeks for what it is', async () => {
    const world = await aServingWorld(celsius);
    const monitored = async () => {
      const plan = await planWindows({ model: MODEL }, world);
      await compactPlanned(plan, world);
      for (const item of plan.windows) await scoreWindow(item, world);
      for (const { start, end } of plan.windows) await routeCauses({ ...window(1), start, end }, world);
    };
    await serve(world, trips(date(1), 28, 80), 'before');
    await monitored();
    await serve(world, trips('2013-04-12', 4, 80), 'after');
    await monitored();
    const causes = (await incidents(world)).map(({ cause }) => cause);
    expect(causes).toEqual(['volume-missing']);
  });

  it('hears no silence of a model whose champion is retired', async () => {
    const world = await aServingWorld(celsius);
    await serve(world, trips(date(1), 24, 60), 'm1');
    const version = await world.registry.get<object>(MODEL, sk.version(1));
    await world.registry.put(MODEL, sk.version(1), { ...version, status: 'retired' });
    const later = { ...world, now: () => new Date(Date.parse(NOW) + 9 * 86_400_000) };
    expect((await planWindows({ model: MODEL }, later)).windows.filter(({ empty }) => empty)).toEqual([]);
  });

  it('forgets the causes of a window that late rows changed, and finds them again', async () => {
    const world = await aServingWorld(celsius);
    await routed(world, 1, day(1, 10));
    await serve(world, day(1).slice(10), 'late');
    await compactDay({ model: MODEL, version: 1, date: date(1) }, world);
    await scoreWindow(window(1), world);
    const at = sk.window(window(1).start, 'drift', 1);
    expect((await world.registry.get<DriftWindow>(MODEL, at))?.causes).toBeUndefined();
    expect(await routeCauses(window(1), world)).toMatchObject({ causes: ['none'] });
  });

  it('does not know a window that was not scored', async () => {
    await expect(routeCauses(window(9), await aServingWorld(celsius))).rejects.toThrow(NotFoundError);
  });
});
