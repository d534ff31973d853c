import type { Binning, ColumnBinning } from '../profile/binning.ts';
import type { ColumnProfile } from '../profile/column-profile.ts';
import type { Profile } from '../profile/profile.ts';
import type { SegmentProfile } from '../profile/segment-profile.ts';
import type { ColumnDrift } from './column-drift.ts';
import { scoreColumn } from './score-column.ts';
import type { DriftVerdict } from './verdict.ts';

/** How far one column moved among the rows of one segment. */
export interface SegmentDrift {
  /** The column that cuts, and its value; null for all other values. */
  readonly by: string;
  readonly value: string | null;
  readonly rows: number;
  readonly column: string;
  readonly verdict: DriftVerdict;
  readonly effect?: number;
  readonly lowerBound?: number;
}

export interface ScoreSegments {
  readonly reference: Profile;
  readonly window: Profile;
  readonly binning: Binning;
  readonly threshold: number;
  readonly minRows: number;
  /** The columns to look at: those that drifted in the whole. */
  readonly columns: readonly string[];
}

/**
 * Where among declared segments a drift lies. Each segment is judged by itself, under its own coarser bins: it explains a
 * verdict and never makes one.
 *
 * @returns largest effect first; [] without segments
 */
export function scoreSegments(input: ScoreSegments): readonly SegmentDrift[] {
  const cuts = input.binning.segments?.columns ?? {};
  const references = new Map(input.reference.segments?.map((segment) => [keyOf(segment), segment]));
  return (input.window.segments ?? [])
    .flatMap((segment) => {
      const reference = references.get(keyOf(segment));
      if (reference === undefined) return [];
      return input.columns
        .filter((name) => name !== segment.by && Object.hasOwn(cuts, name))
        .map((name) => driftOf(segment, scoreSegment(name, reference, segment, input)));
    })
    .sort((a, b) => (b.effect ?? 0) - (a.effect ?? 0));
}

function scoreSegment(
  name: string,
  reference: SegmentProfile,
  window: SegmentProfile,
  { binning, threshold, minRows }: ScoreSegments,
): ColumnDrift {
  return scoreColumn({
    name,
    reference: reference.columns[name] as ColumnProfile,
    window: window.columns[name] as ColumnProfile,
    binning: binning.segments?.columns[name] as ColumnBinning,
    threshold,
    minRows,
  });
}

function driftOf({ by, value, rows }: SegmentProfile, drift: ColumnDrift): SegmentDrift {
  const { column, verdict, effect, lowerBound } = drift;
  return {
    by,
    value,
    rows,
    column,
    verdict,
    ...(effect !== undefined && { effect }),
    ...(lowerBound !== undefined && { lowerBound }),
  };
}

function keyOf({ by, value }: SegmentProfile): string {
  return JSON.stringify([by, value]);
}
