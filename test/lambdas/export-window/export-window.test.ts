import { describe, expect, it } from 'vitest';
import { exportWindow } from '../../../lambdas/export-window/export-window.ts';
import { measureQuality } from '../../../lambdas/measure-quality/measure-quality.ts';
import type { UploadManifest } from '../../../lib/domain/data/upload-manifest.ts';
import { NotFoundError } from '../../../lib/domain/errors.ts';
import type { DatasetVersion } from '../../../lib/domain/registry/dataset.ts';
import type { QualityWindow } from '../../../lib/domain/registry/window.ts';
import { keys, UPLOAD_MANIFEST } from '../../../lib/names.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { aServingWorld, label, serve } from '../../support/a-log.ts';
import { applySpec, delaySpec, MODEL } from '../../support/a-world.ts';
import { compactDay } from '../../support/compact-day.ts';
import { takeIn } from '../../support/take-in.ts';
import { theLedger } from '../../support/the-ledger.ts';
import { aMeasuredDay, rows, uploadId, window } from './a-measured-day.ts';

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

  it('is judged by the spec of the version that served it, whatever is asked of new data meanwhile', async () => {
    const world = await aMeasuredDay(rows);
    const old = delaySpec();
    const columns = [...old.schema.columns, { name: 'wind', type: 'number' as const }];
    await applySpec(world, 's2', delaySpec({ schema: { ...old.schema, columns } }));
    await exportWindow(window, world);
    const { status, datasetId } = await takeIn(world, uploadId);
    expect(status).toBe('accepted');
    expect(await world.registry.get(MODEL, sk.dataset(datasetId))).toMatchObject({ specHash: 's1' });
    expect((await world.registry.head(MODEL))?.openIncidents).toBe(0);
  });

  it('has no row for a label that is none of the version’s, as the window says', async () => {
    const world = await aMeasuredDay(rows.slice(0, 80));
    await label(world, rows.slice(0, 1), 'l2', { label: 'very late', revision: 1 });
    await label(world, rows.slice(80, 81), 'l3', { label: 'very late' });
    await measureQuality(window, world);
    await exportWindow(window, world);
    const measured = await world.registry.get<QualityWindow>(MODEL, sk.window(window.start, 'quality', 1));
    expect(measured).toMatchObject({ labelled: 80, labels: { unfit: 2 }, exports: [{ rows: 80 }] });
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

  it('lets nothing in that was received after the window was measured', async () => {
    const [before, after] = [await aMeasuredDay(rows.slice(0, 80)), await aMeasuredDay(rows.slice(0, 80))];
    await label(after, rows, 'l2', { revision: 7, label: true, receivedAt: '2026-11-24T12:00:00.001Z' });
    for (const world of [before, after]) await exportWindow(window, world);
    const key = keys.upload(MODEL, uploadId, 'rows.parquet');
    expect(await after.landing.sha256(key)).toBe(await before.landing.sha256(key));
  });

  it('learns nothing from rows whose labels contradict each other', async () => {
    const world = await aServingWorld();
    await serve(world, rows, 'm1');
    await compactDay({ model: MODEL, version: 1, date: '2013-02-01' }, world);
    await label(world, rows.slice(0, 80), 'l1', { labeller: 'ann' });
    const others = rows.slice(0, 10).map((row) => ({ ...row, late: !row.late }));
    await label(world, others, 'l2', { labeller: 'bob' });
    await measureQuality(window, world);
    await exportWindow(window, world);
    const { datasetId } = await takeIn(world, uploadId);
    expect(await world.registry.get(MODEL, sk.dataset(datasetId))).toMatchObject({ rows: 70 });
    expect(await measureQuality(window, world)).toMatchObject({ export: false });
  });

  it('is not asked for a window whose labels all contradict each other', async () => {
    const world = await aServingWorld();
    await serve(world, rows, 'm1');
    await compactDay({ model: MODEL, version: 1, date: '2013-02-01' }, world);
    await label(world, rows, 'l1', { labeller: 'ann' });
    const others = rows.map((row) => ({ ...row, late: !row.late }));
    await label(world, others, 'l2', { labeller: 'bob' });
    expect(await measureQuality(window, world)).toMatchObject({ labelCoverage: 1, export: false });
  });

  it('lays rows whose outcome the model influenced into a file of their own', async () => {
    const world = await aServingWorld(delaySpec({ labels: { influencedSources: ['collections'] } }));
    await serve(world, rows, 'm1');
    await compactDay({ model: MODEL, version: 1, date: '2013-02-01' }, world);
    await label(world, rows.slice(0, 50), 'l1');
    await label(world, rows.slice(50, 70), 'l2', { source: 'collections' });
    await label(world, rows.slice(70, 80), 'l3', { influenced: true });
    await label(world, rows.slice(80), 'l4', { source: 'collections', influenced: false });
    await measureQuality(window, world);
    await exportWindow(window, world);
    const manifest = await world.landing.getJson<UploadManifest>(
      keys.upload(MODEL, uploadId, UPLOAD_MANIFEST),
    );
    expect(manifest?.files.map((f) => f.key)).toEqual(['rows.parquet', 'influenced.parquet']);
    expect(manifest?.exported).toMatchObject({ rows: 100, influenced: 30 });
    expect((await takeIn(world, uploadId)).status).toBe('accepted');
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
