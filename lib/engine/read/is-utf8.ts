import { isUtf8 as areUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { compressionOf, unpacking } from './compression.ts';

/** Large ones are looked at faster. */
const CHUNK_BYTES = 2 ** 20;

/** Whether a text file, unpacked, is UTF-8 to its end. */
export async function isUtf8(file: string): Promise<boolean> {
  const raw = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  const compression = compressionOf(file);
  const stream = compression ? raw.pipe(unpacking(compression)) : raw;
  if (compression) raw.on('error', (error) => stream.destroy(error));
  let cut: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.concat([cut, chunk as Buffer]);
      const end = lastStart(bytes);
      if (!areUtf8(bytes.subarray(0, end))) return false;
      cut = bytes.subarray(end);
    }
    return areUtf8(cut);
  } finally {
    raw.destroy();
  }
}

/** Where the last character begins: a chunk may end within it. */
function lastStart(bytes: Buffer): number {
  const isContinuation = (byte: number | undefined) => byte !== undefined && byte >> 6 === 0b10;
  let start = bytes.length - 1;
  while (bytes.length - start < MAX_BYTES && isContinuation(bytes[start])) start--;
  return Math.max(0, start);
}

/** Of a character. */
const MAX_BYTES = 4;
