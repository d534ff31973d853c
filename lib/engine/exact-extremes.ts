import type { NumericProfile } from '../domain/profile/numeric-profile.ts';
import type { Engine } from './engine.ts';
import type { ProfiledRelation } from './profiled-relation.ts';
import { quoteIdentifier } from './sql-text.ts';

/** The smallest and largest of columns whose values a double rounds, as texts. */
export async function withExactExtremes(
  columns: Readonly<Record<string, NumericProfile>>,
  { sql, types }: ProfiledRelation,
  engine: Engine,
): Promise<Record<string, NumericProfile>> {
  const rounded = Object.entries(columns).filter(([name, column]) => isRounded(types.get(name), column));
  if (rounded.length === 0) return { ...columns };
  const extremes = rounded.map(([name], i) => {
    const column = quoteIdentifier(name);
    return `CAST(min(${column}) AS VARCHAR) AS min${i}, CAST(max(${column}) AS VARCHAR) AS max${i}`;
  });
  const [row] = await engine.query<Record<string, string>>(`SELECT ${extremes.join(', ')} FROM ${sql}`);
  const exact = rounded.map(([name, column], i) => {
    const [min, max] = [row?.[`min${i}`] as string, row?.[`max${i}`] as string];
    return [name, { ...column, exact: { min, max } }];
  });
  return { ...columns, ...Object.fromEntries(exact) };
}

function isRounded(type: string | undefined, { n, min, max }: NumericProfile): boolean {
  if (type === undefined || n === 0) return false;
  if (type.startsWith('DECIMAL')) return true;
  const largest = Math.max(Math.abs(min ?? 0), Math.abs(max ?? 0));
  return /^U?(BIG|HUGE)INT$/.test(type) && largest > Number.MAX_SAFE_INTEGER;
}
