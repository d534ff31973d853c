import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { compressionOf, unpacking } from './compression.ts';
import type { FileFormat } from './file-format.ts';

const CR = 0x0d;
const LF = 0x0a;

/** What comes of lines of which some end in one way and some in another: the engine gives up, or misses the end of a quote. */
const MIXED_ENDS = /state machine reached an invalid state|never closed/;

/** Lends `work` a file, or where it mixes kinds of line ends, which the engine cannot read, a copy without. */
export async function readingAnyLines<T>(
  file: string,
  format: FileFormat,
  work: (file: string) => Promise<T>,
): Promise<T> {
  try {
    return await work(file);
  } catch (error) {
    if (format !== 'csv' || !MIXED_ENDS.test((error as Error).message)) throw error;
  }
  const folder = await mkdtemp(join(tmpdir(), 'mooring-even-'));
  try {
    const even = join(folder, 'even.csv');
    await copyWithEvenLines(file, even);
    return await work(even);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A copy of a text file, unpacked, whose lines all end in a line feed. */
async function copyWithEvenLines(file: string, copy: string): Promise<void> {
  const compression = compressionOf(file);
  const through = compression === undefined ? [] : [unpacking(compression)];
  await pipeline([createReadStream(file), ...through, evenLines(), createWriteStream(copy)]);
}

function evenLines(): Transform {
  let afterReturn = false;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const even = Buffer.alloc(chunk.length);
      let length = 0;
      for (const byte of chunk) {
        // The line feed of a pair was written when its carriage return was.
        if (byte !== LF || !afterReturn) even[length++] = byte === CR ? LF : byte;
        afterReturn = byte === CR;
      }
      done(null, even.subarray(0, length));
    },
  });
}
