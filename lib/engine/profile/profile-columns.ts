import { entryOf } from '../../domain/entry-of.ts';
import type { ColumnProfile } from '../../domain/profile/column-profile.ts';
import { emptyColumn } from '../../domain/profile/profile.ts';
import type { Engine } from '../engine.ts';
import { withExactExtremes } from './exact-extremes.ts';
import { withExactValues } from './exact-values.ts';
import { profileCellCategories } from './profile-categories.ts';
import { profileTimestamps } from './profile-timestamps.ts';
import type { ProfiledRelation } from './profiled-relation.ts';
import { cellRelations, type RowCut } from './row-cut.ts';
import { scanCells } from './scan-cells.ts';
import { scanTexts } from './scan-texts.ts';

/** The rows of one cell. */
export interface CellProfile {
  readonly rows: number;
  readonly columns: Record<string, ColumnProfile>;
}

type Columns = Readonly<Record<string, ColumnProfile>>;

/**
 * The columns of a relation, in every cell of each cut: numbers by one scan for all cuts, categories by one statement. A column
 * that the relation lacks counts as null throughout.
 */
export async function profileColumns(
  cuts: readonly RowCut[],
  relation: ProfiledRelation,
  asOf: string | undefined,
  engine: Engine,
): Promise<readonly (readonly CellProfile[])[]> {
  const scanned = await scanCells(cuts, relation, engine);
  const counted = cuts.map((cut, i) => ({ cut, rows: scanned[i]?.rows ?? [] }));
  const categories = await profileCellCategories(counted, relation, engine);
  const profiles: CellProfile[][] = [];
  for (const [i, { cut, rows }] of counted.entries()) {
    const exact = await withExactValues(scanned[i]?.columns ?? [], cut, relation, engine);
    const numbers = await withExactExtremes(exact, cut, relation, engine);
    const cells: CellProfile[] = [];
    for (const [cell, part] of cellRelations(cut, rows, relation).entries()) {
      const others = await profileOthers(cut, part, asOf, engine);
      const columns = { ...numbers[cell], ...categories[i]?.[cell], ...others };
      cells.push({ rows: part.rows, columns: inOrder(cut, columns, part.rows) });
    }
    profiles.push(cells);
  }
  return profiles;
}

async function profileOthers(
  { columns }: RowCut,
  relation: ProfiledRelation,
  asOf: string | undefined,
  engine: Engine,
): Promise<Columns> {
  const profiles: [string, ColumnProfile][] = [];
  for (const [name, { kind }] of Object.entries(columns)) {
    if (!relation.types.has(name)) continue;
    if (kind === 'text') profiles.push([name, await scanTexts(name, relation, engine)]);
    else if (kind === 'timestamp')
      profiles.push([name, await profileTimestamps(name, asOf, relation, engine)]);
  }
  return Object.fromEntries(profiles);
}

function inOrder({ columns }: RowCut, counted: Columns, rows: number): Record<string, ColumnProfile> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, binning]) => [
      name,
      entryOf(counted, name) ?? allNull(emptyColumn(binning), rows),
    ]),
  );
}

function allNull<T extends ColumnProfile>(empty: T, rows: number): T {
  return { ...empty, counts: { ...empty.counts, null: rows } };
}
