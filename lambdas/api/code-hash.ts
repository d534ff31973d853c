import { contentHash } from '../../lib/domain/canonical-json.ts';
import { keys } from '../../lib/names.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';

/** The file that SageMaker runs; code without it cannot train. */
export const TRAINING_SCRIPT = 'train.py';

/** Names trainer code by its content, whatever the order of its files. */
export function codeHash(files: readonly { readonly name: string; readonly sha256: string }[]): string {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  return contentHash(sorted.map(({ name, sha256 }) => [name, sha256]));
}

/**
 * The hash of the code that really lies in the bucket under `code`; another one than `code` when a file is missing.
 * Undefined without a training script.
 */
export async function uploadedCodeHash(code: string, artifacts: ObjectStore): Promise<string | undefined> {
  const prefix = keys.code(code, '');
  const listed = await artifacts.list(prefix);
  const files = await Promise.all(
    listed.map(async ({ key }) => ({
      name: key.slice(prefix.length),
      sha256: (await artifacts.sha256(key)) ?? '',
    })),
  );
  return files.some((f) => f.name === TRAINING_SCRIPT) ? codeHash(files) : undefined;
}
