import type { ColumnProfile } from '../profile/column-profile.ts';
import { mergeColumns } from '../profile/merge-columns.ts';
import type { Profile } from '../profile/profile.ts';
import { type AskColumn, askColumn } from './ask-column.ts';
import type { Question } from './question.ts';

/** One piece of a window, profiled by itself: a day, or an hour. */
export interface Slice {
  /** What people call it: its start, ISO 8601 UTC. */
  readonly source: string;
  readonly profile: Profile;
  /** The objects that hold its rows. */
  readonly objects?: readonly SliceObject[];
}

export interface SliceObject {
  /** Key in the data bucket. */
  readonly object: string;
  /** Of the slice's rows in it; absent where nobody asked yet. */
  readonly profile?: Profile;
}

/** A piece of a window, and what of a column's shift goes when the piece is left out. */
export interface SourceShare {
  readonly source: string;
  readonly rows: number;
  /** Share (0–1) of the window's effect that goes with it: 1 when it carries all, about 0 when all pieces are alike. */
  readonly share: number;
  /** Key of the object that carries the piece's shift; absent where its objects are several and alike. */
  readonly object?: string;
}

interface Asked {
  readonly aspect: string;
  readonly effect: number;
}

interface Piece extends Omit<Slice, 'objects'> {
  readonly object?: string;
}

/** At most this many are kept. */
const KEPT = 5;
/** Less than that is what any piece takes along. */
const SMALLEST_SHARE = 0.02;

/**
 * Which pieces of a window carry a column's shift, by leaving out one at a time: no row is read again, since profiles add up.
 *
 * @param question which of the column's questions is to be explained
 * @returns largest share first; [] where no piece stands out. A window of one slice has its objects as pieces
 */
export function sourceShares(
  input: AskColumn,
  slices: readonly Slice[],
  question: Asked,
): readonly SourceShare[] {
  const [only, ...others] = slices;
  if (only === undefined || question.effect === 0) return [];
  if (others.length === 0) return largest(sharesOfObjects(input, only, question));
  const shares = sharesOf(input, slices, question);
  const kept = largest(slices.map((slice, i) => ({ ...(shares[i] as SourceShare), slice })));
  return kept.map(({ slice, ...share }) => ({ ...share, ...carryingObject(input, slice, question.aspect) }));
}

function largest<T extends SourceShare>(shares: readonly T[]): readonly T[] {
  return shares
    .filter(({ share }) => share >= SMALLEST_SHARE)
    .sort((a, b) => b.share - a.share)
    .slice(0, KEPT);
}

/** The share of every piece, in their order. */
function sharesOf(input: AskColumn, pieces: readonly Piece[], question: Asked): readonly SourceShare[] {
  const without = leaveOneOut(pieces.map(({ profile }) => profile.columns[input.name] as ColumnProfile));
  return pieces.map(({ source, profile, object }, i) => {
    const left = effectOf({ ...input, window: without[i] as ColumnProfile }, question.aspect);
    const share = Math.max(0, 1 - left / question.effect);
    return { source, rows: profile.rows, share, ...(object !== undefined && { object }) };
  });
}

function effectOf(input: AskColumn, aspect: string): number {
  return askColumn(input).find((question) => question.aspect === aspect)?.effect?.estimate ?? 0;
}

/** The objects of a slice as its pieces, each with its share; one alone carries all. */
function sharesOfObjects(
  input: AskColumn,
  { source, profile, objects = [] }: Slice,
  question: Asked,
): readonly SourceShare[] {
  const [first, ...others] = objects;
  if (first === undefined) return [];
  if (others.length === 0) return [{ source, rows: profile.rows, share: 1, object: first.object }];
  const pieces = objects.flatMap((one) => (one.profile ? [{ source, ...one, profile: one.profile }] : []));
  return pieces.length < objects.length ? [] : sharesOf(input, pieces, question);
}

function carryingObject(input: AskColumn, slice: Slice, aspect: string): Pick<SourceShare, 'object'> {
  const window = slice.profile.columns[input.name] as ColumnProfile;
  const question = { aspect, effect: effectOf({ ...input, window }, aspect) };
  if (question.effect === 0) return {};
  const [first] = largest(sharesOfObjects({ ...input, window }, slice, question));
  const object = first && (first.share === 1 ? first : carrier([first], slice.profile.rows))?.object;
  return object === undefined ? {} : { object };
}

/** An object shows what is wrong when by itself it moved at least this share of how far the worst of them did. */
const AS_BAD = 0.5;

/**
 * The first object of a slice that shows what is wrong with a column: each is asked by itself what the whole slice says loudest.
 *
 * @param slice its objects in their order, each with its profile
 * @returns its key; undefined where nothing is wrong, or the profiles of the objects are not there
 */
export function firstBadObject(
  input: AskColumn,
  { objects = [] }: Pick<Slice, 'objects'>,
): string | undefined {
  const [gravest] = [...askColumn(input)].sort((a, b) => farOver(b) - farOver(a));
  if (gravest === undefined || farOver(gravest) <= 0) return undefined;
  const effects = objects.map(({ profile }) =>
    profile === undefined
      ? Number.NaN
      : effectOf({ ...input, window: profile.columns[input.name] as ColumnProfile }, gravest.aspect),
  );
  const worst = Math.max(...effects);
  return objects.find((_, i) => (effects[i] as number) >= worst * AS_BAD)?.object;
}

function farOver({ effect, threshold }: Question): number {
  return (effect?.estimate ?? 0) / threshold;
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
