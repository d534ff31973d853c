import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { compressionOf, unpacking } from './compression.ts';

const CR = 0x0d;
const LF = 0x0a;

/** A copy of a text file, unpacked, whose lines all end in a line feed: the engine reads no file in which ends are mixed. */
export async function withEvenLines(file: string, copy: string): Promise<void> {
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
