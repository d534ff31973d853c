import { basename, join } from 'node:path';
import { footerOfRange, rowGroupsOf } from '../../domain/data/row-groups.ts';
import type { RowGroupRange } from '../../domain/intake/pieces.ts';
import type { DatasetObject } from '../../domain/registry/dataset.ts';
import type { ByteRange, Fetched, ObjectStore } from './object-store.ts';
import { parquetFooter } from './parquet-footer.ts';
import { writeAt } from './write-at.ts';

export type FetchedPiece =
  | { readonly outcome: 'fetched'; readonly file: string; readonly sha256?: string }
  | { readonly outcome: 'missing' | 'replaced' };

/** The magic that a Parquet file begins with. */
const HEAD: ByteRange = { startByte: 0, endByte: 4 };

/**
 * An object of an upload, or some row groups of it, as a local file under the object's name. Row groups come as a Parquet file of their
 * rows alone: their bytes lie where they were, with a footer that names no others, and the rest of the file is a hole that takes no disk.
 *
 * @returns `sha256` of a whole object only
 */
export async function fetchPiece(
  object: DatasetObject,
  range: RowGroupRange | undefined,
  folder: string,
  landing: ObjectStore,
): Promise<FetchedPiece> {
  const file = join(folder, basename(object.key));
  if (range) return fetchRowGroups(object, range, file, landing);
  const fetched = await landing.fetch(object, file);
  return fetched.outcome === 'fetched' ? { outcome: 'fetched', file, sha256: fetched.sha256 } : fetched;
}

async function fetchRowGroups(
  object: DatasetObject,
  range: RowGroupRange,
  file: string,
  landing: ObjectStore,
): Promise<FetchedPiece> {
  const footer = await parquetFooter(object, landing);
  if (footer === undefined) return { outcome: (await landing.head(object.key)) ? 'replaced' : 'missing' };
  const footerAt = object.bytes - footer.length;
  const behindGroups = Math.max(...rowGroupsOf(footer).map((group) => group.endByte));
  // Indexes and Bloom filters lie behind the row groups and may be looked at.
  const parts = [HEAD, range, { startByte: behindGroups, endByte: footerAt }];
  for (const part of parts.filter(({ startByte, endByte }) => endByte > startByte)) {
    const fetched: Fetched = await landing.fetch(object, file, part);
    if (fetched.outcome !== 'fetched') return fetched;
  }
  await writeAt([footerOfRange(footer, range.first, range.end)], file, footerAt);
  return { outcome: 'fetched', file };
}
