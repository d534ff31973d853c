import { describe, expect, it, vi } from 'vitest';
import { exportWindow } from '../../../lambdas/export-window/export-window.ts';
import { measureQuality } from '../../../lambdas/measure-quality/measure-quality.ts';
import { planWindows, type WindowsPlanned } from '../../../lambdas/plan-windows/plan-windows.ts';
import { scoreWindow } from '../../../lambdas/score-window/score-window.ts';
import { NotFoundError } from '../../../lib/domain/errors.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { anExport, aServingWorld, label, serve } from '../../support/a-log.ts';
import { delaySpec, MODEL, NOW, trips, type World } from '../../support/a-world.ts';
import { compactPlanned } from '../../support/compact-day.ts';
import { takeIn } from '../../support/take-in.ts';

const plan = (world: World) => planWindows({ model: MODEL }, world);
const ref = (date: string, next: string) => ({
  model: MODEL,
  version: 1,
  start: `${date}T00:00:00.000Z`,
  end: `${next}T00:00:00.000Z`,
});
const day = (date: string) => ({
  model: MODEL,
  version: 1,
  date,
  revision: expect.stringMatching(/^[0-9a-f]{32}$/),
});

/** Everything a plan asks for, as the state machine does it. */
async function work(world: World) {
  const planned = await plan(world);
  await compactPlanned(planned, world);
  for (const item of planned.windows) await scoreWindow(item, world);
  for (const item of planned.quality) await measureQuality(item, world);
  return planned;
}

