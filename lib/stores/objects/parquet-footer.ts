import { FOOTER_TAIL_BYTES, footerBytes } from '../../domain/data/row-groups.ts';
import type { DatasetObject } from '../../domain/registry/dataset.ts';
import type { ObjectStore } from './object-store.ts';

/** An object that claims a larger footer is read whole: it would fill a small function's memory. */
const MAX_FOOTER_BYTES = 64 * 1024 * 1024;

/** The footer of a Parquet object with its tail; undefined when it has none, or is not the object any more that was seen. */
export async function parquetFooter(
  object: DatasetObject,
  store: ObjectStore,
): Promise<Uint8Array | undefined> {
  const endByte = object.bytes;
  if (endByte < FOOTER_TAIL_BYTES) return undefined;
  const tail = await store.getRange(object, { startByte: endByte - FOOTER_TAIL_BYTES, endByte });
  const size = tail && footerBytes(tail);
  if (size === undefined || size > Math.min(endByte, MAX_FOOTER_BYTES)) return undefined;
  return store.getRange(object, { startByte: endByte - size, endByte });
}
