import type { RowGroupRange } from '../../lib/domain/intake/pieces.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import { quoteString } from '../../lib/engine/sql-text.ts';

interface Counted {
  readonly file: string;
  readonly key: string;
  readonly range: RowGroupRange | undefined;
  readonly rows: number;
}

/**
 * Compares the rows that were counted with those that a Parquet file's footer promises.
 *
 * @throws Error for another number: an engine that stops early must not pass for a shorter file
 */
export async function requireAllRows({ file, key, range, rows }: Counted, engine: Engine): Promise<void> {
  if (!/\.parquet$/i.test(key)) return;
  const wanted = range?.rows ?? (await rowsInFooter(file, engine));
  if (rows !== wanted) throw new Error(`${key} has ${wanted} rows by its footer, got ${rows}`);
}

async function rowsInFooter(file: string, engine: Engine): Promise<number> {
  const [footer] = await engine.query<{ rows: number }>(
    `SELECT num_rows AS rows FROM parquet_file_metadata(${quoteString(file)})`,
  );
  return footer?.rows ?? 0;
}
