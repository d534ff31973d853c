import { describe, expect, it } from 'vitest';
import { exportWindow } from '../../../lambdas/export-window/export-window.ts';
import { measureQuality } from '../../../lambdas/measure-quality/measure-quality.ts';
import { planWindows } from '../../../lambdas/plan-windows/plan-windows.ts';
import type { UploadManifest } from '../../../lib/domain/data/upload-manifest.ts';
import { NotFoundError } from '../../../lib/domain/errors.ts';
import type { DatasetVersion } from '../../../lib/domain/registry/dataset.ts';
import type { QualityWindow } from '../../../lib/domain/registry/window.ts';
import { datasetsKnownAt } from '../../../lib/domain/training/known-datasets.ts';
import { keys, UPLOAD_MANIFEST } from '../../../lib/names.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { aServingWorld, label, serve } from '../../support/a-log.ts';
import { applySpec, delaySpec, MODEL, NOW, trips, type World } from '../../support/a-world.ts';
import { compactDay } from '../../support/compact-day.ts';
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

/** The same world later. */
const at = (world: World, time: string): World => ({ ...world, now: () => new Date(time) });

async function aMeasuredDay(labelled = rows): Promise<World> {
  const world = await aServingWorld();
  await serve(world, rows, 'm1');
  await compactDay({ model: MODEL, version: 1, date: '2013-02-01' }, world);
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

  it('exports a window once while labels say the same', async () => {
    const world = await aMeasuredDay(rows.slice(0, 80));
    await exportWindow(window, world);
    await takeIn(world, uploadId);
    const first = await world.landing.get(keys.upload(MODEL, uploadId, 'rows.parquet'));
    await label(world, rows.slice(0, 85), 'l2');
    expect(await measureQuality(window, world)).toMatchObject({ export: false });
    expect(await exportWindow(window, world)).toEqual({ model: MODEL, uploadId });
    expect(await world.landing.get(keys.upload(MODEL, uploadId, 'rows.parquet'))).toEqual(first);
    const exports = (await theLedger(world.registry, MODEL)).filter((e) => e.action === 'window-exported');
    expect(exports).toHaveLength(1);
  });

  it.each([
    ['a tenth more labels have come', rows.slice(0, 88), {}],
    ['a label was corrected', rows.slice(0, 1), { revision: 1, label: !rows[0]?.late }],
  ])('exports it again, as a second revision, once %s', async (_, labelled, more) => {
    const world = await aMeasuredDay(rows.slice(0, 80));
    await exportWindow(window, world);
    await takeIn(world, uploadId);
    const later = at(world, '2026-11-24T13:00:00.000Z');
    await label(later, labelled, 'l2', { receivedAt: '2026-11-24T12:30:00.000Z', ...more });
    expect(await measureQuality(window, later)).toMatchObject({ export: true });
    expect(await exportWindow(window, later)).toEqual({ model: MODEL, uploadId: `${uploadId}-r2` });
    await takeIn(later, `${uploadId}-r2`);
    expect(await measureQuality(window, later)).toMatchObject({ export: false });
    const stored = await world.registry.get<QualityWindow>(MODEL, sk.window(window.start, 'quality', 1));
    expect(stored?.exports?.map((e) => e.until)).toEqual([NOW, '2026-11-24T13:00:00.000Z']);
  });

  it('exports a correction that waited in the queue while the window was exported', async () => {
    const world = await aMeasuredDay(rows.slice(0, 80));
    await exportWindow(window, world);
    await takeIn(world, uploadId);
    const later = at(world, '2026-11-24T12:15:00.000Z');
    const others = rows.slice(0, 1).map((row) => ({ ...row, late: !row.late }));
    await label(later, others, 'l2', { revision: 1, receivedAt: '2026-11-24T11:59:00.000Z' });
    expect(await measureQuality(window, later)).toMatchObject({ export: true });
    await exportWindow(window, later);
    await takeIn(later, `${uploadId}-r2`);
    await label(later, rows.slice(1, 2), 'l3');
    expect(await measureQuality(window, later)).toMatchObject({ export: false });
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

  it('exports again, once and without the rows, when labels are contradicted after an export', async () => {
    const world = await aMeasuredDay(rows.slice(0, 80));
    await exportWindow(window, world);
    const later = at(world, '2026-11-24T13:00:00.000Z');
    const others = rows.slice(0, 10).map((row) => ({ ...row, late: !row.late }));
    await label(later, others, 'l2', { labeller: 'bob', receivedAt: '2026-11-24T12:30:00.000Z' });
    expect(await measureQuality(window, later)).toMatchObject({ export: true });
    expect(await exportWindow(window, later)).toEqual({ model: MODEL, uploadId: `${uploadId}-r2` });
    const { datasetId } = await takeIn(later, `${uploadId}-r2`);
    expect(await world.registry.get(MODEL, sk.dataset(datasetId))).toMatchObject({ rows: 70 });
    const evenLater = at(world, '2026-11-24T14:00:00.000Z');
    expect(await measureQuality(window, evenLater)).toMatchObject({ export: false });
    await label(evenLater, others, 'l3', { labeller: 'cay', receivedAt: '2026-11-24T13:30:00.000Z' });
    expect(await measureQuality(window, evenLater)).toMatchObject({ export: false });
    expect((await planWindows({ model: MODEL }, evenLater)).quality).toEqual([]);
  });

  it('is a new dataset when a label comes back to what it was before it was corrected', async () => {
    const world = await aMeasuredDay(rows);
    await exportWindow(window, world);
    const datasets = [(await takeIn(world, uploadId)).datasetId];
    for (const revision of [1, 2]) {
      const later = at(world, `2026-11-24T1${revision + 2}:00:00.000Z`);
      const corrected = rows
        .slice(0, 10)
        .map((row) => ({ ...row, late: revision === 1 ? !row.late : row.late }));
      const receivedAt = `2026-11-24T1${revision + 1}:30:00.000Z`;
      await label(later, corrected, `l${revision + 1}`, { revision, receivedAt });
      expect(await measureQuality(window, later)).toMatchObject({ export: true });
      await exportWindow(window, later);
      datasets.push((await takeIn(later, `${uploadId}-r${revision + 1}`)).datasetId);
    }
    expect(new Set(datasets).size).toBe(3);
    const all = await Promise.all(
      datasets.map((id) => world.registry.get<DatasetVersion>(MODEL, sk.dataset(id))),
    );
    const known = datasetsKnownAt(all as DatasetVersion[], { asOf: '2026-11-25T00:00:00.000Z' });
    expect(known.map(({ id }) => id)).toEqual([datasets[2]]);
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

  it('takes a window back from training once all its labels are contradicted, each window by itself', async () => {
    const world = await aMeasuredDay(rows);
    await exportWindow(window, world);
    const first = await takeIn(world, uploadId);
    const later = at(world, '2026-11-24T13:00:00.000Z');
    const others = rows.map((row) => ({ ...row, late: !row.late }));
    await label(later, others, 'l2', { labeller: 'bob', receivedAt: '2026-11-24T12:30:00.000Z' });
    expect(await measureQuality(window, later)).toMatchObject({ export: true });
    expect(await exportWindow(window, later)).toEqual({ model: MODEL, uploadId: `${uploadId}-r2` });
    const second = await takeIn(later, `${uploadId}-r2`);
    const stored = await Promise.all(
      [first, second].map(({ datasetId }) =>
        world.registry.get<DatasetVersion>(MODEL, sk.dataset(datasetId)),
      ),
    );
    const datasets = stored as DatasetVersion[];
    expect(datasets.map(({ status, rows: n }) => [status, n])).toEqual([
      ['accepted', 100],
      ['rejected', 0],
    ]);
    expect(datasets[1]?.findings).toMatchObject([{ rule: 'dataset-low-num-examples' }]);
    const between = datasets[0]?.createdAt ?? '';
    expect(datasetsKnownAt(datasets, { asOf: '2026-11-25T00:00:00.000Z' })).toEqual([]);
    expect(datasetsKnownAt(datasets, { asOf: between })).toEqual([datasets[0]]);
    const manifest = await world.landing.getJson<UploadManifest>(
      keys.upload(MODEL, `${uploadId}-r2`, UPLOAD_MANIFEST),
    );
    expect(manifest?.files.map(({ key }) => key)).toEqual([`${uploadId}-r2/rows.parquet`]);
    const evenLater = at(world, '2026-11-24T14:00:00.000Z');
    expect(await measureQuality(window, evenLater)).toMatchObject({ export: false });
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
