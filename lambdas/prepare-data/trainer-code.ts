import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { contentHash } from '../../lib/domain/canonical-json.ts';
import { NotFoundError } from '../../lib/domain/errors.ts';
import { keys } from '../../lib/names.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';

export interface TrainerCode {
  readonly codeHash: string;
  /** S3 prefix of the channel `code`. */
  readonly codeUri: string;
}

/** The script that the training job starts. */
const ENTRY = 'train.py';

/**
 * The code that a run trains with: the spec's own upload, or the built-in trainer, put into the bucket under the hash of its
 * files. Only `.py` files belong to it, since the job installs nothing.
 */
export async function trainerCode(
  uploaded: string | undefined,
  { artifacts, trainerFolder }: { readonly artifacts: ObjectStore; readonly trainerFolder: string },
): Promise<TrainerCode> {
  if (uploaded !== undefined) return uploadedCode(uploaded, artifacts);
  const files = await pythonFiles(trainerFolder);
  const codeHash = contentHash(files.map(({ path, sha256 }) => ({ path, sha256 })));
  await Promise.all(files.map(({ path, bytes }) => artifacts.putOnce(keys.code(codeHash, path), bytes)));
  return { codeHash, codeUri: artifacts.uri(keys.code(codeHash, '')) };
}

async function uploadedCode(codeHash: string, artifacts: ObjectStore): Promise<TrainerCode> {
  if ((await artifacts.head(keys.code(codeHash, ENTRY))) === undefined)
    throw new NotFoundError(`trainer code ${codeHash} has no ${ENTRY}`);
  return { codeHash, codeUri: artifacts.uri(keys.code(codeHash, '')) };
}

async function pythonFiles(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.py'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
  return Promise.all(
    paths.map(async (path) => {
      const bytes = await readFile(join(folder, path));
      return { path, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
    }),
  );
}
