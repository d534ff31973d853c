import type { ColumnSpec } from '../../domain/spec.ts';
import { parquetRows, quoteIdentifier } from '../sql-text.ts';
import type { Source } from './source.ts';
import type { CheckedColumn } from './wrong-types.ts';

/** Rows with the types of the spec, as rules see them: the relation is called `input`, as in features.sql. */
export interface TypedRows {
  /** Columns by their names in the spec; `_row`, the 1-based number of the row, and `_at`, one less, by which rows are found again. */
  readonly relation: string;
  readonly columns: ReadonlyMap<string, TypedColumn>;
  /** A column is a matter of its own bytes: what one costs is not paid again for another. */
  readonly isColumnar: boolean;
  /** String columns of few values, as their file stores them: counting each value once is cheaper than looking at each row. */
  readonly fewValues: ReadonlySet<string>;
}

export interface TypedColumn {
  readonly type: ColumnSpec['type'];
  /** SQL of the value. */
  readonly value: string;
  /** SQL that is true where the file has a value that cannot be read; absent where that cannot be. */
  readonly unreadable?: string;
  /** SQL of the value as it stands in the file, for people. */
  readonly raw: string;
}

/** The rows of a raw file. */
export function typedRows(
  columns: readonly CheckedColumn[],
  source: Source,
  fewValues: ReadonlySet<string>,
): TypedRows {
  const isRow = source.format === 'jsonl' ? ` WHERE json_type(json) = 'OBJECT'` : '';
  const at = source.format === 'parquet' ? 'file_row_number AS _at' : '_row - 1 AS _at';
  const projected = columns.flatMap(({ spec, parsed }) => [
    `${parsed.value} AS ${quoteIdentifier(spec.name)}`,
    `${parsed.raw} AS ${quoteIdentifier(rawName(spec.name))}`,
    ...(parsed.unreadable === 'false'
      ? []
      : [`${parsed.unreadable} AS ${quoteIdentifier(unreadableName(spec.name))}`]),
  ]);
  return {
    relation: `(SELECT ${['_row', at, ...projected].join(', ')} FROM ${source.relation}${isRow}) AS input`,
    columns: new Map(
      columns.map(({ spec, parsed }) => [
        spec.name,
        {
          type: spec.type,
          value: quoteIdentifier(spec.name),
          raw: quoteIdentifier(rawName(spec.name)),
          ...(parsed.unreadable !== 'false' && { unreadable: quoteIdentifier(unreadableName(spec.name)) }),
        },
      ]),
    ),
    isColumnar: source.format === 'parquet',
    fewValues,
  };
}

// No name of a spec has a dot.
const rawName = (name: string) => `raw.${name}`;
const unreadableName = (name: string) => `unreadable.${name}`;

/**
 * The inputs of served predictions out of a compacted day, which has them as `input.x` with the types of the spec.
 *
 * @param where SQL condition on the day's own columns
 */
export function servedRows(
  file: string,
  columns: readonly ColumnSpec[],
  where: string,
  fewValues: ReadonlySet<string>,
): TypedRows {
  const projected = columns.map(
    ({ name }) => `${quoteIdentifier(`input.${name}`)} AS ${quoteIdentifier(name)}`,
  );
  const day = `${parquetRows(file, 'file_row_number')} WHERE ${where}`;
  return {
    relation: `(SELECT ${['file_row_number + 1 AS _row', 'file_row_number AS _at', ...projected].join(', ')} FROM ${day}) AS input`,
    columns: new Map(
      columns.map(({ name, type }) => [
        name,
        { type, value: quoteIdentifier(name), raw: quoteIdentifier(name) },
      ]),
    ),
    isColumnar: true,
    fewValues,
  };
}
