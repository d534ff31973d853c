import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { compressionOf, unpacking } from './compression.ts';

/** Large ones are looked at faster. */
const CHUNK_BYTES = 2 ** 20;

/** The bytes of a text file, unpacked as its name says. */
export async function* unpackedBytes(file: string): AsyncGenerator<Buffer> {
  const raw = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  const compression = compressionOf(file);
  const stream: Readable = compression ? raw.pipe(unpacking(compression)) : raw;
  if (compression) raw.on('error', (error) => stream.destroy(error));
  try {
    yield* stream as AsyncIterable<Buffer>;
  } finally {
    raw.destroy();
  }
}
