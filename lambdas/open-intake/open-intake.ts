import { basename, join } from 'node:path';
import { z } from 'zod';
import { datasetId } from '../../lib/domain/data/dataset-id.ts';
import type { UploadManifest } from '../../lib/domain/data/upload-manifest.ts';
import { NotFoundError } from '../../lib/domain/errors.ts';
import type { Finding } from '../../lib/domain/findings.ts';
import type { IntakePlan } from '../../lib/domain/intake/intake-plan.ts';
import { rowErrorOf } from '../../lib/domain/intake/row-error.ts';
import type { Upload } from '../../lib/domain/intake/upload.ts';
import { checkObject, readManifest } from '../../lib/domain/intake/upload-findings.ts';
import { type Binning, makeBinning } from '../../lib/domain/profile/binning.ts';
import type { DatasetObject, DatasetVersion } from '../../lib/domain/registry/dataset.ts';
import type { Head } from '../../lib/domain/registry/head.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import type { ModelSpec } from '../../lib/domain/spec.ts';
import { featuresHash } from '../../lib/domain/training/features-hash.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import type { RawObject } from '../../lib/engine/profile-object.ts';
import { proposeObjectBinning } from '../../lib/engine/propose-binning.ts';
import { validateFile } from '../../lib/engine/validate.ts';
import { keys, UPLOAD_MANIFEST } from '../../lib/names.ts';
import type { Now } from '../../lib/runtime/clock.ts';
import { withTempFolder } from '../../lib/runtime/temp-folder.ts';
import type { ObjectStore } from '../../lib/stores/object-store.ts';
import type { Registry } from '../../lib/stores/registry.ts';
import { requiredFile, requiredHead, requiredItem, requiredSpec } from '../../lib/stores/required.ts';
import { sk } from '../../lib/stores/sort-keys.ts';

export const openIntakeInput = z.object({ model: z.string().min(1), uploadId: z.string().min(1) });

export interface OpenIntakeDeps {
  readonly registry: Registry;
  readonly landing: ObjectStore;
  readonly artifacts: ObjectStore;
  readonly engine: Engine;
  readonly now: Now;
}

export interface IntakeOpened {
  readonly model: string;
  readonly uploadId: string;
  readonly datasetId: string;
  readonly duplicate: boolean;
  readonly objects: readonly { readonly index: number; readonly key: string }[];
  readonly binningKey: string;
  readonly championBinningKey?: string;
}

/**
 * Reads an upload's manifest and writes down what intake works from. An upload is named by its content: the same files again,
 * under whatever upload id and however often its event arrives, are a duplicate and nothing else happens. Only after a new
 * spec is a rejected dataset judged again.
 */
export async function openIntake(
  { model, uploadId }: z.output<typeof openIntakeInput>,
  deps: OpenIntakeDeps,
): Promise<IntakeOpened> {
  const head = await requiredHead(deps.registry, model);
  const contents = await readUpload(model, uploadId, deps.landing);
  const plan: IntakePlan = {
    model,
    uploadId,
    specHash: head.specHash,
    receivedAt: deps.now().toISOString(),
    ...contents,
  };
  const binningKey = keys.binning(model, plan.datasetId);
  const known = await deps.registry.get<DatasetVersion>(model, sk.dataset(plan.datasetId));
  const duplicate = known !== undefined && (known.status === 'accepted' || known.specHash === head.specHash);
  const at = plan.receivedAt;
  const upload: Upload = {
    model,
    uploadId,
    status: duplicate ? known.status : 'processing',
    datasetId: plan.datasetId,
    at,
  };
  await deps.registry.put(model, sk.upload(uploadId), upload);
  if (!duplicate) await openPlan(plan, binningKey, deps);
  const championBinningKey = await binningOfChampion(head, deps.registry);
  return {
    model,
    uploadId,
    datasetId: plan.datasetId,
    duplicate,
    objects: duplicate ? [] : plan.objects.map((object, index) => ({ index, key: object.key })),
    binningKey,
    ...(championBinningKey && { championBinningKey }),
  };
}

type Contents = Pick<IntakePlan, 'datasetId' | 'origin' | 'findings' | 'objects'>;

async function readUpload(model: string, uploadId: string, landing: ObjectStore): Promise<Contents> {
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
): Promise<Contents> {
  const findings: Finding[] = [];
  const objects: DatasetObject[] = [];
  const contents: { key: string; sha256: string }[] = [];
  for (const declared of manifest.files) {
    const key = keys.upload(model, uploadId, declared.key);
    const found = await resolveObject(key, landing);
    const finding = checkObject({ key: declared.key, declared, found });
    if (finding) findings.push(finding);
    if (found && !finding) objects.push({ ...found, key });
    // By what is there, not by what was declared: a harmed upload must not take the id of the whole one that follows it.
    contents.push({ key: declared.key, sha256: found?.sha256 ?? 'missing' });
  }
  return { datasetId: datasetId(contents), origin: manifest.origin ?? 'upload', findings, objects };
}

async function resolveObject(
  key: string,
  landing: ObjectStore,
): Promise<Omit<DatasetObject, 'key'> | undefined> {
  const head = await landing.head(key);
  if (head === undefined) return undefined;
  // The store has verified a checksum that it keeps; others are read once, as a stream.
  const sha256 = head.sha256 ?? (await landing.sha256(key, head.versionId));
  if (sha256 === undefined) return undefined;
  return { sha256, bytes: head.bytes, ...(head.versionId && { versionId: head.versionId }) };
}

async function openPlan(plan: IntakePlan, binningKey: string, deps: OpenIntakeDeps): Promise<void> {
  const { model, uploadId } = plan;
  await deps.artifacts.putJson(keys.intakePlan(model, uploadId), plan);
  const spec = await requiredSpec(deps.registry, model, plan.specHash);
  await deps.artifacts.putJson(binningKey, await proposeFromFirstReadable(plan, spec, deps));
}

async function proposeFromFirstReadable(
  plan: IntakePlan,
  spec: ModelSpec,
  deps: OpenIntakeDeps,
): Promise<Binning> {
  return withTempFolder(async (folder) => {
    for (const object of plan.objects) {
      const file = join(folder, basename(object.key));
      await requiredFile(deps.landing, object.key, file, object.versionId);
      const raw = { file, objectKey: object.key, spec, receivedAt: plan.receivedAt };
      const proposed = await proposeIfReadable(raw, deps.engine);
      if (proposed) return proposed;
    }
    return makeBinning({});
  });
}

async function proposeIfReadable(raw: RawObject, engine: Engine): Promise<Binning | undefined> {
  if (!(await validateFile(raw, engine)).readable) return undefined;
  try {
    return await proposeObjectBinning(raw, engine);
  } catch (error) {
    // What is wrong with its rows is the object's finding, once it is profiled.
    if (rowErrorOf(error) === undefined) throw error;
    return undefined;
  }
}

/** The champion's bins, while its inputs and features are those of the current spec; others would not compare. */
async function binningOfChampion(head: Head, registry: Registry): Promise<string | undefined> {
  const { model, champion, specHash } = head;
  if (champion === undefined) return undefined;
  const version = await requiredItem<ModelVersion>(registry, model, sk.version(champion));
  const spec = await requiredSpec(registry, model, specHash);
  return version.featuresHash === featuresHash(spec) ? version.binningKey : undefined;
}
