import { hash } from 'node:crypto';

/** Two halves of a 64-bit hash, unsigned. */
export interface ValueHash {
  readonly high: number;
  readonly low: number;
}

/**
 * The hash of a text that sketches and buckets go by: the first eight bytes of its MD5, which the engine's SQL computes alike
 * (`md5_number_upper`) and which no version changes. Nothing secret depends on it.
 */
export function textHash(text: string): ValueHash {
  const bytes = hash('md5', text, 'buffer');
  return { high: bytes.readUInt32LE(4), low: bytes.readUInt32LE(0) };
}

/** Unnamed values of a column fall into this many buckets, enough to see mass move and small as JSON. */
export const HASH_BUCKETS = 1024;

export function bucketOf({ low }: ValueHash): number {
  return low & (HASH_BUCKETS - 1);
}
