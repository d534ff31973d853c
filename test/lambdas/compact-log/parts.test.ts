import { describe, expect, it } from 'vitest';
import { scoreWindow } from '../../../lambdas/score-window/score-window.ts';
import type { DayProfile } from '../../../lib/domain/monitoring/compacted-day.ts';
import type { DriftWindow } from '../../../lib/domain/registry/window.ts';
import { readParquetRows } from '../../../lib/engine/read/rows.ts';
import { withTempFolder } from '../../../lib/runtime/temp-folder.ts';
import { downloadDays } from '../../../lib/stores/compacted-log.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { aServingWorld, serve } from '../../support/a-log.ts';
import { MODEL, type Trip, trips, type World } from '../../support/a-world.ts';
import { compactDay, type DayCompacted } from '../../support/compact-day.ts';

const DATE = '2013-02-01';
const rows = trips(DATE, 1, 960);
/** Four messages, so that an hour lies in several objects. */
const MESSAGES = 4;

/** Less than a day has, and more than an hour. */
const AN_HOUR = 10_000;
/** Less than an hour has. */
const LESS = 1500;

async function aServedDay(served: readonly Trip[] = rows): Promise<World> {
  const world = await aServingWorld();
  for (let i = 0; i < MESSAGES; i++)
    await serve(
      world,
      served.filter((_, at) => at % MESSAGES === i),
      `m${i}`,
    );
  return world;
}

const compact = (world: World, partBytes?: number) =>
  compactDay({ model: MODEL, version: 1, date: DATE }, { ...world, ...(partBytes && { partBytes }) });

async function idsOf(day: DayCompacted, world: World): Promise<readonly string[]> {
  return withTempFolder(async (folder) => {
    const files = await downloadDays([day], folder, world.data);
    const read = await Promise.all(
      files.map((file) => readParquetRows(file, ['predictionId'], world.engine)),
    );
    return read
      .flat()
      .map((row) => String(row.predictionId))
      .sort();
  });
}

const profileOf = async (day: DayCompacted, world: World) =>
  (await world.data.getJson<DayProfile>(day.profileKey))?.slices[0]?.profile;

describe('a day of several parts', () => {
  it('has the rows and the counts of the same day in one', async () => {
    const world = await aServedDay();
    const whole = await compact(world);
    const ids = await idsOf(whole, world);
    const one = await profileOf(whole, world);
    const cut = await compact(world, LESS);
    expect(whole.parts).toHaveLength(1);
    expect(cut.parts.length).toBeGreaterThan(24);
    expect(cut.rows).toBe(960);
    expect(await idsOf(cut, world)).toEqual(ids);
    const many = await profileOf(cut, world);
    expect(many?.rows).toBe(960);
    expect(many?.columns['input.carrier']).toEqual(one?.columns['input.carrier']);
    const [a, b] = [many, one].map((profile) => profile?.columns['input.temp']);
    if (a?.kind !== 'numeric' || b?.kind !== 'numeric') throw new Error('a numeric column is wanted');
    expect(a.bins.counts).toEqual(b.bins.counts);
  });

  it('counts predictions once that were delivered again under another message', async () => {
    const world = await aServedDay();
    const again = rows.filter((_, at) => at % MESSAGES === 3);
    await serve(world, again, 'sent-again');
    expect((await compact(world, LESS)).rows).toBe(960);
  });

  it('compacts only the part that a late object is in', async () => {
    const world = await aServedDay();
    const before = await compact(world, AN_HOUR);
    const late = trips(DATE, 1, 961)
      .slice(-1)
      .map((trip) => ({ ...trip, trip: 'late' }));
    await serve(world, late, 'late');
    const written: string[] = [];
    const data = {
      ...world.data,
      upload: (file: string, key: string) => {
        written.push(key);
        return world.data.upload(file, key);
      },
    };
    const after = await compact({ ...world, data }, AN_HOUR);
    expect(after.rows).toBe(961);
    expect(written).toHaveLength(1);
    const revisions = new Set(before.parts.map(({ revision }) => revision));
    const changed = after.parts.filter(({ revision }) => !revisions.has(revision));
    expect(changed.map(({ below }) => below)).toEqual(['23/']);
  });

  it('says in which object a shift lies', async () => {
    const warm = rows.map((row) => (row.at.slice(11, 13) === '05' ? { ...row, temp: 300 } : row));
    const world = await aServedDay(warm);
    const day = await compact(world, AN_HOUR);
    const window = {
      model: MODEL,
      version: 1,
      start: `${DATE}T00:00:00.000Z`,
      end: '2013-02-02T00:00:00.000Z',
    };
    await scoreWindow(window, world);
    const scored = await world.registry.get<DriftWindow>(MODEL, sk.window(window.start, 'drift', 1));
    const temp = scored?.columns.find(({ column }) => column === 'input.temp');
    const at = day.parts.findIndex(({ below }) => below === '05/');
    expect(temp?.verdict).toBe('drifted');
    expect(temp?.bySource?.[0]).toMatchObject({ source: window.start, object: day.rowKeys[at] });
    expect(temp?.bySource?.[0]?.share).toBeGreaterThan(0.9);
    expect(scored?.explanation).toContain(`(${day.rowKeys[at]})`);
  });
});
