import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** Writes a stream to a local file, from `position` on without touching what is there, and hashes it on its way. */
export async function writeAt(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  file: string,
  position?: number,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  async function* hashed() {
    for await (const chunk of body) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  }
  const flags = constants.O_CREAT | constants.O_WRONLY | (position === undefined ? constants.O_TRUNC : 0);
  const handle = await open(file, flags);
  await pipeline(hashed(), handle.createWriteStream({ start: position ?? 0 }));
  return { bytes, sha256: hash.digest('hex') };
}
