import { z } from 'zod';
import { jointProfileSchema } from '../statistics/joint/joint-profile.ts';
import type { Binning, ColumnBinning } from './binning.ts';
import { type ColumnProfile, columnProfileSchema } from './column-profile.ts';
import { emptyNumeric } from './numeric-profile.ts';
import { type SegmentProfile, segmentKeys, segmentProfileSchema } from './segment-profile.ts';
import { profileSourceSchema } from './source.ts';
import { emptyText } from './text-profile.ts';
import { emptyTimestamp } from './timestamp-profile.ts';

export const profileSchema = z.object({
  version: z.literal(1),
  /** Profiles add up only under one binning. */
  binningId: z.string(),
  rows: z.number().int().nonnegative(),
  /** Rows of the sources that were no rows and are not among `rows`: a wrong number of fields, a line that is no JSON. */
  rejectedRows: z.number().int().nonnegative(),
  /** Event times of the oldest and newest row, ISO 8601 UTC. */
  from: z.string().optional(),
  to: z.string().optional(),
  /** The pieces counted, sorted; none is counted twice. */
  sources: z.array(profileSourceSchema),
  columns: z.record(z.string(), columnProfileSchema),
  /** The rows once more by the values of declared columns, coarser; in the order of the binning. */
  segments: z.array(segmentProfileSchema).optional(),
  /** Numeric columns together, of a sample of the rows; absent where nobody asked. */
  joint: jointProfileSchema.optional(),
});

/** A summary of a set of rows that adds up: shards to objects, hours to days, days to windows. */
export type Profile = z.infer<typeof profileSchema>;

/** The profile of no rows: the identity of `mergeProfiles`. */
export function emptyProfile(binning: Binning): Profile {
  const empty: Profile = {
    version: 1,
    binningId: binning.id,
    rows: 0,
    rejectedRows: 0,
    sources: [],
    columns: emptyColumns(binning.columns),
  };
  return binning.segments === undefined ? empty : { ...empty, segments: emptySegments(binning.segments) };
}

function emptySegments(segments: NonNullable<Binning['segments']>): SegmentProfile[] {
  return segmentKeys(segments).map((key) => ({ ...key, rows: 0, columns: emptyColumns(segments.columns) }));
}

function emptyColumns(columns: Binning['columns']): Record<string, ColumnProfile> {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, emptyColumn(column)]));
}

export function emptyColumn(binning: ColumnBinning): ColumnProfile {
  switch (binning.kind) {
    case 'numeric':
      return emptyNumeric(binning.edges.length);
    case 'categorical':
      return {
        kind: 'categorical',
        counts: { null: 0, empty: 0, typeMismatch: 0 },
        n: 0,
        values: [],
        other: 0,
        distinct: '',
      };
    case 'text':
      return emptyText();
    case 'timestamp':
      return emptyTimestamp();
  }
}
