import { z } from 'zod';
import type { Binning, ColumnBinning } from './binning.ts';
import { type ColumnProfile, categoricalProfileSchema, numericProfileSchema } from './column-profile.ts';

export const profileSchema = z.object({
  version: z.literal(1),
  /** Profiles add up only under one binning. */
  binningId: z.string(),
  rows: z.number().int().nonnegative(),
  /** Event times of the oldest and newest row, ISO 8601 UTC. */
  from: z.string().optional(),
  to: z.string().optional(),
  /** Ids of the pieces counted, sorted; none is counted twice. */
  sources: z.array(z.string()),
  columns: z.record(
    z.string(),
    z.discriminatedUnion('kind', [numericProfileSchema, categoricalProfileSchema]),
  ),
});

/** A summary of a set of rows that adds up: shards to objects, hours to days, days to windows. */
export type Profile = z.infer<typeof profileSchema>;

/** The profile of no rows: the identity of `mergeProfiles`. */
export function emptyProfile(binning: Binning): Profile {
  const columns = Object.fromEntries(
    Object.entries(binning.columns).map(([name, column]) => [name, emptyColumn(column)]),
  );
  return { version: 1, binningId: binning.id, rows: 0, sources: [], columns };
}

export function emptyColumn(binning: ColumnBinning): ColumnProfile {
  if (binning.kind === 'categorical')
    return { kind: 'categorical', counts: { null: 0, empty: 0 }, n: 0, values: [], other: 0 };
  const zeros = () => new Array<number>(binning.edges.length + 1).fill(0);
  return {
    kind: 'numeric',
    counts: { null: 0, nan: 0, posInf: 0, negInf: 0 },
    n: 0,
    mean: 0,
    m2: 0,
    min: null,
    max: null,
    bins: { counts: zeros(), sums: zeros() },
  };
}
