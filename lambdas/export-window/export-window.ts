import { join } from 'node:path';
import { z } from 'zod';
import { datasetId } from '../../lib/domain/data/dataset-id.ts';
import type { UploadManifest } from '../../lib/domain/data/upload-manifest.ts';
import { exportEntry, exportUploadId } from '../../lib/domain/monitoring/window-export.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import type { QualityWindow } from '../../lib/domain/registry/window.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import { keys, UPLOAD_MANIFEST } from '../../lib/names.ts';
import type { Now } from '../../lib/runtime/clock.ts';
import { withTempFolder } from '../../lib/runtime/temp-folder.ts';
import { compactedDays, downloadDays } from '../../lib/stores/compacted-log.ts';
import { readLabels } from '../../lib/stores/label-log.ts';
import type { ObjectStore } from '../../lib/stores/object-store.ts';
import type { Decision, Registry } from '../../lib/stores/registry.ts';
import { known, requiredItem, requiredSpec } from '../../lib/stores/required.ts';
import { sk } from '../../lib/stores/sort-keys.ts';
import { writeLabelledRows } from './labelled-rows.ts';

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
  readonly uploadId: string;
}

const FILE = 'rows.parquet';

/**
 * Lays a window's labelled predictions into the landing bucket as an upload like any other, its manifest last. Life of one
 * export: file, manifest, decision. A repeat finds the manifest and only takes the decision that is missing; intake may be
 * started twice, by the bucket's event and by the state machine, and makes one dataset of it.
 */
export async function exportWindow(input: Input, deps: ExportWindowDeps): Promise<WindowExported> {
  const { model, version: number, start } = input;
  const window = await requiredItem<QualityWindow>(deps.registry, model, sk.window(start, 'quality', number));
  const uploadId = exportUploadId(window);
  if (window.datasetUploadId !== undefined) return { model, uploadId: window.datasetUploadId };
  const manifestKey = keys.upload(model, uploadId, UPLOAD_MANIFEST);
  const manifest =
    (await deps.landing.getJson<UploadManifest>(manifestKey)) ?? (await writeUpload(input, uploadId, deps));
  await record(window, uploadId, manifest, deps);
  return { model, uploadId };
}

async function writeUpload(input: Input, uploadId: string, deps: ExportWindowDeps): Promise<UploadManifest> {
  const { model, version: number, start, end } = input;
  const { registry, landing, data, engine } = deps;
  const version = await requiredItem<ModelVersion>(registry, model, sk.version(number));
  const spec = await requiredSpec(registry, model, version.specHash);
  const { labels } = await readLabels(model, input, data);
  const days = await compactedDays(input, registry);
  const key = keys.upload(model, uploadId, FILE);
  await withTempFolder(async (folder) => {
    const files = await downloadDays(days, folder, data);
    const output = join(folder, FILE);
    await writeLabelledRows({ rows: { files, start, end }, labels, spec, folder }, output, engine);
    await landing.upload(output, key);
  });
  const bytes = (await landing.head(key))?.bytes ?? 0;
  const sha256 = (await landing.sha256(key)) ?? '';
  const manifest: UploadManifest = { files: [{ key: FILE, sha256, bytes }], origin: 'labelled-predictions' };
  await landing.putJson(keys.upload(model, uploadId, UPLOAD_MANIFEST), manifest);
  return manifest;
}

function record(
  { model, start, version }: QualityWindow,
  uploadId: string,
  { files }: UploadManifest,
  { registry, now }: ExportWindowDeps,
): Promise<void> {
  const key = sk.window(start, 'quality', version);
  const exported = { uploadId, datasetId: datasetId(files), at: now().toISOString() };
  return registry.decide(model, async (current): Promise<Decision<void>> => {
    known(model, current);
    const window = await requiredItem<QualityWindow>(registry, model, key);
    if (window.datasetUploadId !== undefined) return { answer: undefined };
    return {
      answer: undefined,
      entry: exportEntry(window, { ...exported, rows: window.labelled }),
      writes: [{ sk: key, item: { ...window, datasetUploadId: uploadId } }],
    };
  });
}
