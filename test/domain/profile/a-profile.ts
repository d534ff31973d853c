import { type Binning, makeBinning } from '../../../lib/domain/profile/binning.ts';
import type { CategoricalProfile, NumericProfile } from '../../../lib/domain/profile/column-profile.ts';
import { profileChunk } from '../../../lib/domain/profile/count-numbers.ts';
import { capCategories } from '../../../lib/domain/profile/merge-columns.ts';
import type { Profile } from '../../../lib/domain/profile/profile.ts';

export function aNumericColumn(values: readonly (number | null)[], edges: readonly number[]): NumericProfile {
  return profileChunk(values, Float64Array.from(edges));
}

export function aCategoricalColumn(values: readonly (string | null)[]): CategoricalProfile {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const nulls = values.filter((value) => value === null).length;
  return capCategories({
    kind: 'categorical',
    counts: { null: nulls, empty: counts.get('') ?? 0 },
    n: values.length - nulls,
    values: [...counts],
    other: 0,
  });
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
    sources: [source],
    columns: {
      'input.x': aNumericColumn(
        rows.map((row) => row.x),
        edges,
      ),
      'input.s': aCategoricalColumn(rows.map((row) => row.s)),
    },
  };
}
