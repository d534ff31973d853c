import { measureQuality } from '../../../lambdas/measure-quality/measure-quality.ts';
import { aServingWorld, label, serve } from '../../support/a-log.ts';
import { MODEL, trips, type World } from '../../support/a-world.ts';
import { compactDay } from '../../support/compact-day.ts';

export const window = {
  model: MODEL,
  version: 1,
  start: '2013-02-01T00:00:00.000Z',
  end: '2013-02-02T00:00:00.000Z',
};
export const rows = trips('2013-02-01', 1, 100);
export const uploadId = 'window-20130201T00-v1';

/** The same world later. */
export const at = (world: World, time: string): World => ({ ...world, now: () => new Date(time) });

export async function aMeasuredDay(labelled = rows): Promise<World> {
  const world = await aServingWorld();
  await serve(world, rows, 'm1');
  await compactDay({ model: MODEL, version: 1, date: '2013-02-01' }, world);
  await label(world, labelled, 'l1');
  await measureQuality(window, world);
  return world;
}
