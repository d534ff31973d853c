/** A name as SQL: the only way a column name of a spec gets into a statement. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** An instant as SQL. Throws for what is no ISO 8601 time. */
export function quoteTime(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) throw new Error(`an event time is ISO 8601, got ${iso}`);
  return `TIMESTAMP ${quoteString(time.toISOString().replace('T', ' ').replace('Z', ''))}`;
}

/** Goes to every reader of files: a folder called `id=7` is a folder, and no column that hides the file's own. */
export const OWN_COLUMNS_ONLY = 'hive_partitioning = false';

/** The rows of Parquet files as a relation, with columns that the engine adds where they are asked for. */
export function parquetRows(
  files: string | readonly string[],
  ...added: readonly ('file_row_number' | 'filename')[]
): string {
  const all = typeof files === 'string' ? [files] : files;
  const options = [OWN_COLUMNS_ONLY, ...added.map((column) => `${column} = true`)];
  return `read_parquet([${all.map(quoteString).join(', ')}], ${options.join(', ')})`;
}

/** A text literal as SQL, for the places that take no parameter: file names in table functions and COPY. */
export function quoteString(text: string): string {
  if (text.includes('\0')) throw new Error('a text in a statement holds no zero byte');
  return `'${text.replaceAll("'", "''")}'`;
}
