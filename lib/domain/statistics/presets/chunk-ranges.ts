/** Chunks into which NannyML cuts a reference to learn what is usual. */
const CHUNKS = 10;

/**
 * The rows [from, to) of the chunks of a reference: ten of equal size, and what is left over.
 *
 * @param rows of the reference, oldest first
 * @returns none for fewer than ten rows
 * Source: NannyML 0.13.1 `DefaultChunker`.
 * @example chunkRanges(21).at(-1) // { from: 20, to: 21 }
 */
export function chunkRanges(rows: number): readonly { readonly from: number; readonly to: number }[] {
  const size = Math.floor(rows / CHUNKS);
  if (size === 0) return [];
  return Array.from({ length: Math.ceil(rows / size) }, (_, i) => ({
    from: i * size,
    to: Math.min(rows, (i + 1) * size),
  }));
}
