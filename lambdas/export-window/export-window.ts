import { join } from 'node:path';
import { z } from 'zod';
import { whyKeptBack } from '../../lib/domain/causes/spoiled.ts';
import { datasetId } from '../../lib/domain/data/dataset-id.ts';
import type { UploadManifest } from '../../lib/domain/data/upload-manifest.ts';
import { exportEntry, exportUploadId, isExportDue } from '../../lib/domain/monitoring/window-export.ts';
import type { Incident } from '../../lib/domain/registry/incident.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import type { QualityWindow, WindowExport } from '../../lib/domain/registry/window.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import { INFLUENCED_FILE, keys, UPLOAD_MANIFEST } from '../../lib/names.ts';
import type { Now } from '../../lib/runtime/clock.ts';
import { withTempFolder } from '../../lib/runtime/temp-folder.ts';
import { compactedDays, downloadDays } from '../../lib/stores/compacted-log.ts';
import { readLabels } from '../../lib/stores/label-log.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import { type Decision, listAll, type Registry } from '../../lib/stores/registry/registry.ts';
import { sk, skPrefix } from '../../lib/stores/registry/sort-keys.ts';
import { known, requiredItem, requiredSpec } from '../../lib/stores/required.ts';
import { PLAIN_FILE, writeLabelledRows } from './labelled-rows.ts';

export const exportWindowInput = z.object({
  model: z.string().min(1),
  version: z.number().int().positive(),
  start: z.iso.datetime(),
  end: z.iso.datetime(),
});
type Input = z.output<typeof exportWindowInput>;

export interface ExportWindowDeps {
  readonly registry: Registry;
  readonly landing: ObjectStore;
  readonly data: ObjectStore;
  readonly engine: Engine;
  readonly now: Now;
}

export interface WindowExported {
  readonly model: string;
  /** Absent when a fault keeps the window back; then `skipped` says why. */
  readonly uploadId?: string;
  readonly skipped?: string;
}

/** An upload as it is to be: what the window's next export is called, and what it may know. */
interface Planned extends Input, Pick<QualityWindow, 'correctionsHash'> {
  readonly uploadId: string;
  readonly revision: number;
  readonly until: string;
  /** Labelled predictions when the window was measured. */
  readonly labelled: number;
}

/**
 * Lays a window's labelled predictions into the landing bucket as an upload like any other, its manifest last. What was received
 * after the window was measured is not in it, so an export says what was known at one time. Life of one export: files, manifest,
 * decision. A repeat finds the manifest and only takes the decision that is missing; intake may be started twice, by the
 * bucket's event and by the state machine, and makes one dataset of it; when neither could take it in, a later tick hands it over
 * again. Once labels were corrected, or many more have come, the window is exported again, and runs read the newer one.
 */
export async function exportWindow(input: Input, deps: ExportWindowDeps): Promise<WindowExported> {
  const { model, version, start } = input;
  const window = await requiredItem<QualityWindow>(
    deps.registry,
    model,
    sk.window(start, 'quality', version),
  );
  const skipped = whyKeptBack(await listAll<Incident>(deps.registry, model, skPrefix.incident), window);
  if (skipped !== undefined) return { model, skipped };
  const last = window.exports?.at(-1);
  if (last !== undefined && !isExportDue(window)) return { model, uploadId: last.uploadId };
  const revision = (last?.revision ?? 0) + 1;
  const uploadId = exportUploadId(window, revision);
  const manifestKey = keys.upload(model, uploadId, UPLOAD_MANIFEST);
  const { scoredAt: until, labelled, correctionsHash } = window;
  const measured = { until, labelled, ...(correctionsHash !== undefined && { correctionsHash }) };
  const planned = { ...input, uploadId, revision, ...measured };
  const manifest =
    (await deps.landing.getJson<UploadManifest>(manifestKey)) ?? (await writeUpload(planned, deps));
  await record(planned, manifest, deps);
  return { model, uploadId };
}

async function writeUpload(planned: Planned, deps: ExportWindowDeps): Promise<UploadManifest> {
  const { model, version: number, uploadId, start, end, until, labelled, correctionsHash } = planned;
  const { registry, landing, data, engine } = deps;
  const version = await requiredItem<ModelVersion>(registry, model, sk.version(number));
  const spec = await requiredSpec(registry, model, version.specHash);
  const { labels } = await readLabels(model, planned, data);
  const days = await compactedDays(planned, registry);
  const { files, written } = await withTempFolder(async (folder) => {
    const rows = { files: await downloadDays(days, folder, data), start, end };
    const counts = await writeLabelledRows({ rows, labels, spec, folder, until }, engine);
    const filled = Object.keys(counts).filter((name) => counts[name] !== 0);
    // Without a row left, an empty file takes back what was exported before.
    const names = filled.length > 0 ? filled : [PLAIN_FILE];
    return { files: await uploadAll(names, folder, planned, landing), written: counts };
  });
  const rows = Object.values(written).reduce((a, b) => a + b, 0);
  const influenced = written[INFLUENCED_FILE] ?? 0;
  const exported = { until, labelled, rows, influenced, ...(correctionsHash && { correctionsHash }) };
  const { specHash } = version;
  const manifest: UploadManifest = { files, origin: 'labelled-predictions', specHash, exported };
  await landing.putJson(keys.upload(model, uploadId, UPLOAD_MANIFEST), manifest);
  return manifest;
}

/**
 * A dataset is its files: in a folder of its own, a revision that says the same as one before the last, or nothing, is a new dataset
 * all the same.
 */
async function uploadAll(
  names: readonly string[],
  folder: string,
  { model, uploadId, revision }: Pick<Planned, 'model' | 'uploadId' | 'revision'>,
  landing: ObjectStore,
): Promise<UploadManifest['files']> {
  const files: UploadManifest['files'] = [];
  for (const name of names) {
    const file = revision === 1 ? name : `${uploadId}/${name}`;
    const key = keys.upload(model, uploadId, file);
    await landing.upload(join(folder, name), key);
    const bytes = (await landing.head(key))?.bytes ?? 0;
    files.push({ key: file, sha256: (await landing.sha256(key)) ?? '', bytes });
  }
  return files;
}

function record(planned: Planned, manifest: UploadManifest, deps: ExportWindowDeps): Promise<void> {
  const { model, start, version, uploadId, revision, until, labelled } = planned;
  const { registry, now } = deps;
  const key = sk.window(start, 'quality', version);
  const counts = manifest.exported ?? { until, labelled, rows: 0, influenced: 0 };
  const exported: WindowExport = { uploadId, revision, ...counts };
  return registry.decide(model, async (current): Promise<Decision<void>> => {
    known(model, current);
    const window = await requiredItem<QualityWindow>(registry, model, key);
    const before = window.exports ?? [];
    if (before.some((e) => e.revision === revision)) return { answer: undefined };
    const of = { ...exported, datasetId: datasetId(manifest.files), at: now().toISOString() };
    return {
      answer: undefined,
      entry: exportEntry(window, of),
      writes: [{ sk: key, item: { ...window, datasetUploadId: uploadId, exports: [...before, exported] } }],
    };
  });
}
