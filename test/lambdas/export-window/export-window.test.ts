import { describe, expect, it } from 'vitest';
import { compactLog } from '../../../lambdas/compact-log/compact-log.ts';
import { exportWindow } from '../../../lambdas/export-window/export-window.ts';
import { measureQuality } from '../../../lambdas/measure-quality/measure-quality.ts';
import { NotFoundError } from '../../../lib/domain/errors.ts';
import type { DatasetVersion } from '../../../lib/domain/registry/dataset.ts';
import type { QualityWindow } from '../../../lib/domain/registry/window.ts';
import { keys } from '../../../lib/names.ts';
import { sk } from '../../../lib/stores/sort-keys.ts';
import { aServingWorld, label, serve } from '../../support/a-log.ts';
import { MODEL, trips, type World } from '../../support/a-world.ts';
import { takeIn } from '../../support/take-in.ts';
import { theLedger } from '../../support/the-ledger.ts';

const window = {
  model: MODEL,
  version: 1,
  start: '2013-02-01T00:00:00.000Z',
  end: '2013-02-02T00:00:00.000Z',
};
const rows = trips('2013-02-01', 1, 100);
const uploadId = 'window-20130201T00-v1';

async function aMeasuredDay(labelled = rows): Promise<World> {
  const world = await aServingWorld();
  await serve(world, rows, 'm1');
  await compactLog({ model: MODEL, version: 1, date: '2013-02-01' }, world);
  await label(world, labelled, 'l1');
  await measureQuality(window, world);
  return world;
}

describe('export-window', () => {
  it('returns labelled predictions as an upload that intake accepts', async () => {
    const world = await aMeasuredDay(rows.slice(0, 80));
    expect(await exportWindow(window, world)).toEqual({ model: MODEL, uploadId });
    const taken = await takeIn(world, uploadId);
    expect(taken.status).toBe('accepted');
    const dataset = await world.registry.get<DatasetVersion>(MODEL, sk.dataset(taken.datasetId));
    expect(dataset).toMatchObject({
      origin: 'labelled-predictions',
      rows: 80,
      from: rows[0]?.at,
      findings: [],
    });
  });

  it('says so in the ledger, with the dataset that it became', async () => {
    const world = await aMeasuredDay();
    await exportWindow(window, world);
    const entry = (await theLedger(world.registry, MODEL)).at(-1);
    expect(entry).toMatchObject({ action: 'window-exported', facts: { uploadId, rows: 100 } });
    const { datasetId } = await takeIn(world, uploadId);
    expect(entry?.outputs).toEqual([{ kind: 'dataset', id: `${MODEL}/${datasetId}` }]);
    expect(
      await world.registry.get<QualityWindow>(MODEL, sk.window(window.start, 'quality', 1)),
    ).toMatchObject({
      datasetUploadId: uploadId,
    });
  });

  it('exports a window once, whatever labels come later', async () => {
    const world = await aMeasuredDay(rows.slice(0, 80));
    await exportWindow(window, world);
    const first = await world.landing.get(keys.upload(MODEL, uploadId, 'rows.parquet'));
    await label(world, rows, 'l2');
    await exportWindow(window, world);
    expect(await world.landing.get(keys.upload(MODEL, uploadId, 'rows.parquet'))).toEqual(first);
    const exports = (await theLedger(world.registry, MODEL)).filter((e) => e.action === 'window-exported');
    expect(exports).toHaveLength(1);
  });

  it('takes the decision that a crash left out, for the files that are there', async () => {
    const world = await aMeasuredDay();
    const broken = {
      ...world,
      registry: { ...world.registry, decide: () => Promise.reject(new Error('gone')) },
    };
    await expect(exportWindow(window, broken)).rejects.toThrow('gone');
    await label(world, rows.slice(0, 5), 'l2', { revision: 1, label: true });
    await exportWindow(window, world);
    const { datasetId } = await takeIn(world, uploadId);
    expect(
      (await theLedger(world.registry, MODEL)).find((e) => e.action === 'window-exported')?.facts,
    ).toMatchObject({
      datasetId,
    });
  });

  it('makes the same bytes of the same rows and labels', async () => {
    const [one, two] = [await aMeasuredDay(), await aMeasuredDay()];
    await exportWindow(window, one);
    await exportWindow(window, two);
    const key = keys.upload(MODEL, uploadId, 'rows.parquet');
    expect(await one.landing.sha256(key)).toBe(await two.landing.sha256(key));
  });

  it('does not know a window that was not measured', async () => {
    await expect(exportWindow(window, await aServingWorld())).rejects.toThrow(NotFoundError);
  });
});
