import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Compression, compressionOf, MAGIC, unpacking } from './compression.ts';

export type FileFormat = 'parquet' | 'csv' | 'jsonl';

const EXTENSIONS: Readonly<Record<string, FileFormat>> = {
  '.parquet': 'parquet',
  '.csv': 'csv',
  '.csv.gz': 'csv',
  '.csv.zst': 'csv',
  '.jsonl': 'jsonl',
  '.jsonl.gz': 'jsonl',
  '.jsonl.zst': 'jsonl',
};

/** The format that a file's name promises; undefined for a name that promises none we read. */
export function formatOf(name: string): FileFormat | undefined {
  const extension = Object.keys(EXTENSIONS).find((ending) => name.toLowerCase().endsWith(ending));
  return extension === undefined ? undefined : EXTENSIONS[extension];
}

/**
 * Why the first and last bytes break the promise of the name; undefined when they keep it. Parquet begins and ends with PAR1,
 * gzip with 1f 8b, zstd with 28 b5 2f fd, and a text with none of these.
 */
export async function contentIssue(file: string, name: string): Promise<string | undefined> {
  const { head, tail, bytes } = await edges(file);
  if (bytes === 0) return 'is empty, wanted at least one row';
  const parquet = head === '50415231';
  if (formatOf(name) === 'parquet') {
    if (!parquet) return `is no Parquet file, its first bytes are ${head}`;
    return tail === '50415231' ? undefined : 'is a truncated Parquet file: it does not end in PAR1';
  }
  const promised = compressionOf(name);
  const packed = COMPRESSIONS.find((compression) => head.startsWith(MAGIC[compression]));
  if (promised !== undefined && packed !== promised)
    return `is not compressed with ${promised}, against its name`;
  if (packed !== promised) return `is compressed with ${packed}, against its name`;
  if (parquet) return 'is a Parquet file, against its name';
  if (/^(fffe|feff)/.test(head)) return 'is text in UTF-16, wanted UTF-8';
  return packed === undefined ? undefined : packedIssue(file, packed);
}

const COMPRESSIONS: readonly Compression[] = ['gzip', 'zstd'];

/** Reads to the end: the engine takes a truncated packed file for a shorter one. */
async function packedIssue(file: string, compression: Compression): Promise<string | undefined> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    await pipeline(createReadStream(file), unpacking(compression), nowhere);
    return undefined;
  } catch (error) {
    return `is a broken ${compression} file: ${(error as Error).message}`;
  }
}

async function edges(file: string): Promise<{ head: string; tail: string; bytes: number }> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const head = await handle.read(Buffer.alloc(4), 0, 4, 0);
    const tail = await handle.read(Buffer.alloc(4), 0, 4, Math.max(0, size - 4));
    const hex = (read: { buffer: Buffer; bytesRead: number }) =>
      read.buffer.subarray(0, read.bytesRead).toString('hex');
    return { head: hex(head), tail: hex(tail), bytes: size };
  } finally {
    await handle.close();
  }
}
