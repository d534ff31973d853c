import { createZstdDecompress, type ZstdDecompress } from 'node:zlib';

/** The bytes of zstd in any number of frames, as `zstd -T0` and `cat` write it: Node's own stream ends with the first. */
export async function* unpackZstd(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const chunks = packed[Symbol.asyncIterator]();
  let rest: Buffer | undefined;
  do {
    const frame = createZstdDecompress();
    const fed = feed(frame, rest, chunks);
    yield* frame as AsyncIterable<Buffer>;
    rest = await fed;
  } while (rest !== undefined);
}

/** Feeds a frame until it has ended: what was not of it; undefined at the end of all. */
async function feed(
  frame: ZstdDecompress,
  first: Buffer | undefined,
  chunks: AsyncIterator<Buffer>,
): Promise<Buffer | undefined> {
  let chunk = first ?? (await chunks.next()).value;
  while (chunk !== undefined && !frame.destroyed) {
    const before = frame.bytesWritten;
    const whole: Buffer = chunk;
    // An error is heard where the frame is read.
    await new Promise<void>((written) => frame.write(whole, () => written()));
    const taken = frame.bytesWritten - before;
    if (taken < whole.length) return whole.subarray(taken);
    chunk = (await chunks.next()).value;
  }
  frame.end();
  return undefined;
}
