import type { RuleReport } from '../../lib/domain/data/settle-findings.ts';
import type { ColumnDrift } from '../../lib/domain/drift/column-drift.ts';
import { EXPLAINED_COLUMNS } from '../../lib/domain/drift/score-profiles.ts';
import type { Slice } from '../../lib/domain/drift/source-shares.ts';
import { coverageOfParts } from '../../lib/domain/intake/coverage.ts';
import type { CompactedDay, DayProfile, DaySlice } from '../../lib/domain/monitoring/compacted-day.ts';
import type { Binning } from '../../lib/domain/profile/binning.ts';
import { mergeProfiles } from '../../lib/domain/profile/merge-profiles.ts';
import { emptyProfile, type Profile, profileSchema } from '../../lib/domain/profile/profile.ts';
import { compactedKeys, sliceObjects } from '../../lib/stores/compacted-log.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import { requiredJson } from '../../lib/stores/required.ts';

/** A slice, and where the profiles of its parts are. */
interface LoadedSlice extends Slice, Pick<DaySlice, 'parts'> {
  readonly day: CompactedDay;
}

/** A window's pieces and their sum. */
export interface LoadedWindow {
  readonly profile: Profile;
  readonly slices: readonly LoadedSlice[];
  /** What each part of a slice breaks of the rules for serving. */
  readonly reports: readonly RuleReport[];
  /** Share (0–1) of its rows that were counted. */
  readonly coverage: number;
}

/**
 * Adds up the compacted days of a window.
 *
 * @param days those that the window touches
 */
export async function loadWindow(
  { start, end }: { readonly start: string; readonly end: string },
  days: readonly CompactedDay[],
  binning: Binning,
  data: ObjectStore,
): Promise<LoadedWindow> {
  const read = await Promise.all(
    days.map(async (day) => {
      const { slices } = await requiredJson<DayProfile>(data, day.profileKey);
      return slices.map((slice) => ({ ...slice, day }));
    }),
  );
  const inside = read.flat().filter((slice) => slice.start >= start && slice.start < end);
  const reports = inside.flatMap((slice) => slice.reports);
  const slices = inside.map(
    (slice): LoadedSlice => ({
      source: slice.start,
      profile: profileSchema.parse(slice.profile),
      objects: slice.parts.map(({ revision }) => ({ object: compactedKeys(slice.day)(revision).rows })),
      parts: slice.parts,
      day: slice.day,
    }),
  );
  const profile = slices.map((slice) => slice.profile).reduce(mergeProfiles, emptyProfile(binning));
  return { profile, slices, reports, coverage: coverageOfParts(days) };
}

/**
 * The slices, with the profiles of the objects of those that carry most of a column's drift and lie in several: only these are read.
 *
 * @returns undefined when there is none
 */
export async function withObjects(
  slices: readonly LoadedSlice[],
  columns: readonly ColumnDrift[],
  data: ObjectStore,
): Promise<readonly Slice[] | undefined> {
  const drifted = columns.filter(({ verdict }) => verdict === 'drifted').slice(0, EXPLAINED_COLUMNS);
  const carrying = new Set(drifted.flatMap(({ bySource = [] }) => bySource.slice(0, 1).map((s) => s.source)));
  const asked = (slice: LoadedSlice) =>
    slice.parts.length > 1 && drifted.length > 0 && (slices.length === 1 || carrying.has(slice.source));
  if (!slices.some(asked)) return undefined;
  const names = new Set(drifted.map(({ column }) => column));
  return Promise.all(
    slices.map(async (slice) => {
      if (!asked(slice)) return slice;
      const { day, source: start, parts } = slice;
      return { ...slice, objects: await sliceObjects(day, { start, parts }, names, data) };
    }),
  );
}
