import type { DuckDBConnection } from '@duckdb/node-api';

/** A statement ran longer than it may. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/** Runs `work` on the connection and interrupts it when its time is up; the connection stays usable. */
export async function bounded<T>(
  connection: DuckDBConnection,
  limitMs: number,
  work: () => Promise<T>,
): Promise<T> {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    connection.interrupt();
  }, limitMs);
  try {
    return await work();
  } catch (cause) {
    throw late ? new TimeLimitError(`features.sql ran longer than ${limitMs} ms`, { cause }) : cause;
  } finally {
    clearTimeout(timer);
  }
}
