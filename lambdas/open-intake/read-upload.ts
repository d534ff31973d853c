import { datasetId } from '../../lib/domain/data/dataset-id.ts';
import type { UploadManifest } from '../../lib/domain/data/upload-manifest.ts';
import { NotFoundError } from '../../lib/domain/errors.ts';
import type { IntakePlan } from '../../lib/domain/intake/intake-plan.ts';
import { checkObject, readManifest } from '../../lib/domain/intake/upload-findings.ts';
import type { DatasetObject } from '../../lib/domain/registry/dataset.ts';
import { keys, UPLOAD_MANIFEST } from '../../lib/names.ts';
import { inParallel } from '../../lib/runtime/in-parallel.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';

/** Objects looked at a time: ten thousand of them take seconds. */
const LOOKS = 32;

export interface UploadContents extends Pick<IntakePlan, 'datasetId' | 'origin' | 'findings' | 'objects'> {
  /** Absent where the manifest names none. */
  readonly specHash?: string;
}

/** What an upload's manifest declares and what of it is there. */
export async function readUpload(
  model: string,
  uploadId: string,
  landing: ObjectStore,
): Promise<UploadContents> {
  const manifestKey = keys.upload(model, uploadId, UPLOAD_MANIFEST);
  const bytes = await landing.get(manifestKey);
  if (bytes === undefined) throw new NotFoundError(`upload ${uploadId} of model ${model} has no manifest`);
  const reading = readManifest(new TextDecoder().decode(bytes));
  if (reading.readable) return checkObjects(model, uploadId, reading.manifest, landing);
  const sha256 = (await landing.sha256(manifestKey)) ?? '';
  return {
    datasetId: datasetId([{ key: UPLOAD_MANIFEST, sha256 }]),
    origin: 'upload',
    findings: reading.findings,
    objects: [],
  };
}

async function checkObjects(
  model: string,
  uploadId: string,
  manifest: UploadManifest,
  landing: ObjectStore,
): Promise<UploadContents> {
  const checked = await inParallel(LOOKS, manifest.files, async (declared) => {
    const key = keys.upload(model, uploadId, declared.key);
    const found = await resolveObject(key, landing);
    return { found, finding: checkObject({ key: declared.key, declared, found }), name: declared.key };
  });
  // By what is there, not by what was declared: a harmed upload must not take the id of the whole one that follows it.
  const contents = checked.map(({ name, found }) => ({ key: name, sha256: found?.sha256 ?? 'missing' }));
  return {
    datasetId: datasetId(contents),
    origin: manifest.origin,
    ...(manifest.specHash !== undefined && { specHash: manifest.specHash }),
    findings: checked.flatMap(({ finding }) => finding ?? []),
    objects: checked.flatMap(({ found, finding }) => (found && !finding ? [found] : [])),
  };
}

async function resolveObject(key: string, landing: ObjectStore): Promise<DatasetObject | undefined> {
  const head = await landing.head(key);
  if (head === undefined) return undefined;
  // The store has verified a checksum that it keeps; others are read once, as a stream.
  const sha256 = head.sha256 ?? (await landing.sha256(key, head.versionId));
  if (sha256 === undefined) return undefined;
  const { bytes, etag, versionId } = head;
  return { key, sha256, bytes, etag, ...(versionId && { versionId }) };
}
