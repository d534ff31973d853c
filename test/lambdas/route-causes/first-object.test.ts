import { describe, expect, it } from 'vitest';
import { routeCauses } from '../../../lambdas/route-causes/route-causes.ts';
import { scoreWindow } from '../../../lambdas/score-window/score-window.ts';
import type { Incident } from '../../../lib/domain/registry/incident.ts';
import { skPrefix } from '../../../lib/stores/registry/sort-keys.ts';
import { aCaller } from '../../support/a-caller.ts';
import { aServingWorld, serve } from '../../support/a-log.ts';
import { MODEL, type Trip, trips } from '../../support/a-world.ts';
import { compactDay } from '../../support/compact-day.ts';

const DATE = '2013-02-01';
const window = { model: MODEL, version: 1, start: `${DATE}T00:00:00.000Z`, end: '2013-02-02T00:00:00.000Z' };
const rows = trips(DATE, 1, 1200);
const isBad = ({ at }: Trip) => at.slice(11, 13) >= '06';

/** Serves a day that is cut at its hours, and refuses some calls of it; the incidents, and where each part's rows are. */
async function routed(served: readonly Trip[], partBytes: number, refused: readonly object[] = []) {
  const world = await aServingWorld();
  await serve(world, served, 'm1');
  await aCaller(world)(refused);
  const day = await compactDay({ model: MODEL, version: 1, date: DATE }, { ...world, partBytes });
  await scoreWindow(window, world);
  await routeCauses(window, world);
  const incidents = (await world.registry.list<Incident>(MODEL, skPrefix.incident)).items;
  return { day, incidents };
}

describe('an incident', () => {
  it('names the first object of a day that shows the fault, and the day', async () => {
    const silent = rows.map((row) => (isBad(row) ? { ...row, temp: null } : row));
    const { day, incidents } = await routed(silent, 10_000);
    const first = day.parts.findIndex(({ below }) => below === '06/');
    expect(day.parts).toHaveLength(24);
    expect(incidents).toMatchObject([
      {
        cause: 'null-surge',
        firstBad: { start: window.start, end: window.end, object: day.rowKeys[first] },
      },
    ]);
  });

  it('names the only object of a day that one worker took', async () => {
    const silent = rows.map((row) => (isBad(row) ? { ...row, temp: null } : row));
    const { day, incidents } = await routed(silent, 10_000_000);
    expect(incidents[0]?.firstBad?.object).toBe(day.rowKeys[0]);
  });

  it('names the refused call, where that is the fault, however many objects its day has', async () => {
    const silent = rows.map((row) => (isBad(row) ? { ...row, temp: null } : row));
    const refused = rows.slice(0, 500).map(({ late: _, ...row }) => ({ ...row, temp: 'warm' }));
    const { incidents } = await routed(silent, 10_000, refused);
    const found = incidents.find(({ cause }) => cause === 'type-changed');
    expect(found?.firstBad?.object).toMatch(/^refused\/delay\/0000000001\/2013-02-01\/00\//);
  });
});
