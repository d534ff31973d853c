import { type Binning, makeBinning } from '../../../lib/domain/profile/binning.ts';
import type { CategoricalProfile, NumericProfile } from '../../../lib/domain/profile/column-profile.ts';
import { countCategories } from '../../../lib/domain/profile/count-categories.ts';
import type { Profile } from '../../../lib/domain/profile/profile.ts';
import { profileChunk } from './count-numbers.ts';

export function aNumericColumn(values: readonly (number | null)[], edges: readonly number[]): NumericProfile {
  return profileChunk(values, Float64Array.from(edges));
}

export function aCategoricalColumn(values: readonly (string | null)[]): CategoricalProfile {
  const counts = new Map<string | null, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return countCategories(counts);
}

export interface ARow {
  readonly x: number | null;
  readonly s: string | null;
}

export const EDGES = [-1, 0, Number.MIN_VALUE, 1, 10];

export function aBinning(edges: readonly number[] = EDGES): Binning {
  return makeBinning({
    'input.x': { kind: 'numeric', edges: [...edges] },
    'input.s': { kind: 'categorical' },
  });
}

export function aProfile(rows: readonly ARow[], source: string, binning: Binning = aBinning()): Profile {
  const column = binning.columns['input.x'];
  const edges = column?.kind === 'numeric' ? column.edges : [];
  return {
    version: 1,
    binningId: binning.id,
    rows: rows.length,
    rejectedRows: 0,
    sources: [{ id: source, rows: rows.length }],
    columns: {
      'input.x': aNumericColumn(
        rows.map((row) => row.x),
        edges,
      ),
      'input.s': aCategoricalColumn(rows.map((row) => row.s)),
    },
  };
}
