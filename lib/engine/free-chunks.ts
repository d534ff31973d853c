import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Chunks read until the memory of those before is given back: some 6 MB of twelve columns. */
const CHUNKS_KEPT = 32;

setFlagsFromString('--expose-gc');
// The memory of chunks counts as the old generation's. With the least room that the collector may leave it, a few chunks fill it, and
// every scan after an unlucky major collection marks the whole heap a hundred times over: twice the processor time.
setFlagsFromString('--heap-growing-percent=50');
const collect = runInNewContext('gc') as (options: { readonly type: 'minor' }) => void;

/**
 * Gives back the memory of chunks that a scan is done with; to be called after each of them. A chunk goes when the collector
 * finds the small objects that hold it, and without being asked it comes after hundreds of chunks: it does not know how large
 * they are. Asked, it takes less than a millisecond.
 */
export function freeChunks(read: number): void {
  if (read % CHUNKS_KEPT === 0) collect({ type: 'minor' });
}
