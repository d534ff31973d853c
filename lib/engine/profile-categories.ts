import type { Binning } from '../domain/profile/binning.ts';
import type { CategoricalProfile } from '../domain/profile/column-profile.ts';
import { capCategories } from '../domain/profile/merge-columns.ts';
import type { Engine } from './engine.ts';
import { quoteIdentifier } from './sql-text.ts';

/** Longer texts are kept as their hash: a profile is a summary, not a copy. */
const MAX_CATEGORY_LENGTH = 256;

/** SQL of a value as a category. */
export function categoryText(column: string): string {
  const text = `CAST(${quoteIdentifier(column)} AS VARCHAR)`;
  return `CASE WHEN length(${text}) > ${MAX_CATEGORY_LENGTH} THEN 'sha256:' || sha256(${text}) ELSE ${text} END`;
}

/** Counts of every categorical column of the binning; a column that the relation lacks counts as null throughout. */
export async function profileCategories(
  relation: string,
  present: ReadonlySet<string>,
  binning: Binning,
  rows: number,
  engine: Engine,
): Promise<Record<string, CategoricalProfile>> {
  const profiles: Record<string, CategoricalProfile> = {};
  for (const [name, column] of Object.entries(binning.columns)) {
    if (column.kind !== 'categorical') continue;
    const counted = present.has(name)
      ? await engine.query<{ v: string | null; n: number }>(
          `SELECT ${categoryText(name)} AS v, count(*) AS n FROM ${relation} GROUP BY v`,
        )
      : [{ v: null, n: rows }];
    profiles[name] = categoricalProfile(counted, column.values);
  }
  return profiles;
}

function categoricalProfile(
  counted: readonly { readonly v: string | null; readonly n: number }[],
  named: readonly string[] | undefined,
): CategoricalProfile {
  const names = named && new Set(named);
  const nulls = counted.find((row) => row.v === null)?.n ?? 0;
  const all = counted.flatMap(({ v, n }): [string, number][] => (v === null || n === 0 ? [] : [[v, n]]));
  const n = all.reduce((sum, [, count]) => sum + count, 0);
  const values = names ? all.filter(([value]) => names.has(value)) : all;
  const other = n - values.reduce((sum, [, count]) => sum + count, 0);
  const empty = all.find(([value]) => value === '')?.[1] ?? 0;
  return capCategories({ kind: 'categorical', counts: { null: nulls, empty }, n, values, other });
}
