import { createHash } from 'node:crypto';

/**
 * The id of a dataset version: the hash of what is in it. The same files, in whatever order they are listed, are one dataset.
 *
 * @param files each file's name within its upload and the SHA-256 of its bytes, hex
 * @example datasetId([{ key: 'a.csv', sha256: 'ab…' }]) // 64 hex digits
 */
export function datasetId(files: readonly { readonly key: string; readonly sha256: string }[]): string {
  const lines = files.map(({ key, sha256 }) => JSON.stringify([key, sha256])).sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}
