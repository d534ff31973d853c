import type { Binning } from '../domain/profile/binning.ts';
import type { ColumnProfile } from '../domain/profile/column-profile.ts';
import { emptyColumn } from '../domain/profile/profile.ts';
import type { Engine } from './engine.ts';
import { withExactExtremes } from './exact-extremes.ts';
import { profileCategories } from './profile-categories.ts';
import { profileTimestamps } from './profile-timestamps.ts';
import type { ProfiledRelation } from './profiled-relation.ts';
import { scanNumbers } from './scan-numbers.ts';
import { scanTexts } from './scan-texts.ts';

/** The columns of a relation under their binnings. One that the relation lacks counts as null throughout. */
export async function profileColumns(
  columns: Binning['columns'],
  relation: ProfiledRelation,
  asOf: string | undefined,
  engine: Engine,
): Promise<Record<string, ColumnProfile>> {
  const present = Object.entries(columns).filter(([name]) => relation.types.has(name));
  const counted = new Map<string, ColumnProfile>();
  const categorical = present.flatMap(([name, c]) =>
    c.kind === 'categorical' ? [{ name, values: c.values }] : [],
  );
  const categories = await profileCategories(categorical, relation, engine);
  for (const [i, { name }] of categorical.entries()) counted.set(name, categories[i] as ColumnProfile);
  const numeric = present.flatMap(([name, c]) => (c.kind === 'numeric' ? [{ name, edges: c.edges }] : []));
  const numbers = await scanNumbers(numeric, relation, engine);
  const byName = Object.fromEntries(numeric.map(({ name }, i) => [name, numbers[i]])) as never;
  for (const [name, profile] of Object.entries(await withExactExtremes(byName, relation, engine)))
    counted.set(name, profile);
  for (const [name, { kind }] of present)
    if (kind === 'text') counted.set(name, await scanTexts(name, relation, engine));
    else if (kind === 'timestamp') counted.set(name, await profileTimestamps(name, asOf, relation, engine));
  return Object.fromEntries(
    Object.entries(columns).map(([name, binning]) => {
      const empty = emptyColumn(binning);
      return [name, counted.get(name) ?? allNull(empty, relation.rows)];
    }),
  );
}

function allNull<T extends ColumnProfile>(empty: T, rows: number): T {
  return { ...empty, counts: { ...empty.counts, null: rows } };
}
