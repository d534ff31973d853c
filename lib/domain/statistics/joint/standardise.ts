import { z } from 'zod';

/** A value farther out than this counts as this far: one wild row must not outweigh a thousand. */
const FARTHEST = 6;

export const scaleSchema = z.object({
  columns: z.array(z.string()).readonly(),
  means: z.array(z.number()).readonly(),
  /** Above 0; a column without spread gets 1. */
  sigmas: z.array(z.number().positive()).readonly(),
});

/** Centre and unit of each column: mean and standard deviation of the reference, or stand-ins for them. */
export type Scale = Readonly<z.infer<typeof scaleSchema>>;

/**
 * Columns in standard deviations of the reference, at most 6 of them, as the joint statistics want them. A value that is no
 * finite number becomes the mean: that it is missing is the column's own affair.
 *
 * @param chunk one array a column, in the order of the scale
 * @returns fresh arrays
 * @example standardise({ columns: ['x'], means: [10], sigmas: [2] }, [Float64Array.of(14, NaN)]) // [[2, 0]]
 */
export function standardise(scale: Scale, chunk: readonly Float64Array[]): readonly Float64Array[] {
  if (chunk.length !== scale.columns.length)
    throw new RangeError(`a chunk needs ${scale.columns.length} columns, got ${chunk.length}`);
  return chunk.map((column, j) => {
    const [mean, sigma] = [scale.means[j] as number, scale.sigmas[j] as number];
    return column.map((value) =>
      Number.isFinite(value) ? Math.max(-FARTHEST, Math.min(FARTHEST, (value - mean) / sigma)) : 0,
    );
  });
}

/** The scale of columns that a profile knows the moments of. */
export function scaleOf(
  columns: readonly {
    readonly name: string;
    readonly n: number;
    readonly mean: number;
    readonly m2: number;
  }[],
): Scale {
  return {
    columns: columns.map(({ name }) => name),
    means: columns.map(({ mean }) => mean),
    sigmas: columns.map(({ n, m2 }) => (n > 0 && m2 > 0 ? Math.sqrt(m2 / n) : 1)),
  };
}
