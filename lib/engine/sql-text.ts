/** A name as SQL: the only way a column name of a spec gets into a statement. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text literal as SQL, for the places that take no parameter: file names in table functions and COPY. */
export function quoteString(text: string): string {
  if (text.includes('\0')) throw new Error('a text in a statement holds no zero byte');
  return `'${text.replaceAll("'", "''")}'`;
}
