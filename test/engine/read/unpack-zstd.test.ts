import { randomBytes } from 'node:crypto';
import { createReadStream, writeFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { unpacking } from '../../../lib/engine/read/compression.ts';
import { contentIssue } from '../../../lib/engine/read/file-format.ts';
import { anEngine } from '../a-folder.ts';

const { path } = anEngine();

/** Frames below, at and beyond what a stream hands out at once, and one of nothing. */
const parts = [10, 300_000, 0, 65_536, 5].map((bytes) => Buffer.from(randomBytes(bytes).toString('hex')));
const packed = Buffer.concat(parts.map((part) => zstdCompressSync(part)));

describe('zstd', () => {
  it('is unpacked through all its frames', async () => {
    const file = path('frames.csv.zst');
    writeFileSync(file, packed);
    const unpacked = await buffer(createReadStream(file).pipe(unpacking('zstd')));
    expect(unpacked.equals(Buffer.concat(parts))).toBe(true);
    expect(await contentIssue(file, file)).toBeUndefined();
  });

  it.each([
    ['cut', packed.subarray(0, -2)],
    ['followed by what is none', Buffer.concat([packed, Buffer.from('a,b\n1,2\n')])],
  ])('is a broken file when it is %s', async (_how, bytes) => {
    const file = path('broken.csv.zst');
    writeFileSync(file, bytes);
    expect(await contentIssue(file, file)).toContain('is a broken zstd file');
  });
});
