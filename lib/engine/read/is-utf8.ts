import { isUtf8 as areUtf8 } from 'node:buffer';
import { unpackedBytes } from './unpacked-bytes.ts';

/** Whether a text file, unpacked, is UTF-8 to its end. */
export async function isUtf8(file: string): Promise<boolean> {
  let cut: Buffer = Buffer.alloc(0);
  for await (const chunk of unpackedBytes(file)) {
    const bytes = Buffer.concat([cut, chunk]);
    const end = lastStart(bytes);
    if (!areUtf8(bytes.subarray(0, end))) return false;
    cut = bytes.subarray(end);
  }
  return areUtf8(cut);
}

/** Of a character. */
const MAX_BYTES = 4;

/** Where the last character begins: a chunk may end within it. */
function lastStart(bytes: Buffer): number {
  const isContinuation = (byte: number | undefined) => byte !== undefined && byte >> 6 === 0b10;
  let start = bytes.length - 1;
  while (bytes.length - start < MAX_BYTES && isContinuation(bytes[start])) start--;
  return Math.max(0, start);
}
