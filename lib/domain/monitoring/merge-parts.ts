import { coverageOfParts } from '../intake/coverage.ts';
import { mergeProfiles } from '../profile/merge-profiles.ts';
import type { CompactedDay, DayPart, DaySlice, PartProfile } from './compacted-day.ts';

/** The parts of a day that were merged so far. */
export interface MergedParts {
  readonly slices: readonly DaySlice[];
  readonly parts: readonly (DayPart & Pick<PartProfile, 'coverage' | 'unreadable'>)[];
}

export const NO_PARTS: MergedParts = { slices: [], parts: [] };

/** As many unreadable objects as a day's item names. */
const MOST_NAMED = 100;

/** Adds one more part to a day; slices stay in the order of time. */
export function mergePart(
  merged: MergedParts,
  part: Pick<DayPart, 'below' | 'revision'>,
  profile: PartProfile,
): MergedParts {
  const slices = new Map(merged.slices.map((slice) => [slice.start, slice]));
  for (const { start, ...found } of profile.slices) {
    const before = slices.get(start);
    slices.set(start, {
      start,
      profile: before ? mergeProfiles(before.profile, found.profile) : found.profile,
      reports: [...(before?.reports ?? []), found.report],
      parts: [...(before?.parts ?? []), { ...part, rows: found.profile.rows }],
    });
  }
  const { rows, coverage, unreadable } = profile;
  const counted = {
    ...part,
    rows,
    ...(coverage !== undefined && { coverage }),
    ...(unreadable && { unreadable }),
  };
  return {
    slices: [...slices.values()].sort((a, b) => (a.start < b.start ? -1 : 1)),
    parts: [...merged.parts, counted],
  };
}

/** What a day's item says of its parts together. */
export function partsTogether({
  parts,
}: MergedParts): Pick<CompactedDay, 'rows' | 'parts' | 'coverage' | 'unreadable'> {
  const unreadable = parts.flatMap((part) => part.unreadable ?? []);
  return {
    rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    parts: parts.map(({ below, revision, rows }) => ({ below, revision, rows })),
    ...(unreadable.length > 0 && {
      coverage: coverageOfParts(parts),
      unreadable: unreadable.slice(0, MOST_NAMED),
    }),
  };
}
