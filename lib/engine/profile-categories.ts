import type { CategoricalProfile } from '../domain/profile/column-profile.ts';
import { countCategories } from '../domain/profile/count-categories.ts';
import { countWideCategories } from './count-wide-categories.ts';
import type { Engine } from './engine.ts';
import type { ProfiledRelation } from './profiled-relation.ts';
import { quoteIdentifier } from './sql-text.ts';

export interface CategoricalColumn {
  readonly name: string;
  /** With it only these are counted by name. */
  readonly values?: readonly string[] | undefined;
}

/** Columns of one statement; `grouping` has a bit for each. */
const COLUMNS_A_STATEMENT = 50;

/** Rows that show whether a column has about one value a row: one row group as most tools write them. */
const PROBED_ROWS = 122_880;

/** A column with more values than this among those rows is not grouped by value: the groups might not fit into memory. */
const MANY_VALUES = 40_000;

/** Profiles of string and boolean columns that the relation has. */
export async function profileCategories(
  columns: readonly CategoricalColumn[],
  relation: ProfiledRelation,
  engine: Engine,
): Promise<readonly CategoricalProfile[]> {
  const wide = await wideColumns(columns, relation, engine);
  const narrow = columns.filter(({ name }) => !wide.has(name));
  const profiles = new Map<string, CategoricalProfile>();
  for (let from = 0; from < narrow.length; from += COLUMNS_A_STATEMENT)
    for (const [name, profile] of await countNarrow(
      narrow.slice(from, from + COLUMNS_A_STATEMENT),
      relation,
      engine,
    ))
      profiles.set(name, profile);
  for (const column of columns.filter(({ name }) => wide.has(name)))
    profiles.set(column.name, await countWideCategories(column, relation, engine));
  return columns.map(({ name }) => profiles.get(name) as CategoricalProfile);
}

async function wideColumns(
  columns: readonly CategoricalColumn[],
  { sql, rows }: ProfiledRelation,
  engine: Engine,
): Promise<ReadonlySet<string>> {
  if (rows <= MANY_VALUES || columns.length === 0) return new Set();
  const distinct = columns.map(({ name }, i) => `approx_count_distinct(${quoteIdentifier(name)}) AS c${i}`);
  const [row] = await engine.query<Record<string, number>>(
    `SELECT ${distinct.join(', ')} FROM (SELECT * FROM ${sql} LIMIT ${PROBED_ROWS})`,
  );
  return new Set(columns.filter((_, i) => (row?.[`c${i}`] ?? 0) > MANY_VALUES).map(({ name }) => name));
}

/** All columns by one statement, each file read once. */
async function countNarrow(
  columns: readonly CategoricalColumn[],
  { sql, rows }: ProfiledRelation,
  engine: Engine,
): Promise<readonly (readonly [string, CategoricalProfile])[]> {
  const texts = columns.map(({ name }, i) => `CAST(${quoteIdentifier(name)} AS VARCHAR) AS c${i}`);
  const names = columns.map((_, i) => `c${i}`).join(', ');
  const sets = columns.map((_, i) => `(c${i})`).join(', ');
  const groups = await engine.query<{ g: number; v: string | null; n: number }>(
    `SELECT grouping(${names}) AS g, coalesce(${names}, NULL) AS v, count(*) AS n
     FROM (SELECT ${texts.join(', ')} FROM ${sql}) GROUP BY GROUPING SETS (${sets})`,
  );
  const all = 2 ** columns.length - 1;
  return columns.map(({ name, values }, i) => {
    // Every bit is set but that of the column grouped by.
    const own = all - 2 ** (columns.length - 1 - i);
    const counted = groups.filter(({ g }) => g === own);
    const seen = counted.reduce((sum, { n }) => sum + n, 0);
    if (seen !== rows && counted.length > 0)
      throw new Error(`a count sees every row, got ${seen} of ${rows} in ${name}`);
    const pairs = counted.map(({ v, n }) => [v, n] as const);
    return [name, countCategories(pairs, values && new Set(values))];
  });
}
