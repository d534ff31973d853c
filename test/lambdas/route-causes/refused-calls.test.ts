import { describe, expect, it } from 'vitest';
import { planWindows } from '../../../lambdas/plan-windows/plan-windows.ts';
import { routeCauses } from '../../../lambdas/route-causes/route-causes.ts';
import { scoreWindow } from '../../../lambdas/score-window/score-window.ts';
import type { Incident } from '../../../lib/domain/registry/incident.ts';
import type { DriftWindow } from '../../../lib/domain/registry/window.ts';
import { sk, skPrefix } from '../../../lib/stores/registry/sort-keys.ts';
import { aCaller } from '../../support/a-caller.ts';
import { aServingWorld } from '../../support/a-log.ts';
import { MODEL, type Trip, trips, type World } from '../../support/a-world.ts';
import { compactPlanned } from '../../support/compact-day.ts';

const start = (day: number) => `2013-02-0${day}T00:00:00.000Z`;
const day = (n: number, rows = 100) => trips(start(n).slice(0, 10), 1, rows);
const asked = (rows: readonly Trip[]) => rows.map(({ late: _, ...row }) => row);
const asText = (rows: readonly Trip[]) => asked(rows).map((row) => ({ ...row, temp: `${row.temp} °C` }));

/** Everything that a tick of the schedule does to closed windows. */
async function monitored(world: World): Promise<void> {
  const plan = await planWindows({ model: MODEL }, world);
  await compactPlanned(plan, world);
  for (const item of plan.windows) await scoreWindow(item, world);
  for (const { version, start, end } of plan.windows)
    await routeCauses({ model: MODEL, version, start, end }, world);
}
const incidents = async (world: World) =>
  (await world.registry.list<Incident>(MODEL, skPrefix.incident)).items;
const findings = async (world: World, n: number) =>
  (await world.registry.get<DriftWindow>(MODEL, sk.window(start(n), 'drift', 1)))?.findings;

describe('calls that predict refuses', () => {
  it('open an incident of their kind with the call and its day, and two clean days end it', async () => {
    const world = await aServingWorld();
    const call = aCaller(world);
    await call(asked(day(1)));
    // The morning of the second day is still answered.
    await call(asked(day(2).slice(0, 50)));
    expect(await call(asText(day(2).slice(50)))).toBe('refused');
    expect(await call(asText(day(3)))).toBe('refused');
    await call(asked(day(4, 1)));
    await monitored(world);

    const object = expect.stringMatching(/^refused\/delay\/0000000001\/2013-02-02\/12\/[0-9a-f]+\.json$/);
    expect(await incidents(world)).toMatchObject([
      {
        status: 'open',
        cause: 'type-changed',
        columns: ['input.temp'],
        firstBad: { start: start(2), end: start(3), object },
        windows: [{ start: start(2) }, { start: start(3) }],
        summary: expect.stringMatching(
          /^column temp must be a number, got ".* °C" in 50 of 100 rows asked \(50 %\), which predict refused$/,
        ),
      },
    ]);
    expect((await world.registry.head(MODEL))?.openIncidents).toBe(1);
    const [found] = (await findings(world, 2)) ?? [];
    expect(found).toMatchObject({
      rule: 'float-type-string-not-float',
      alias: 'data_type_check',
      column: 'temp',
      severity: 'error',
      rows: 50,
      share: 0.5,
      object,
      examples: [{ row: 1, value: expect.stringContaining('°C') }],
    });
    // Of the third day nothing was served, and it is a window all the same.
    expect((await findings(world, 3))?.[0]).toMatchObject({ rows: 100, share: 1 });

    for (const n of [4, 5]) await call(asked(day(n)));
    await call(asked(day(6, 1)));
    await monitored(world);
    expect(await incidents(world)).toMatchObject([{ status: 'closed', closedBy: 'platform/route-causes' }]);
  });

  it.each([
    ['a column that went', ({ carrier: _, ...row }: Omit<Trip, 'late'>) => row, 'schema-changed', 'carrier'],
    ['a column that came', (row: object) => ({ ...row, humid: 80 }), 'schema-changed', 'humid'],
    ['values that must not stay away', (row: object) => ({ ...row, carrier: null }), 'null-surge', 'carrier'],
  ] as const)('name %s', async (_what, change, cause, column) => {
    const world = await aServingWorld();
    const call = aCaller(world);
    await call(asked(day(1)));
    await call(asked(day(2)).map((row) => change(row)));
    await call(asked(day(3, 1)));
    await monitored(world);
    expect(await incidents(world)).toMatchObject([{ cause, columns: [`input.${column}`] }]);
  });

  it('are a warning that the window shows while they are few, and open nothing', async () => {
    const world = await aServingWorld();
    const call = aCaller(world);
    await call(asked(day(1)));
    for (const row of asText(day(1)).slice(0, 20)) await call([row]);
    await call(asked(day(2, 1)));
    await monitored(world);
    expect(await incidents(world)).toEqual([]);
    expect(await findings(world, 1)).toMatchObject([{ severity: 'warning', rows: 20, share: 20 / 120 }]);
  });

  it('are seen of a version that has never answered, by the clock alone', async () => {
    const world = await aServingWorld();
    const call = aCaller(world);
    expect(await call(asText(day(1)))).toBe('refused');
    await monitored(world);
    expect(await incidents(world)).toMatchObject([{ cause: 'type-changed', windows: [{ start: start(1) }] }]);
  });
});
