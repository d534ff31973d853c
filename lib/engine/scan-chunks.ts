import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { Engine } from './engine.ts';
import { freeChunks } from './free-chunks.ts';

/**
 * Hands out the chunks of a query as they come, in order; the next one is read meanwhile. A streamed result ends early and
 * without a word when a later row fails, so the rows seen are counted: throws when they are not `rows`.
 */
export async function scanChunks(
  sql: string,
  rows: number,
  engine: Engine,
  take: (chunk: DuckDBDataChunk) => void,
): Promise<void> {
  const connection = await engine.connect();
  try {
    const result = await connection.stream(sql);
    let [seen, chunks] = [0, 0];
    let next = result.fetchChunk();
    for (;;) {
      const chunk = await next;
      if (chunk === null || chunk.rowCount === 0) break;
      next = result.fetchChunk();
      // Whoever throws below must not leave a rejection that nobody hears.
      next.catch(() => undefined);
      seen += chunk.rowCount;
      take(chunk);
      freeChunks(++chunks);
    }
    if (seen !== rows) throw new Error(`a scan sees every row, got ${seen} of ${rows}`);
  } finally {
    connection.closeSync();
  }
}
