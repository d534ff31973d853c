import type { Binning, ColumnBinning, SegmentBinning } from '../../domain/profile/binning.ts';
import { quoteString } from '../sql-text.ts';
import { categoryKeySql } from './category-key-sql.ts';
import type { ProfiledRelation } from './profiled-relation.ts';

/** Rows told apart into numbered cells, each row in one, and how the columns are cut that are counted in every cell. */
export interface RowCut {
  /** SQL of a row's cell: 0, 1, … below `cells`. */
  readonly cell: string;
  readonly cells: number;
  readonly columns: Binning['columns'];
}

/** All rows in one cell. */
export function wholeCut(columns: Binning['columns']): RowCut {
  return { cell: '0', cells: 1, columns };
}

/** A cut for each column that segments go by: a cell for each of its values in order, and the last for all other rows. */
export function segmentCuts({ by, columns }: SegmentBinning, types: ProfiledRelation['types']): RowCut[] {
  return by.map(({ name, values }) => ({
    cell: types.has(name) ? cellSql(name, values) : String(values.length),
    cells: values.length + 1,
    columns,
  }));
}

/** The relation of each cell's rows, for what is counted cell by cell. */
export function cellRelations(
  { cell, cells }: RowCut,
  rows: readonly number[],
  relation: ProfiledRelation,
): readonly ProfiledRelation[] {
  if (cells === 1) return [relation];
  return rows.map((some, i) => ({
    ...relation,
    sql: `(SELECT * FROM ${relation.sql} WHERE ${cell} = ${i})`,
    rows: some,
  }));
}

/** The names of the columns of a kind in any of the cuts, but those that the relation lacks. */
export function namesOfKind(
  kind: ColumnBinning['kind'],
  cuts: readonly RowCut[],
  { types }: ProfiledRelation,
): readonly string[] {
  const all = cuts.flatMap(({ columns }) => Object.entries(columns));
  const names = all.flatMap(([name, column]) => (column.kind === kind && types.has(name) ? name : []));
  return [...new Set(names)];
}

function cellSql(name: string, values: readonly string[]): string {
  const whens = values.map((value, i) => `WHEN ${quoteString(value)} THEN ${i}`);
  return values.length === 0
    ? '0'
    : `(CASE ${categoryKeySql(name)} ${whens.join(' ')} ELSE ${values.length} END)`;
}
