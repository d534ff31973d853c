import type { CategoricalProfile } from '../../domain/profile/column-profile.ts';
import { countCategories } from '../../domain/profile/count-categories.ts';
import type { Engine } from '../engine.ts';
import { quoteIdentifier } from '../sql-text.ts';
import type { CategoricalColumn } from './categorical-column.ts';
import { countByValue, type ValueRows } from './count-by-value.ts';
import { countWideCategories } from './count-wide-categories.ts';
import type { ProfiledRelation } from './profiled-relation.ts';
import { cellRelations, namesOfKind, type RowCut, wholeCut } from './row-cut.ts';

/** A cut, and how many rows each of its cells has. */
export interface CountedCut {
  readonly cut: RowCut;
  readonly rows: readonly number[];
}

/** Rows that show whether a column has about one value a row: one row group as most tools write them. */
const PROBED_ROWS = 122_880;

/** A column with more values than this among those rows is not grouped by value: the groups might not fit into memory. */
const MANY_VALUES = 40_000;

/** Nor is one that would have more groups in all cells together. */
const MANY_GROUPS = 200_000;

type Categories = Readonly<Record<string, CategoricalProfile>>;

/** Profiles of string and boolean columns that the relation has. */
export async function profileCategories(
  columns: readonly CategoricalColumn[],
  relation: ProfiledRelation,
  engine: Engine,
): Promise<readonly CategoricalProfile[]> {
  const binnings = columns.map(({ name, values }) => [
    name,
    { kind: 'categorical' as const, ...(values && { values: [...values] }) },
  ]);
  const cut = wholeCut(Object.fromEntries(binnings));
  const [whole] = await profileCellCategories([{ cut, rows: [relation.rows] }], relation, engine);
  return columns.map(({ name }) => whole?.[0]?.[name] as CategoricalProfile);
}

/** The string and boolean columns that the relation has, in every cell of each cut, by their names. */
export async function profileCellCategories(
  counted: readonly CountedCut[],
  relation: ProfiledRelation,
  engine: Engine,
): Promise<readonly (readonly Categories[])[]> {
  const cuts = counted.map(({ cut }) => cut);
  const wide = await wideColumns(cuts, relation, engine);
  const narrow = await narrowCategories(cuts, wide, relation, engine);
  const profiles: (readonly Categories[])[] = [];
  for (const [i, { cut, rows }] of counted.entries()) {
    const cells: Categories[] = [];
    for (const [cell, part] of cellRelations(cut, rows, relation).entries())
      cells.push({ ...narrow[i]?.[cell], ...(await wideCategories(cut, wide, part, engine)) });
    profiles.push(cells);
  }
  return profiles;
}

async function wideColumns(
  cuts: readonly RowCut[],
  relation: ProfiledRelation,
  engine: Engine,
): Promise<ReadonlySet<string>> {
  const names = namesOfKind('categorical', cuts, relation);
  const cells = cuts.reduce((sum, cut) => sum + cut.cells, 0);
  if (relation.rows <= MANY_VALUES || names.length === 0) return new Set();
  const distinct = names.map((name, i) => `approx_count_distinct(${quoteIdentifier(name)}) AS c${i}`);
  const [row] = await engine.query<Record<string, number>>(
    `SELECT ${distinct.join(', ')} FROM (SELECT * FROM ${relation.sql} LIMIT ${PROBED_ROWS})`,
  );
  const isWide = (values: number) => values > MANY_VALUES || values * cells > MANY_GROUPS;
  return new Set(names.filter((_, i) => isWide(row?.[`c${i}`] ?? 0)));
}

async function narrowCategories(
  cuts: readonly RowCut[],
  wide: ReadonlySet<string>,
  relation: ProfiledRelation,
  engine: Engine,
): Promise<readonly (readonly Categories[])[]> {
  const names = namesOfKind('categorical', cuts, relation).filter((name) => !wide.has(name));
  const columns = names.flatMap((name) => countedIn(name, cuts).map((cut) => ({ name, cut })));
  const counts = await countByValue(columns, relation, engine);
  return cuts.map((cut) => {
    const cells = Array.from({ length: cut.cells }, (): [string, CategoricalProfile][] => []);
    for (const name of names) {
      const binning = cut.columns[name];
      if (binning?.kind !== 'categorical') continue;
      // The whole is any cut's cells together.
      const own = columns.findIndex((c) => c.name === name && (cut.cells === 1 || c.cut === cut));
      const byCell = Map.groupBy(counts[own] ?? [], ({ cell }) => (cut.cells === 1 ? 0 : cell));
      for (const [i, cell] of cells.entries())
        cell.push([name, categoriesOf(byCell.get(i) ?? [], binning.values)]);
    }
    return cells.map((cell) => Object.fromEntries(cell));
  });
}

/** The cuts in whose cells a column's values are counted: all rows are not counted beside their parts. */
function countedIn(name: string, cuts: readonly RowCut[]): readonly RowCut[] {
  const has = cuts.filter(({ columns }) => columns[name]?.kind === 'categorical');
  const parts = has.filter(({ cells }) => cells > 1);
  return parts.length > 0 ? parts : has.slice(0, 1);
}

function categoriesOf(
  counts: readonly ValueRows[],
  values: readonly string[] | undefined,
): CategoricalProfile {
  return countCategories(
    counts.map(({ value, rows }) => [value, rows] as const),
    values && new Set(values),
  );
}

async function wideCategories(
  { columns }: RowCut,
  wide: ReadonlySet<string>,
  relation: ProfiledRelation,
  engine: Engine,
): Promise<Categories> {
  const profiles: [string, CategoricalProfile][] = [];
  for (const name of wide) {
    const binning = columns[name];
    if (binning?.kind === 'categorical')
      profiles.push([name, await countWideCategories({ name, values: binning.values }, relation, engine)]);
  }
  return Object.fromEntries(profiles);
}
