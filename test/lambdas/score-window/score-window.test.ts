import { describe, expect, it } from 'vitest';
import { measureQuality } from '../../../lambdas/measure-quality/measure-quality.ts';
import { scoreWindow } from '../../../lambdas/score-window/score-window.ts';
import type { DriftReport } from '../../../lib/domain/drift/drift-report.ts';
import { ConflictError, NotFoundError } from '../../../lib/domain/errors.ts';
import type { CompactedDay } from '../../../lib/domain/monitoring/compacted-day.ts';
import type { DriftWindow, QualityWindow } from '../../../lib/domain/registry/window.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { aServingWorld, label, serve } from '../../support/a-log.ts';
import { delaySpec, MODEL, type Trip, trips, type World } from '../../support/a-world.ts';
import { compactDay } from '../../support/compact-day.ts';
import { theLedger } from '../../support/the-ledger.ts';

const window = {
  model: MODEL,
  version: 1,
  start: '2013-02-01T00:00:00.000Z',
  end: '2013-02-02T00:00:00.000Z',
};
const windowOf = (world: World) =>
  world.registry.get<DriftWindow>(MODEL, sk.window(window.start, 'drift', 1)) as Promise<DriftWindow>;

async function scored(world: World, rows: readonly Trip[], messageId = 'm1') {
  await serve(world, rows, messageId);
  for (const date of new Set(rows.map((row) => row.at.slice(0, 10))))
    await compactDay({ model: MODEL, version: 1, date }, world);
  return scoreWindow(window, world);
}

