import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { inParallel } from '../../lib/runtime/in-parallel.ts';
import type { ObjectListing, ObjectStore } from '../../lib/stores/objects/object-store.ts';

export interface LogRead {
  /** Local `.jsonl` files. */
  readonly files: readonly string[];
  /** Bytes of the objects that they came from. */
  readonly bytes: number;
  readonly unreadable: readonly ObjectListing[];
}

/** Objects fetched at a time. */
const DOWNLOADS = 16;
const TRIES = 2;

/**
 * Fetches and unpacks the objects of a log. Each is checked to its last byte by gzip's own checksum, because the engine takes a truncated
 * file for a shorter one; an object that cannot be read twice is left out and named.
 */
export async function readLog(
  listing: readonly ObjectListing[],
  folder: string,
  data: ObjectStore,
): Promise<LogRead> {
  const read = await inParallel(DOWNLOADS, listing, async (object, i) => {
    const file = join(folder, `${i}.jsonl`);
    return { object, file, whole: await unpacked(object, file, data) };
  });
  const whole = read.filter((one) => one.whole);
  return {
    files: whole.map(({ file }) => file),
    bytes: whole.reduce((sum, { object }) => sum + object.bytes, 0),
    unreadable: read.filter((one) => !one.whole).map(({ object }) => object),
  };
}

async function unpacked(object: ObjectListing, file: string, data: ObjectStore): Promise<boolean> {
  const packed = `${file}.gz`;
  for (let tries = 0; tries < TRIES; tries++) {
    const { outcome } = await data.fetch(object, packed);
    if (outcome === 'fetched' && (await gunzip(packed, file))) return true;
  }
  await rm(file, { force: true });
  return false;
}

async function gunzip(packed: string, file: string): Promise<boolean> {
  try {
    await pipeline(createReadStream(packed), createGunzip(), createWriteStream(file));
    return true;
  } catch (error) {
    // Of the bytes: cut off, of another format, or with a checksum that is not theirs.
    if (/^Z_/.test((error as { code?: string }).code ?? '')) return false;
    throw error;
  } finally {
    await rm(packed, { force: true });
  }
}
