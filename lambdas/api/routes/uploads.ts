import { z } from '@hono/zod-openapi';
import { contentHash } from '../../../lib/domain/canonical-json.ts';
import { datasetId } from '../../../lib/domain/data/dataset-id.ts';
import { ConflictError, InvalidInputError, NotFoundError, type Problem } from '../../../lib/domain/errors.ts';
import type { Upload } from '../../../lib/domain/intake/upload.ts';
import type { DatasetVersion } from '../../../lib/domain/registry/dataset.ts';
import { keys, UPLOAD_ANNOUNCEMENT, UPLOAD_MANIFEST } from '../../../lib/names.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { ofModel } from '../access.ts';
import type { ApiDeps } from '../deps.ts';
import { presignAll, UPLOAD_EXPIRES_SECONDS } from '../presign.ts';
import { route } from '../route.ts';
import { upload } from '../schemas/dataset.ts';
import { announcedFile, modelIdParams, modelParams, uploadTarget } from '../schemas/fields.ts';

/** A manifest of this many files still fits one intake plan. */
const MAX_FILES = 1000;

const open = route(
  {
    method: 'post',
    path: '/models/{model}/datasets',
    summary: 'announce files and get a place to PUT each',
    access: { roles: ['builder'], scope: ofModel },
    params: modelParams,
    body: z.strictObject({ files: z.array(announcedFile).min(1).max(MAX_FILES) }),
    status: 201,
    answer: z.object({ uploadId: z.string(), files: z.array(uploadTarget), expiresAt: z.string() }),
  },
  async ({ model, body, operationId: uploadId }, deps) => {
    refuseTwins(body.files);
    const now = deps.now();
    if (!(await deps.landing.putJsonOnce(announcementKey(model, uploadId), body.files)))
      await refuseOther(model, uploadId, body.files, deps);
    const made: Upload = { model, uploadId, status: 'open', at: now.toISOString() };
    await deps.registry.putOnce(model, sk.upload(uploadId), made);
    const files = await presignAll(deps.landing, body.files, (name) => keys.upload(model, uploadId, name));
    const expiresAt = new Date(now.getTime() + UPLOAD_EXPIRES_SECONDS * 1000).toISOString();
    return { uploadId, files, expiresAt };
  },
);

const complete = route(
  {
    method: 'post',
    path: '/models/{model}/datasets/{id}/complete',
    summary: 'say that all files are there; intake begins',
    access: { roles: ['builder'], scope: ofModel },
    params: modelIdParams,
    status: 202,
    answer: z.object({ uploadId: z.string(), datasetId: z.string() }),
  },
  async ({ model, params: { id: uploadId } }, deps) => {
    const announced = await announcement(model, uploadId, deps);
    const missing = await missingFiles(model, uploadId, announced, deps);
    if (missing.length > 0)
      throw new ConflictError(`upload ${uploadId} is not complete: ${missing.length} files are not there`, {
        details: missing,
      });
    const files = announced.map(({ name, sha256, bytes }) => ({ key: name, sha256, bytes }));
    await deps.landing.putJsonOnce(keys.upload(model, uploadId, UPLOAD_MANIFEST), {
      files,
      origin: 'upload',
    });
    return { uploadId, datasetId: datasetId(files) };
  },
);

const get = route(
  {
    method: 'get',
    path: '/models/{model}/uploads/{id}',
    summary: 'how far an upload is, and the dataset version it became',
    access: { roles: ['viewer'], scope: ofModel },
    params: modelIdParams,
    answer: upload,
  },
  async ({ model, params }, { registry, landing }) => {
    const found = await registry.get<Upload>(model, sk.upload(params.id));
    if (found === undefined) throw noUpload(model, params.id);
    const { uploadId, datasetId: id } = found;
    if (found.status === 'open') {
      const manifest = await landing.head(keys.upload(model, uploadId, UPLOAD_MANIFEST));
      return { uploadId, status: manifest === undefined ? ('open' as const) : ('processing' as const) };
    }
    const dataset = id && (await registry.get<DatasetVersion>(model, sk.dataset(id)));
    return { uploadId, status: found.status, ...(id && { datasetId: id }), ...(dataset && { dataset }) };
  },
);

function refuseTwins(files: readonly { readonly name: string }[]): void {
  const details = files.flatMap(({ name }, i) =>
    files.findIndex((f) => f.name === name) === i
      ? []
      : [{ path: `files.${i}.name`, message: 'is listed twice' }],
  );
  if (details.length > 0)
    throw new InvalidInputError('the files of an upload need different names', { details });
}

type Announced = readonly z.output<typeof announcedFile>[];

function announcementKey(model: string, uploadId: string): string {
  return keys.upload(model, uploadId, UPLOAD_ANNOUNCEMENT);
}

async function announcement(model: string, uploadId: string, { landing }: ApiDeps): Promise<Announced> {
  const found = await landing.getJson<Announced>(announcementKey(model, uploadId));
  if (found === undefined) throw noUpload(model, uploadId);
  return found;
}

/** The same key with other files is another upload, and a mistake. */
async function refuseOther(model: string, uploadId: string, files: Announced, deps: ApiDeps): Promise<void> {
  if (contentHash(await announcement(model, uploadId, deps)) !== contentHash(files))
    throw new ConflictError('the idempotency key was used for an upload of other files');
}

function noUpload(model: string, uploadId: string): NotFoundError {
  return new NotFoundError(`model ${model} has no upload ${uploadId}`);
}

async function missingFiles(
  model: string,
  uploadId: string,
  announced: Announced,
  { landing }: ApiDeps,
): Promise<readonly Problem[]> {
  const problems = await Promise.all(
    announced.map(async ({ name, bytes }, i): Promise<Problem[]> => {
      const head = await landing.head(keys.upload(model, uploadId, name));
      if (head === undefined) return [{ path: `files.${i}`, message: `${name} is not there` }];
      return head.bytes === bytes
        ? []
        : [{ path: `files.${i}`, message: `${name} must have ${bytes} bytes, got ${head.bytes}` }];
    }),
  );
  return problems.flat();
}

export const uploadRoutes = [open, complete, get];
