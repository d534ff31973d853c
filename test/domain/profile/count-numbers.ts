import { MAX_CHUNK_ROWS, NumberAccumulator } from '../../../lib/domain/profile/number-accumulator.ts';
import type { NumericProfile } from '../../../lib/domain/profile/numeric-profile.ts';

/** The profile of values at hand; a scan of a file feeds a `NumberAccumulator` itself. */
export function profileChunk(values: readonly (number | null)[], edges: Iterable<number>): NumericProfile {
  const column = new NumberAccumulator(edges);
  for (let from = 0; from < values.length; from += MAX_CHUNK_ROWS) {
    const chunk = values.slice(from, from + MAX_CHUNK_ROWS);
    column.add(
      Float64Array.from(chunk, (x) => x ?? 0),
      validityOf(chunk),
      chunk.length,
    );
  }
  return column.profile();
}

function validityOf(values: readonly (number | null)[]): Uint32Array {
  const words = new Uint32Array(Math.ceil(values.length / 32));
  values.forEach((value, i) => {
    if (value !== null) words[i >>> 5] = (words[i >>> 5] as number) | (1 << (i & 31));
  });
  return words;
}
