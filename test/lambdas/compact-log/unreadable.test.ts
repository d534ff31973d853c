import { describe, expect, it } from 'vitest';
import { scoreWindow } from '../../../lambdas/score-window/score-window.ts';
import type { CompactedDay } from '../../../lib/domain/monitoring/compacted-day.ts';
import type { DriftWindow } from '../../../lib/domain/registry/window.ts';
import { keys } from '../../../lib/names.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { aServingWorld, serve } from '../../support/a-log.ts';
import { MODEL, trips, type World } from '../../support/a-world.ts';
import { compactDay } from '../../support/compact-day.ts';

const DATE = '2013-02-01';
const rows = trips(DATE, 1, 240);
const compact = (world: World) => compactDay({ model: MODEL, version: 1, date: DATE }, world);

/** A day of two messages, half of its predictions each; the keys of the second one's objects. */
async function aDay() {
  const world = await aServingWorld();
  const prefix = keys.predictionsOfDay(MODEL, 1, DATE);
  await serve(world, rows.slice(0, 120), 'first');
  const before = new Set((await world.data.list(prefix)).map(({ key }) => key));
  await serve(world, rows.slice(120), 'second');
  const second = (await world.data.list(prefix)).map(({ key }) => key).filter((key) => !before.has(key));
  return { world, second };
}

const harms: readonly [string, (bytes: Uint8Array) => Uint8Array][] = [
  ['was cut off', (bytes) => bytes.slice(0, -20)],
  ['has a hole', (bytes) => bytes.map((byte, i) => (i >= 30 && i < 60 ? 0 : byte))],
  ['is no gzip', () => Buffer.from('{"predictionId":"x"}\n')],
];

describe('an object of the log that', () => {
  it.each(harms)('%s is left out, and the day says so', async (_, harm) => {
    const { world, second } = await aDay();
    for (const key of second)
      await world.data.put(key, harm((await world.data.get(key)) ?? new Uint8Array()));
    expect((await compact(world)).rows).toBe(120);
    const day = await world.registry.get<CompactedDay>(MODEL, sk.day(DATE, 1));
    expect(day?.unreadable).toEqual(second);
    expect(day?.coverage).toBeGreaterThan(0);
    expect(day?.coverage).toBeLessThan(1);
  });

  it('cannot be read keeps its window from a verdict', async () => {
    const { world, second } = await aDay();
    for (const key of second)
      await world.data.put(key, 'no gzip, and as long as half of a day of predictions'.repeat(90));
    await compact(world);
    const window = {
      model: MODEL,
      version: 1,
      start: `${DATE}T00:00:00.000Z`,
      end: '2013-02-02T00:00:00.000Z',
    };
    expect(await scoreWindow(window, world)).toMatchObject({ verdict: 'insufficient-data' });
    const scored = await world.registry.get<DriftWindow>(MODEL, sk.window(window.start, 'drift', 1));
    expect(scored?.coverage).toBeLessThan(0.95);
    expect(scored?.explanation).toContain('of its rows could be counted');
  });
});

describe('a whole log', () => {
  it('has no coverage to speak of', async () => {
    const { world } = await aDay();
    await compact(world);
    const day = await world.registry.get<CompactedDay>(MODEL, sk.day(DATE, 1));
    expect([day?.rows, day?.coverage, day?.unreadable]).toEqual([240, undefined, undefined]);
  });
});
