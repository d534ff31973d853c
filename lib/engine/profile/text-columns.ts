import { isText } from '../../domain/data/infer-type.ts';
import type { ProfiledColumn } from '../../domain/profile/profiled-columns.ts';
import type { Engine } from '../engine.ts';
import { quoteIdentifier } from '../sql-text.ts';
import type { ProfiledRelation } from './profiled-relation.ts';

/** Texts looked at to know what a column holds. */
const SAMPLE_ROWS = 20_000;

/** The columns with those that may be free text, and look so in the first rows, as text; those that cut segments never are. */
export async function withTextColumns(
  columns: readonly ProfiledColumn[],
  segments: readonly string[],
  { sql, types }: ProfiledRelation,
  engine: Engine,
): Promise<readonly ProfiledColumn[]> {
  const texts = new Set<string>();
  for (const { name, mayBeText } of columns) {
    if (!mayBeText || segments.includes(name) || !types.has(name)) continue;
    const rows = await engine.query<{ text: string }>(
      `SELECT CAST(${quoteIdentifier(name)} AS VARCHAR) AS "text" FROM ${sql}
       WHERE ${quoteIdentifier(name)} IS NOT NULL LIMIT ${SAMPLE_ROWS}`,
    );
    if (isText(rows.map(({ text }) => text))) texts.add(name);
  }
  return columns.map((column) => (texts.has(column.name) ? { name: column.name, kind: 'text' } : column));
}
