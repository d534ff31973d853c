import { basename } from 'node:path';
import type { Finding } from '../../lib/domain/findings.ts';
import type { RowGroupRange } from '../../lib/domain/intake/pieces.ts';
import { checkObject, uploadFinding } from '../../lib/domain/intake/upload-findings.ts';
import type { DatasetObject } from '../../lib/domain/registry/dataset.ts';
import type { FetchedPiece } from '../../lib/stores/objects/fetch-piece.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';

/**
 * What is wrong with the bytes of a piece, whatever they mean: a hole inside a Parquet file can decode without an error, so the bytes are
 * compared with what intake was promised. The whole of an object that is read by ranges is hashed once, by who reads its first range.
 */
export async function harmOf(
  object: DatasetObject,
  range: RowGroupRange | undefined,
  fetched: FetchedPiece,
  landing: ObjectStore,
): Promise<Finding | undefined> {
  const name = basename(object.key);
  if (fetched.outcome !== 'fetched') {
    const what = fetched.outcome === 'missing' ? 'removed' : 'replaced';
    return uploadFinding(`object-${fetched.outcome}`, name, `object ${name} was ${what} while it was read`);
  }
  const sha256 =
    range?.first === 0
      ? await landing.sha256(object.key, object.versionId)
      : (fetched.sha256 ?? object.sha256);
  const found = sha256 === undefined ? undefined : { sha256, bytes: object.bytes };
  return checkObject({ key: name, declared: object, found });
}