describe('score-window', () => {
  it('finds no drift in what the version learned from', async () => {
    const world = await aServingWorld();
    const answer = await scored(world, trips('2013-02-01', 1, 600));
    expect(['stable', 'watch']).toContain(answer.verdict);
    expect(await windowOf(world)).toMatchObject({ rows: 600, revision: 1, kind: 'drift' });
    expect((await theLedger(world.registry, MODEL)).at(-1)?.alert).toBeUndefined();
  });

  it('finds the drift of a warmer day, names the column first and tells people once', async () => {
    const world = await aServingWorld();
    expect(await scored(world, trips('2013-02-01', 1, 600, { warmer: 25 }))).toMatchObject({
      verdict: 'drifted',
    });
    const found = await windowOf(world);
    expect(['input.temp', 'feature.fahrenheit', 'output.score']).toContain(found.columns[0]?.column);
    const entry = (await theLedger(world.registry, MODEL)).at(-1);
    expect(entry).toMatchObject({ action: 'window-scored', facts: { verdict: 'drifted', rows: 600 } });
    expect(entry?.alert?.sentence).toContain(found.explanation);
    await scored(world, trips('2013-02-01', 1, 7, { warmer: 25 }), 'late');
    expect((await theLedger(world.registry, MODEL)).at(-1)).toMatchObject({ facts: { revision: 2 } });
    expect((await theLedger(world.registry, MODEL)).at(-1)?.alert).toBeUndefined();
  });

  it('says what NannyML would, by thresholds learned from chunks of the reference', async () => {
    const drift = { minRows: 50, threshold: 0.5, preset: 'nannyml' };
    const { monitoring } = delaySpec();
    const world = await aServingWorld(delaySpec({ monitoring: { ...monitoring, drift } }));
    await scored(world, trips('2013-02-01', 1, 600, { warmer: 25 }));
    const { reportKey, preset } = await windowOf(world);
    const report = await world.artifacts.getJson<DriftReport>(reportKey ?? '');
    const byName = new Map(report?.preset?.columns.map((column) => [column.column, column]));
    for (const name of ['input.temp', 'feature.fahrenheit', 'output.score'])
      expect(byName.get(name)?.threshold).toBeGreaterThan(0);
    expect(byName.get('input.temp')).toMatchObject({ method: 'jensen_shannon', drifted: true });
    expect(preset).toMatchObject({ preset: 'nannyml', drifted: true });
  });

  it('estimates quality from the scores alone, before any label', async () => {
    const world = await aServingWorld();
    const rows = trips('2013-02-01', 1, 600);
    await scored(world, rows);
    const { estimate } = await windowOf(world);
    expect(estimate).toMatchObject({ verdict: 'measured', rows: 600, method: 'calibrated-confidence' });
    await label(world, rows, 'l1');
    await measureQuality(window, world);
    const key = sk.window(window.start, 'quality', 1);
    const { metrics } = (await world.registry.get<QualityWindow>(MODEL, key)) as QualityWindow;
    for (const name of ['accuracy', 'precision', 'recall', 'f1', 'auc'] as const) {
      const { lower = 1, upper = 0 } = estimate?.metrics[name] ?? {};
      expect(metrics[name]).toBeGreaterThanOrEqual(lower);
      expect(metrics[name]).toBeLessThanOrEqual(upper);
    }
  });

  it('says that a few rows are not enough', async () => {
    const world = await aServingWorld();
    expect(await scored(world, trips('2013-02-01', 1, 10))).toMatchObject({ verdict: 'insufficient-data' });
  });

  it('changes nothing for the same rows', async () => {
    const world = await aServingWorld();
    await scored(world, trips('2013-02-01', 1, 100));
    const [before, entries] = [await windowOf(world), (await theLedger(world.registry, MODEL)).length];
    await scoreWindow(window, world);
    expect(await windowOf(world)).toEqual(before);
    expect(await theLedger(world.registry, MODEL)).toHaveLength(entries);
  });

  it('keeps the signal of a window that is scored again', async () => {
    const world = await aServingWorld();
    await scored(world, trips('2013-02-01', 1, 600, { warmer: 25 }));
    const key = sk.window(window.start, 'drift', 1);
    await world.registry.put(MODEL, key, { ...(await windowOf(world)), signal: 'drift-1' });
    await scored(world, trips('2013-02-01', 1, 9, { warmer: 25 }), 'late');
    expect(await windowOf(world)).toMatchObject({ revision: 2, signal: 'drift-1' });
  });

  it('watches a day whose trips are as warm as ever, but each hour otherwise than before', async () => {
    const drift = { minRows: 50, threshold: 0.3 };
    const world = await aServingWorld(delaySpec({ monitoring: { window: 'day', latenessHours: 0, drift } }));
    const day = trips('2013-02-01', 1, 1000);
    const temps = day.map(({ temp }) => temp as number).sort((a, b) => a - b);
    await scored(
      world,
      day.map((trip, i) => ({ ...trip, temp: temps[i] as number })),
    );
    const found = await windowOf(world);
    expect(found.columns.map(({ verdict }) => verdict)).toEqual(found.columns.map(() => 'stable'));
    expect(found).toMatchObject({ verdict: 'watch', joint: { verdict: 'drifted', rows: 1000 } });
    expect(found.explanation).toMatch(/^worth watching: 2 numeric columns together moved/);
    const report = await world.artifacts.getJson<DriftReport>(found.reportKey as string);
    expect(report?.joint).toEqual(found.joint);
  });

  it('adds up the days of a week', async () => {
    const world = await aServingWorld(delaySpec({ monitoring: { window: 'week', drift: {} } }));
    await serve(world, trips('2013-02-04', 3, 20), 'm1');
    for (const date of ['2013-02-04', '2013-02-05', '2013-02-06'])
      await compactDay({ model: MODEL, version: 1, date }, world);
    const week = { ...window, start: '2013-02-04T00:00:00.000Z', end: '2013-02-11T00:00:00.000Z' };
    await scoreWindow(week, world);
    expect(await world.registry.get(MODEL, sk.window(week.start, 'drift', 1))).toMatchObject({ rows: 60 });
  });

  it('cuts an hour out of a day', async () => {
    const world = await aServingWorld(delaySpec({ monitoring: { window: 'hour', drift: {} } }));
    await serve(world, trips('2013-02-01', 1, 48), 'm1');
    await compactDay({ model: MODEL, version: 1, date: '2013-02-01' }, world);
    const hour = { ...window, start: '2013-02-01T05:00:00.000Z', end: '2013-02-01T06:00:00.000Z' };
    await scoreWindow(hour, world);
    expect(await world.registry.get(MODEL, sk.window(hour.start, 'drift', 1))).toMatchObject({ rows: 2 });
  });

  it('keeps the whole report as an artifact, and what matters most in its item', async () => {
    const world = await aServingWorld();
    await scored(world, trips('2013-02-01', 1, 600, { warmer: 25 }));
    const found = await windowOf(world);
    const report = await world.artifacts.getJson<DriftReport>(found.reportKey as string);
    expect(report).toMatchObject({ verdict: 'drifted', alone: 'drifted', explanation: found.explanation });
    expect(report?.columns.map(({ column }) => column)).toEqual(found.columns.map(({ column }) => column));
    expect(report?.columns.find(({ column }) => column === 'input.carrier')?.statistics).toHaveProperty(
      'psi',
    );
    expect(found.columns[0]).toMatchObject({ statistics: {}, checks: [{ verdict: 'drifted' }] });
    expect(found.columns[0]?.contributions?.length).toBeGreaterThan(1);
    expect(Object.keys(report?.evidence ?? {})).toContain('input.temp');
    expect(found).toMatchObject({ coverage: 1, alone: 'drifted', segments: [] });
    expect(found).not.toHaveProperty('evidence');
    expect(JSON.stringify(found).length).toBeLessThan(10_000);
  });

  it('goes on from the window before: evidence, and k of n', async () => {
    const drift = { minRows: 50, windows: { drifted: 2, of: 2 } };
    const world = await aServingWorld(delaySpec({ monitoring: { window: 'day', drift } }));
    expect(await scored(world, trips('2013-02-01', 1, 600, { warmer: 25 }))).toMatchObject({
      verdict: 'watch',
    });
    // Nothing was served on the second.
    const third = { ...window, start: '2013-02-03T00:00:00.000Z', end: '2013-02-04T00:00:00.000Z' };
    await serve(world, trips('2013-02-03', 1, 600, { warmer: 25 }), 'm3');
    await compactDay({ model: MODEL, version: 1, date: '2013-02-03' }, world);
    expect(await scoreWindow(third, world)).toMatchObject({ verdict: 'drifted' });
    const item = await world.registry.get<DriftWindow>(MODEL, sk.window(third.start, 'drift', 1));
    const report = await world.artifacts.getJson<DriftReport>(item?.reportKey as string);
    expect(item?.recent).toEqual([
      { start: window.start, verdict: 'drifted' },
      { start: third.start, verdict: 'drifted' },
    ]);
    const stayed = report?.columns.find(({ column }) => column === 'input.carrier');
    expect(stayed?.evidence).toMatchObject({ since: window.start, windows: 2, rows: 1200 });
  });

  it('has nothing to judge in a window without traffic', async () => {
    const world = await aServingWorld();
    expect(await scoreWindow({ ...window, empty: true }, world)).toMatchObject({
      verdict: 'insufficient-data',
    });
    expect(await windowOf(world)).toMatchObject({
      rows: 0,
      explanation: '0 rows, wanted at least 50 to judge',
    });
  });

  it('judges nothing of a window of which too little was counted', async () => {
    const world = await aServingWorld();
    await serve(world, trips('2013-02-01', 1, 600, { warmer: 25 }), 'm1');
    await compactDay({ model: MODEL, version: 1, date: '2013-02-01' }, world);
    const key = sk.day('2013-02-01', 1);
    const day = await world.registry.get<CompactedDay>(MODEL, key);
    await world.registry.put(MODEL, key, { ...day, coverage: 0.6 });
    expect(await scoreWindow(window, world)).toMatchObject({ verdict: 'insufficient-data' });
    expect(await windowOf(world)).toMatchObject({
      coverage: 0.6,
      explanation: 'only 60 % of its rows could be counted, wanted 95 %',
    });
  });

  it('wants its days compacted first, and knows no unknown version', async () => {
    const world = await aServingWorld();
    await expect(scoreWindow(window, world)).rejects.toThrow(ConflictError);
    await expect(scoreWindow({ ...window, version: 9 }, world)).rejects.toThrow(NotFoundError);
  });
});
