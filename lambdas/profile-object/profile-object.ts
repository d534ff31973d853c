import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { NotFoundError } from '../../lib/domain/errors.ts';
import { inputBinning } from '../../lib/domain/intake/input-binning.ts';
import type { IntakePlan, IntakeShard } from '../../lib/domain/intake/intake-plan.ts';
import { rowErrorOf } from '../../lib/domain/intake/row-error.ts';
import { checkObject, uploadFinding } from '../../lib/domain/intake/upload-findings.ts';
import { binningSchema } from '../../lib/domain/profile/binning.ts';
import type { Profile } from '../../lib/domain/profile/profile.ts';
import type { DatasetObject } from '../../lib/domain/registry/dataset.ts';
import type { ModelSpec } from '../../lib/domain/spec.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import { profileObject as profileRawObject } from '../../lib/engine/profile-file.ts';
import { validateFile } from '../../lib/engine/validate.ts';
import { keys } from '../../lib/names.ts';
import { withTempFolder } from '../../lib/runtime/temp-folder.ts';
import type { ObjectStore } from '../../lib/stores/object-store.ts';
import type { Registry } from '../../lib/stores/registry.ts';
import { requiredFile, requiredJson, requiredSpec } from '../../lib/stores/required.ts';

export const profileObjectInput = z.object({
  model: z.string().min(1),
  uploadId: z.string().min(1),
  datasetId: z.string().min(1),
  index: z.number().int().nonnegative(),
  binningKey: z.string().min(1),
  championBinningKey: z.string().min(1).optional(),
});
type Input = z.output<typeof profileObjectInput>;

export interface ProfileObjectDeps {
  readonly registry: Registry;
  readonly landing: ObjectStore;
  readonly artifacts: ObjectStore;
  readonly engine: Engine;
}

export interface ObjectProfiled {
  readonly index: number;
  readonly shardKey: string;
}

/** Checks and profiles one object of an upload; what it found lies in the shard. A repeat writes the same shard. */
export async function profileObject(input: Input, deps: ProfileObjectDeps): Promise<ObjectProfiled> {
  const { model, uploadId, index } = input;
  const plan = await requiredJson<IntakePlan>(deps.artifacts, keys.intakePlan(model, uploadId));
  const object = plan.objects[index];
  if (object === undefined) throw new NotFoundError(`upload ${uploadId} has no object ${index}`);
  const spec = await requiredSpec(deps.registry, model, plan.specHash);
  const shard = await withTempFolder(async (folder) => {
    const file = join(folder, basename(object.key));
    await requiredFile(deps.landing, object.key, file, object.versionId);
    return shardOf({ input, object, file, spec, receivedAt: plan.receivedAt }, deps);
  });
  const shardKey = keys.intakeShard(model, uploadId, index);
  await deps.artifacts.putJson(shardKey, shard);
  return { index, shardKey };
}

interface Work {
  readonly input: Input;
  readonly object: DatasetObject;
  readonly file: string;
  readonly spec: ModelSpec;
  readonly receivedAt: string;
}

async function shardOf(work: Work, deps: ProfileObjectDeps): Promise<IntakeShard> {
  const { input, object, file, spec } = work;
  const found = { sha256: await sha256OfFile(file), bytes: object.bytes };
  // A hole inside a Parquet file can decode without an error, so the bytes are compared with what intake was promised.
  const harmed = checkObject({ key: basename(object.key), declared: object, found });
  if (harmed) return { index: input.index, rows: 0, findings: [harmed] };
  const { readable, ...report } = await validateFile({ file, objectKey: object.key, spec }, deps.engine);
  if (!readable) return { index: input.index, ...report };
  try {
    return { index: input.index, ...report, ...(await profilesOf(work, deps)) };
  } catch (error) {
    const why = rowErrorOf(error);
    if (why === undefined) throw error;
    const failed = uploadFinding(
      'features-failed',
      basename(object.key),
      `features.sql fails on a row: ${why}`,
    );
    return { index: input.index, ...report, findings: [...report.findings, failed] };
  }
}

async function profilesOf(
  work: Work,
  deps: ProfileObjectDeps,
): Promise<Pick<IntakeShard, 'profile' | 'championProfile'>> {
  const { binningKey, championBinningKey } = work.input;
  const profile = await profileUnder(binningKey, work, deps);
  if (championBinningKey === undefined) return { profile };
  return { profile, championProfile: await profileUnder(championBinningKey, work, deps) };
}

async function profileUnder(binningKey: string, work: Work, deps: ProfileObjectDeps): Promise<Profile> {
  const binning = inputBinning(binningSchema.parse(await requiredJson(deps.artifacts, binningKey)));
  const { object, file, spec, receivedAt } = work;
  const source = `${object.key}@${object.versionId ?? object.sha256}`;
  return profileRawObject({ file, objectKey: object.key, spec, binning, source, receivedAt }, deps.engine);
}

async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
