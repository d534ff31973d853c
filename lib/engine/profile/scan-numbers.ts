import type { NumericProfile } from '../../domain/profile/numeric-profile.ts';
import type { Engine } from '../engine.ts';
import type { ProfiledRelation } from './profiled-relation.ts';
import { wholeCut } from './row-cut.ts';
import { scanCells } from './scan-cells.ts';

export interface NumericColumn {
  readonly name: string;
  readonly edges: readonly number[];
}

/** Profiles of numeric columns that the relation has. */
export async function scanNumbers(
  columns: readonly NumericColumn[],
  relation: ProfiledRelation,
  engine: Engine,
): Promise<readonly NumericProfile[]> {
  const cut = columns.map(({ name, edges }) => [name, { kind: 'numeric' as const, edges: [...edges] }]);
  const [whole] = await scanCells([wholeCut(Object.fromEntries(cut))], relation, engine);
  return columns.map(({ name }) => whole?.columns[0]?.[name] as NumericProfile);
}
