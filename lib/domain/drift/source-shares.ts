import type { ColumnProfile } from '../profile/column-profile.ts';
import { mergeColumns } from '../profile/merge-columns.ts';
import type { Profile } from '../profile/profile.ts';
import { type AskColumn, askColumn } from './ask-column.ts';

/** One piece of a window, profiled by itself: a day, or an hour. */
export interface Slice {
  /** What people call it: its start, ISO 8601 UTC. */
  readonly source: string;
  readonly profile: Profile;
}

/** A piece of a window, and what of a column's shift goes when the piece is left out. */
export interface SourceShare {
  readonly source: string;
  readonly rows: number;
  /** Share (0–1) of the window's effect that goes with it: 1 when it carries all, about 0 when all pieces are alike. */
  readonly share: number;
}

/** At most this many are kept. */
const KEPT = 5;
/** Less than that is what any piece takes along. */
const SMALLEST_SHARE = 0.02;

/**
 * Which pieces of a window carry a column's shift, by leaving out one at a time: no row is read again, since profiles add up.
 *
 * @param question which of the column's questions is to be explained
 * @returns largest share first; [] where no piece stands out, or there is but one
 */
export function sourceShares(
  input: AskColumn,
  slices: readonly Slice[],
  question: { readonly aspect: string; readonly effect: number },
): readonly SourceShare[] {
  if (slices.length < 2 || question.effect === 0) return [];
  const columns = slices.map(({ profile }) => profile.columns[input.name] as ColumnProfile);
  const without = leaveOneOut(columns);
  return slices
    .map(({ source, profile }, i) => {
      const rest = askColumn({ ...input, window: without[i] as ColumnProfile });
      const left = rest.find(({ aspect }) => aspect === question.aspect)?.effect?.estimate ?? 0;
      return { source, rows: profile.rows, share: Math.max(0, 1 - left / question.effect) };
    })
    .filter(({ share }) => share >= SMALLEST_SHARE)
    .sort((a, b) => b.share - a.share)
    .slice(0, KEPT);
}

/** The merge of all others, for each; every column is merged three times at most. */
function leaveOneOut(columns: readonly ColumnProfile[]): readonly ColumnProfile[] {
  const before: (ColumnProfile | undefined)[] = [];
  const after: (ColumnProfile | undefined)[] = [];
  let [soFar, stillToCome]: (ColumnProfile | undefined)[] = [];
  for (let i = 0; i < columns.length; i++) {
    before[i] = soFar;
    soFar = merged(soFar, columns[i]);
    const j = columns.length - 1 - i;
    after[j] = stillToCome;
    stillToCome = merged(columns[j], stillToCome);
  }
  return columns.map((_, i) => merged(before[i], after[i]) as ColumnProfile);
}

function merged(a: ColumnProfile | undefined, b: ColumnProfile | undefined): ColumnProfile | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : mergeColumns(a, b);
}

/** The piece that carries at least half of the shift with less than half of the rows, if there is one. */
export function carrier(shares: readonly SourceShare[], rows: number): SourceShare | undefined {
  const [first] = shares;
  return first !== undefined && first.share >= HALF && first.rows < rows * HALF ? first : undefined;
}

const HALF = 0.5;
