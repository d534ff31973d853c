import type { ColumnProfile } from '../../domain/profile/column-profile.ts';
import type { Engine } from '../engine.ts';
import { mismatchName } from '../read/parsed-column.ts';
import { quoteIdentifier } from '../sql-text.ts';
import type { ProfiledRelation } from './profiled-relation.ts';

/** Columns with their values of the wrong type, which count as null too, where the relation tells them. */
export async function countMismatches(
  columns: Readonly<Record<string, ColumnProfile>>,
  { sql, types }: ProfiledRelation,
  engine: Engine,
): Promise<Readonly<Record<string, ColumnProfile>>> {
  const told = Object.keys(columns).filter((name) => types.has(mismatchName(name)));
  if (told.length === 0) return columns;
  const counts = told.map((name, i) => `count_if(${quoteIdentifier(mismatchName(name))}) AS n${i}`);
  const [row] = await engine.query<Record<string, number>>(`SELECT ${counts.join(', ')} FROM ${sql}`);
  const counted = told.map((name, i): [string, ColumnProfile] => [
    name,
    withMismatches(columns[name] as ColumnProfile, row?.[`n${i}`] ?? 0),
  ]);
  return { ...columns, ...Object.fromEntries(counted) };
}

/** A free text is never of the wrong type. */
function withMismatches(column: ColumnProfile, typeMismatch: number): ColumnProfile {
  if (column.kind === 'text') return column;
  return { ...column, counts: { ...column.counts, typeMismatch } } as ColumnProfile;
}
