/**
 * Two independent 32-bit hashes of a double by the two halves of its bits; together they are the hash that sketches of numbers
 * go by. Zero has one hash, whatever its sign: callers pass 0, 0.
 *
 * Source: multiply and xor-shift rounds as in MurmurHash3's finalizer (Appleby, 2011).
 */
export function rankHash(high: number, low: number): number {
  let h = Math.imul(high, 0x9e3779b1) ^ low ^ 0x5bd1e995;
  h = Math.imul(h ^ (h >>> 15), 0x85ebca77);
  return h >>> 0;
}

/** The other one, of which the register is chosen. */
export function registerHash(high: number, low: number): number {
  let h = Math.imul(low, 0x27d4eb2f) ^ Math.imul(high, 0x165667b1);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}
