import type { Engine } from '../engine.ts';
import { quoteString } from '../sql-text.ts';

/**
 * A text that a Parquet file stores in fewer bytes than this, before compression, is a number of a dictionary of at most some tens of
 * thousands: grouping by it needs little memory.
 */
const MAX_BYTES_PER_VALUE = 2;

/** Columns of a Parquet file that its own metadata shows to hold few different values, each many times. */
export async function fewValuedColumns(
  file: string,
  names: ReadonlySet<string>,
  engine: Pick<Engine, 'query'>,
): Promise<ReadonlySet<string>> {
  const found = await engine.query<{ name: string }>(
    `SELECT path_in_schema AS name FROM parquet_metadata(${quoteString(file)}) WHERE type = 'BYTE_ARRAY'
     GROUP BY path_in_schema
     HAVING count(*) = count(dictionary_page_offset)
        AND sum(total_uncompressed_size) < ${MAX_BYTES_PER_VALUE} * sum(num_values)`,
  );
  return new Set(found.flatMap(({ name }) => (names.has(name) ? [name] : [])));
}
