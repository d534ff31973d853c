import type { Engine } from '../engine.ts';
import { quoteIdentifier } from '../sql-text.ts';
import type { ProfiledRelation } from './profiled-relation.ts';
import type { RowCut } from './row-cut.ts';

/** Rows of a value of a column in a cell of a cut. */
export interface ValueRows {
  readonly cell: number;
  readonly value: string | null;
  readonly rows: number;
}

/** A column, and the cut in whose cells its values are counted. */
export interface CountedColumn {
  readonly name: string;
  readonly cut: RowCut;
}

/** Columns of one statement; `grouping` has a bit for each of them and each of their cuts. */
const COLUMNS_A_STATEMENT = 30;

/** The rows of every value of columns of few values, in the order of the columns; many by one statement, each file read once. */
export async function countByValue(
  columns: readonly CountedColumn[],
  relation: ProfiledRelation,
  engine: Engine,
): Promise<readonly (readonly ValueRows[])[]> {
  const counted: (readonly ValueRows[])[] = [];
  for (let from = 0; from < columns.length; from += COLUMNS_A_STATEMENT)
    counted.push(...(await countSome(columns.slice(from, from + COLUMNS_A_STATEMENT), relation, engine)));
  return counted;
}

async function countSome(
  columns: readonly CountedColumn[],
  { sql, rows }: ProfiledRelation,
  engine: Engine,
): Promise<readonly (readonly ValueRows[])[]> {
  const names = [...new Set(columns.map(({ name }) => name))];
  const cuts = [...new Set(columns.map(({ cut }) => cut))].filter(({ cells }) => cells > 1);
  const keys = [...names.map((_, i) => `c${i}`), ...cuts.map((_, i) => `k${i}`)];
  const expressions = [
    ...names.map((name) => `CAST(${quoteIdentifier(name)} AS VARCHAR)`),
    ...cuts.map(({ cell }) => cell),
  ];
  const sets = columns.map(({ name, cut }) =>
    [names.indexOf(name), cuts.indexOf(cut) + names.length].slice(0, cut.cells > 1 ? 2 : 1),
  );
  const groups = await engine.query<{ g: number; v: string | null; cell: number; n: number }>(
    `SELECT grouping(${keys.join(', ')}) AS g, coalesce(${keys.slice(0, names.length).join(', ')}, NULL) AS v,
       coalesce(${[...keys.slice(names.length), '0'].join(', ')}) AS cell, count(*) AS n
     FROM (SELECT ${expressions.map((sql, i) => `${sql} AS ${keys[i]}`).join(', ')} FROM ${sql})
     GROUP BY GROUPING SETS (${sets.map((set) => `(${set.map((i) => keys[i]).join(', ')})`).join(', ')})`,
  );
  const bySet = Map.groupBy(groups, ({ g }) => g);
  return sets.map((set, i) => {
    // Every bit is set but those of the set's own keys.
    const own = set.reduce((bits, key) => bits - 2 ** (keys.length - 1 - key), 2 ** keys.length - 1);
    const counted = bySet.get(own) ?? [];
    const seen = counted.reduce((sum, { n }) => sum + n, 0);
    if (seen !== rows)
      throw new Error(`a count sees every row, got ${seen} of ${rows} in ${columns[i]?.name}`);
    return counted.map(({ cell, v, n }) => ({ cell, value: v, rows: n }));
  });
}