describe('plan-windows', () => {
  it('wants closed windows only, oldest first: the watermark is in the third day', async () => {
    const world = await aServingWorld();
    await serve(world, trips('2013-02-01', 3, 20), 'm1');
    expect(await plan(world)).toMatchObject({
      parts: 2,
      days: [day('2013-02-01'), day('2013-02-02')],
      windows: [ref('2013-02-01', '2013-02-02'), ref('2013-02-02', '2013-02-03')],
      quality: [],
    });
  });

  it('wants nothing that is done', async () => {
    const world = await aServingWorld();
    await serve(world, trips('2013-02-01', 3, 20), 'm1');
    await label(world, trips('2013-02-01', 1, 20), 'l1');
    expect((await work(world)).quality).toEqual([ref('2013-02-01', '2013-02-02')]);
    await world.registry.put(MODEL, sk.window('2013-02-01T00:00:00.000Z', 'quality', 1), {
      ...(await world.registry.get<object>(MODEL, sk.window('2013-02-01T00:00:00.000Z', 'quality', 1))),
      exports: [anExport({ labelled: 20, rows: 20 })],
    });
    expect(await plan(world)).toEqual({ days: [], parts: 0, windows: [], quality: [] });
  });

  it('wants a day and its window again when a record came late', async () => {
    const world = await aServingWorld();
    await serve(world, trips('2013-02-01', 3, 20), 'm1');
    await work(world);
    await serve(world, trips('2013-02-01', 1, 7), 'late');
    expect(await plan(world)).toMatchObject({
      days: [day('2013-02-01')],
      windows: [ref('2013-02-01', '2013-02-02')],
    });
  });

  it('lists only days that something came to since they were compacted', async () => {
    const world = await aServingWorld();
    await serve(world, trips('2013-02-01', 3, 20), 'm1');
    const listed: string[] = [];
    const at = (minutes: number): World => ({
      ...world,
      now: () => new Date(Date.parse(NOW) + minutes * 60_000),
      data: {
        ...world.data,
        list: (prefix) => {
          if (prefix.startsWith('predictions/')) listed.push(prefix.slice(-11, -1));
          return world.data.list(prefix);
        },
      },
    });
    await work(at(5));
    listed.length = 0;
    expect((await plan(at(6))).days).toEqual([]);
    expect(listed).toEqual(['2013-02-03']);
    listed.length = 0;
    await serve(at(7), trips('2013-02-01', 1, 7), 'late');
    expect((await plan(at(8))).days).toEqual([day('2013-02-01')]);
    expect(new Set(listed)).toEqual(new Set(['2013-02-01', '2013-02-03']));
  });

  it('keeps a day as it was counted when raw objects of it are gone, and says what came late', async () => {
    const world = await aServingWorld();
    const warn = vi.fn();
    const said: World = { ...world, log: { ...world.log, warn } };
    await serve(world, trips('2013-02-01', 3, 20), 'm1');
    await work(world);
    const { key } = (await world.data.list('predictions/'))[0] as { key: string };
    await world.data.remove(key);
    expect((await work(said)).days).toEqual([]);
    expect(warn).not.toHaveBeenCalled();
    const late = trips('2013-02-01', 1, 1).map((trip) => ({ ...trip, trip: 'late' }));
    await serve(world, late, 'late');
    expect(await work(said)).toMatchObject({ days: [], windows: [] });
    const counted = await world.registry.get(MODEL, sk.window('2013-02-01T00:00:00.000Z', 'drift', 1));
    expect(counted).toMatchObject({ rows: 20 });
    expect(warn).toHaveBeenLastCalledWith(expect.stringContaining('late predictions are not counted'), {
      model: MODEL,
      version: 1,
      date: '2013-02-01',
      objects: 1,
      first: expect.stringMatching(/^predictions\/delay\/0000000001\/2013-02-01\//),
    });
  });

  it('wants quality again when labels came, and when it waits only for its export', async () => {
    const world = await aServingWorld();
    await serve(world, trips('2013-02-01', 3, 20), 'm1');
    await work(world);
    expect((await plan(world)).quality).toEqual([]);
    await label(world, trips('2013-02-02', 0, 20).concat(trips('2013-02-01', 2, 20).slice(20)), 'l1');
    expect((await work(world)).quality).toEqual([ref('2013-02-02', '2013-02-03')]);
    expect((await plan(world)).quality).toEqual([ref('2013-02-02', '2013-02-03')]);
  });

  it('wants an export handed to intake again while that has not decided on it', async () => {
    const world = await aServingWorld();
    await serve(world, trips('2013-02-01', 3, 20), 'm1');
    await label(world, trips('2013-02-01', 1, 20), 'l1');
    const [due] = (await work(world)).quality as [WindowsPlanned['quality'][number]];
    const { uploadId = '' } = await exportWindow(due, world);
    for (const status of ['processing', 'failed'] as const) {
      await world.registry.put(MODEL, sk.upload(uploadId), { model: MODEL, uploadId, status, at: NOW });
      expect((await plan(world)).quality).toEqual([due]);
      expect(await measureQuality(due, world)).toMatchObject({ export: true });
      expect(await exportWindow(due, world)).toMatchObject({ uploadId });
    }
    expect(await takeIn(world, uploadId)).toMatchObject({ status: 'accepted' });
    expect((await plan(world)).quality).toEqual([]);
    expect(await measureQuality(due, world)).toMatchObject({ export: false });
  });

  it('wants quality of a window whose labels took a year', async () => {
    const world = await aServingWorld();
    await serve(world, trips('2013-02-01', 1, 20), 'm1');
    await serve(world, trips('2014-02-01', 2, 20), 'm2');
    await work(world);
    await label(world, trips('2013-02-01', 1, 20), 'l1');
    expect((await plan(world)).quality).toEqual([ref('2013-02-01', '2013-02-02')]);
  });

  it('plans windows of an hour within one day', async () => {
    const world = await aServingWorld(
      delaySpec({ monitoring: { window: 'hour', latenessHours: 1, drift: { minRows: 10 } } }),
    );
    await serve(world, trips('2013-02-01', 1, 48).slice(0, 9), 'm1');
    const planned = await plan(world);
    expect(planned.days).toEqual([day('2013-02-01')]);
    expect(planned.windows.map((w) => w.start.slice(11, 13))).toEqual(['00', '01', '02']);
  });

  it('wants no quality of a window that waits for its score, however many are before it', async () => {
    const world = await aServingWorld(
      delaySpec({ monitoring: { window: 'hour', latenessHours: 1, drift: { minRows: 10 } } }),
    );
    const hourly = trips('2013-02-01', 7, 24);
    await serve(world, hourly, 'm1');
    await label(world, hourly.slice(5 * 24, 6 * 24), 'l1');
    const planned = await plan(world);
    expect(planned.windows).toHaveLength(100);
    expect(planned.windows.at(-1)?.start).toBe('2013-02-05T03:00:00.000Z');
    expect(planned.quality).toEqual([]);
  });

  it('measures windows first that never were, and others only when labels of their own hours came', async () => {
    const world = await aServingWorld(
      delaySpec({
        monitoring: { window: 'hour', latenessHours: 1, drift: { minRows: 10 }, minLabelCoverage: 1 },
      }),
    );
    const served = trips('2013-02-01', 2, 48);
    await serve(world, served, 'm1');
    // Half of each hour: none of them waits for its export.
    const hourly = served.filter((_, i) => i % 2 === 0);
    await label(world, hourly.slice(0, 12), 'l1');
    const hours = async () => (await work(world)).quality.map(({ start }) => start.slice(8, 13));
    expect(await hours()).toHaveLength(12);
    await label(world, [hourly[3], hourly[7], hourly[20]] as typeof hourly, 'l2');
    expect(await hours()).toEqual(['01T20', '01T03', '01T07']);
    expect(await hours()).toEqual([]);
  });

  it('wants nothing of a model that has served nothing', async () => {
    expect(await plan(await aServingWorld())).toEqual({ days: [], parts: 0, windows: [], quality: [] });
  });

  it('does not know an unknown model', async () => {
    await expect(planWindows({ model: 'other' }, await aServingWorld())).rejects.toThrow(NotFoundError);
  });
});
