import { Duplex } from 'node:stream';
import * as zlib from 'node:zlib';
import { unpackZstd } from './unpack-zstd.ts';

export type Compression = 'gzip' | 'zstd';

/** How a name says that a text file is packed; undefined when it does not. Parquet packs inside. */
export function compressionOf(name: string): Compression | undefined {
  if (/\.gz$/i.test(name)) return 'gzip';
  return /\.zst$/i.test(name) ? 'zstd' : undefined;
}

/** First bytes of a packed file, in hex. */
export const MAGIC: Readonly<Record<Compression, string>> = { gzip: '1f8b', zstd: '28b52ffd' };

/** Throws where this Node has no zstd: it came with 22.15. */
export function unpacking(compression: Compression): Duplex {
  if (compression === 'gzip') return zlib.createGunzip();
  if (typeof zlib.createZstdDecompress !== 'function')
    throw new Error(`zstd needs Node 22.15 or newer, got ${process.version}`);
  return Duplex.from(unpackZstd);
}
