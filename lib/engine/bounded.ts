import type { DuckDBConnection } from '@duckdb/node-api';

/** A statement ran longer than it may. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/** How late an interrupt may come; checking costs nothing beside a query. */
const INTERRUPT_EVERY_MS = 10;

/** Runs `work` on the connection and interrupts it when its time is up; the connection stays usable. */
export async function bounded<T>(
  connection: DuckDBConnection,
  limitMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const deadline = performance.now() + limitMs;
  let late = false;
  // Again and again: an interrupt that comes before the engine has started on the statement is forgotten.
  const timer = setInterval(() => {
    if (performance.now() < deadline) return;
    late = true;
    connection.interrupt();
  }, INTERRUPT_EVERY_MS);
  try {
    return await work();
  } catch (cause) {
    throw late ? new TimeLimitError(`a statement ran longer than ${limitMs} ms`, { cause }) : cause;
  } finally {
    clearInterval(timer);
  }
}
