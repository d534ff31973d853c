import { describe, expect, it } from 'vitest';
import { exportWindow } from '../../../lambdas/export-window/export-window.ts';
import { measureQuality } from '../../../lambdas/measure-quality/measure-quality.ts';
import { planWindows } from '../../../lambdas/plan-windows/plan-windows.ts';
import type { UploadManifest } from '../../../lib/domain/data/upload-manifest.ts';
import type { DatasetVersion } from '../../../lib/domain/registry/dataset.ts';
import type { QualityWindow } from '../../../lib/domain/registry/window.ts';
import { datasetsKnownAt } from '../../../lib/domain/training/known-datasets.ts';
import { keys, UPLOAD_MANIFEST } from '../../../lib/names.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { label } from '../../support/a-log.ts';
import { MODEL, NOW } from '../../support/a-world.ts';
import { takeIn } from '../../support/take-in.ts';
import { theLedger } from '../../support/the-ledger.ts';
import { aMeasuredDay, at, rows, uploadId, window } from './a-measured-day.ts';

describe('a window that was exported', () => {
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
});
