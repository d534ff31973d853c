import { rowGroupsOf } from '../../lib/domain/data/row-groups.ts';
import { type Piece, type RowGroupRange, rowGroupRanges } from '../../lib/domain/intake/pieces.ts';
import type { DatasetObject } from '../../lib/domain/registry/dataset.ts';
import { inParallel } from '../../lib/runtime/in-parallel.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import { parquetFooter } from '../../lib/stores/objects/parquet-footer.ts';

/** Footers read at a time. */
const READS = 8;

/**
 * What is profiled by itself: an object, or of a Parquet object beyond `pieceBytes` runs of its row groups. Text files are never
 * split, because only their beginning is known to begin a row.
 */
export async function planPieces(
  objects: readonly DatasetObject[],
  pieceBytes: number,
  landing: ObjectStore,
): Promise<readonly Piece[]> {
  const ranges = await inParallel(READS, objects, (object) =>
    object.bytes > pieceBytes && /\.parquet$/i.test(object.key) ? rangesOf(object, pieceBytes, landing) : [],
  );
  return objects.flatMap((object, i): Piece[] => {
    const split = ranges[i] ?? [];
    if (split.length < 2) return [{ object: i, bytes: object.bytes }];
    return split.map((range) => ({ object: i, bytes: range.endByte - range.startByte, range }));
  });
}

/** Nothing for a file that is no Parquet after all: it is profiled whole, which says what is wrong with it. */
async function rangesOf(
  object: DatasetObject,
  pieceBytes: number,
  landing: ObjectStore,
): Promise<readonly RowGroupRange[]> {
  const footer = await parquetFooter(object, landing);
  if (footer === undefined) return [];
  try {
    return rowGroupRanges(rowGroupsOf(footer), pieceBytes);
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}
