import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';

const ascending = (edges: readonly number[]) =>
  edges.every((e, i) => i === 0 || e > (edges[i - 1] as number));

const numericBinning = z.object({
  kind: z.literal('numeric'),
  /** Bin i holds [edges[i-1], edges[i]); the first and last bins are open. */
  edges: z.array(z.number()).max(4096).refine(ascending, 'must ascend strictly'),
});

const categoricalBinning = z.object({
  kind: z.literal('categorical'),
  /** With it only these are counted by name and the rest as `other`; without it every value is. */
  values: z.array(z.string()).optional(),
});

const columnBinnings = z.record(
  z.string(),
  z.discriminatedUnion('kind', [
    numericBinning,
    categoricalBinning,
    z.object({ kind: z.literal('text') }),
    z.object({ kind: z.literal('timestamp') }),
  ]),
);

const segments = z.object({
  /** Columns whose values cut the rows, each with the values that are told apart; all others are one segment. */
  by: z.array(z.object({ name: z.string(), values: z.array(z.string()) })),
  /** The coarser cuts that a segment's columns are counted under. */
  columns: columnBinnings,
});

export const binningSchema = z.object({
  version: z.literal(1),
  id: z.string(),
  columns: columnBinnings,
  segments: segments.optional(),
});

/**
 * How the columns of a profile are cut, fixed before counting so that counts of any two profiles add up. It belongs to a
 * model version: its windows are counted under the bins of its training data.
 */
export type Binning = z.infer<typeof binningSchema>;
export type ColumnBinning = Binning['columns'][string];
export type SegmentBinning = z.infer<typeof segments>;

/**
 * A binning whose id is the hash of its columns, so that equal cuts are one binning.
 *
 * @example makeBinning({ 'input.temp': { kind: 'numeric', edges: [32, 50] } }).columns['input.temp'] // three bins
 */
export function makeBinning(columns: Binning['columns'], segments?: SegmentBinning): Binning {
  const sorted = Object.fromEntries(Object.entries(columns).sort(([a], [b]) => (a < b ? -1 : 1)));
  const id = createHash('sha256')
    .update(canonicalize(segments === undefined ? sorted : { columns: sorted, segments }) as string)
    .digest('hex')
    .slice(0, 32);
  return { version: 1, id, columns: sorted, ...(segments && { segments }) };
}

/**
 * The columns of both, for a reference whose parts were counted apart (inputs on the training set, outputs on the holdout).
 * Throws when a column is in both.
 */
export function combineBinnings(a: Binning, b: Binning): Binning {
  const twice = Object.keys(a.columns).find((name) => Object.hasOwn(b.columns, name));
  if (twice !== undefined) throw new Error(`binnings to combine share no column, got ${twice} in both`);
  return makeBinning({ ...a.columns, ...b.columns }, a.segments ?? b.segments);
}
