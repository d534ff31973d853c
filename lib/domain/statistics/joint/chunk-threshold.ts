/** A joint score above this share of the reference's own chunks is news. */
const USUAL_SHARE = 0.99;

/**
 * From where a joint score is more than chunks of the reference show among themselves: an upper quantile of their scores.
 *
 * @param scores of chunks of the reference, each against the rest of it, of about a window's size
 * @param share 0–1
 * @returns undefined with fewer than ten chunks, which say too little of their tail
 * Source: bootstrap of reference chunks; between the two nearest scores, as numpy's default quantile.
 * @example chunkThreshold([1, …, 100]) // 99.01
 */
export function chunkThreshold(scores: readonly number[], share = USUAL_SHARE): number | undefined {
  if (scores.length < 10) return undefined;
  const ascending = [...scores].sort((a, b) => a - b);
  const at = share * (ascending.length - 1);
  const low = ascending[Math.floor(at)] as number;
  const high = ascending[Math.ceil(at)] as number;
  return low + (at - Math.floor(at)) * (high - low);
}
