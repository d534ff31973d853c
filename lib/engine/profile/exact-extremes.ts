import type { NumericProfile } from '../../domain/profile/numeric-profile.ts';
import type { Engine } from '../engine.ts';
import { quoteIdentifier } from '../sql-text.ts';
import type { ProfiledRelation } from './profiled-relation.ts';
import type { RowCut } from './row-cut.ts';

type Columns = Readonly<Record<string, NumericProfile>>;

/** The smallest and largest of columns whose values a double rounds, as texts, in each cell of a cut. */
export async function withExactExtremes(
  cells: readonly Columns[],
  { cell }: RowCut,
  { sql, types }: ProfiledRelation,
  engine: Engine,
): Promise<readonly Columns[]> {
  const rounded = roundedNames(cells, types);
  if (rounded.length === 0) return cells;
  const extremes = rounded.map((name, i) => {
    const column = quoteIdentifier(name);
    return `CAST(min(${column}) AS VARCHAR) AS min${i}, CAST(max(${column}) AS VARCHAR) AS max${i}`;
  });
  const rows = await engine.query<Record<string, string> & { readonly cell: number }>(
    `SELECT ${extremes.join(', ')}, ${cell} AS cell FROM ${sql} GROUP BY ALL`,
  );
  return cells.map((columns, i) => {
    const row = rows.find((some) => some.cell === i);
    const exact = rounded.flatMap((name, j) => {
      const column = columns[name];
      if (column === undefined || !isRounded(types.get(name), column)) return [];
      return [[name, { ...column, exact: { min: row?.[`min${j}`], max: row?.[`max${j}`] } }]];
    });
    return { ...columns, ...Object.fromEntries(exact) };
  });
}

function roundedNames(cells: readonly Columns[], types: ProfiledRelation['types']): readonly string[] {
  const all = cells.flatMap((columns) => Object.entries(columns));
  return [...new Set(all.flatMap(([name, column]) => (isRounded(types.get(name), column) ? name : [])))];
}

function isRounded(type: string | undefined, { n, min, max }: NumericProfile): boolean {
  if (type === undefined || n === 0) return false;
  if (type.startsWith('DECIMAL')) return true;
  const largest = Math.max(Math.abs(min ?? 0), Math.abs(max ?? 0));
  return /^U?(BIG|HUGE)INT$/.test(type) && largest > Number.MAX_SAFE_INTEGER;
}
