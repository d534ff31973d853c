import { mergeJointProfiles } from '../statistics/joint/joint-profile.ts';
import type { Binning } from './binning.ts';
import type { ColumnProfile } from './column-profile.ts';
import { mergeColumns } from './merge-columns.ts';
import type { Profile } from './profile.ts';
import type { SegmentProfile } from './segment-profile.ts';
import { mergeSources } from './source.ts';

/**
 * The profile of the rows of both. A commutative monoid with `emptyProfile` as identity, so any tree of merges over any
 * shards gives the profile of the whole (moments and sums up to rounding, all counts exactly).
 *
 * Throws when the binnings differ, when what is counted jointly has different scales, and when a source is in both: counting a
 * piece twice is a bug, never a profile.
 *
 * @example mergeProfiles(january, february).rows === january.rows + february.rows
 */
export function mergeProfiles(a: Profile, b: Profile): Profile {
  if (a.binningId !== b.binningId)
    throw new Error(`profiles to merge have one binning, got ${a.binningId} and ${b.binningId}`);
  const sources = mergeSources(a.sources, b.sources);
  const from = pick(a.from, b.from, (x, y) => x < y);
  const to = pick(a.to, b.to, (x, y) => x > y);
  const joint = mergeJoint(a, b);
  return {
    version: 1,
    binningId: a.binningId,
    rows: a.rows + b.rows,
    rejectedRows: a.rejectedRows + b.rejectedRows,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    sources,
    columns: mergeAll(a.columns, b.columns),
    ...(a.segments && { segments: mergeSegments(a.segments, b.segments ?? []) }),
    ...(joint && { joint }),
  };
}

function mergeAll(a: Profile['columns'], b: Profile['columns']): Profile['columns'] {
  const merged = Object.entries(a).map(([name, column]) => [
    name,
    mergeColumns(column, b[name] as ColumnProfile),
  ]);
  return Object.fromEntries(merged);
}

// Rows that were not counted jointly leave the others no sample of the whole.
function mergeJoint(a: Profile, b: Profile): Profile['joint'] {
  if (a.joint !== undefined && b.joint !== undefined) return mergeJointProfiles(a.joint, b.joint);
  if (a.joint !== undefined) return b.rows === 0 ? a.joint : undefined;
  return a.rows === 0 ? b.joint : undefined;
}

// One binning has one list of segments.
function mergeSegments(a: readonly SegmentProfile[], b: readonly SegmentProfile[]): SegmentProfile[] {
  return a.map((segment, i) => {
    const other = b[i] as SegmentProfile;
    return {
      ...segment,
      rows: segment.rows + other.rows,
      columns: mergeAll(segment.columns, other.columns),
    };
  });
}

/**
 * One reference of parts counted on different rows: the training set's inputs and features with the holdout's outputs, under
 * their combined binning. Rows, time range and sources stay the first one's.
 * Throws when a column of the binning is in neither or in both.
 */
export function attachColumns(profile: Profile, more: Profile, binning: Binning): Profile {
  const names = Object.keys(binning.columns);
  const wrong = names.find(
    (name) => Object.hasOwn(profile.columns, name) === Object.hasOwn(more.columns, name),
  );
  if (wrong !== undefined)
    throw new Error(`each column comes from one of two profiles, got ${wrong} in both or neither`);
  const all = { ...profile.columns, ...more.columns };
  const columns = Object.fromEntries(names.map((name) => [name, all[name] as ColumnProfile]));
  return { ...profile, binningId: binning.id, columns };
}

function pick(
  a: string | undefined,
  b: string | undefined,
  first: (x: string, y: string) => boolean,
): string | undefined {
  if (a === undefined) return b;
  return b === undefined || first(a, b) ? a : b;
}
