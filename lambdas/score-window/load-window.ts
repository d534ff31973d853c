import type { RuleReport } from '../../lib/domain/data/settle-findings.ts';
import type { Slice } from '../../lib/domain/drift/source-shares.ts';
import { coverageOfParts } from '../../lib/domain/intake/coverage.ts';
import type { CompactedDay, DayProfile } from '../../lib/domain/monitoring/compacted-day.ts';
import type { Binning } from '../../lib/domain/profile/binning.ts';
import { mergeProfiles } from '../../lib/domain/profile/merge-profiles.ts';
import { emptyProfile, type Profile, profileSchema } from '../../lib/domain/profile/profile.ts';
import type { ObjectStore } from '../../lib/stores/object-store.ts';
import { requiredJson } from '../../lib/stores/required.ts';

/** A window's pieces and their sum. */
export interface LoadedWindow {
  readonly profile: Profile;
  readonly slices: readonly Slice[];
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
  const profiles = await Promise.all(days.map((day) => requiredJson<DayProfile>(data, day.profileKey)));
  const inside = profiles
    .flatMap((day) => day.slices)
    .filter((slice) => slice.start >= start && slice.start < end);
  const reports = inside.flatMap((slice) => slice.reports);
  const slices = inside.map(
    (slice): Slice => ({ source: slice.start, profile: profileSchema.parse(slice.profile) }),
  );
  const profile = slices.map((slice) => slice.profile).reduce(mergeProfiles, emptyProfile(binning));
  return { profile, slices, reports, coverage: coverageOfParts(days) };
}
