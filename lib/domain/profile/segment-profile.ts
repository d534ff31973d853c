import { z } from 'zod';
import type { SegmentBinning } from './binning.ts';
import { columnProfileSchema } from './column-profile.ts';

export const segmentProfileSchema = z.object({
  /** The column that cuts. */
  by: z.string(),
  /** Its value; null for the rows of all values that have no segment, and of none. */
  value: z.string().nullable(),
  rows: z.number().int().nonnegative(),
  /** Counted under the binning's `segments.columns`. */
  columns: z.record(z.string(), columnProfileSchema),
});

/** The rows of a profile that have one value of a declared column. */
export type SegmentProfile = z.infer<typeof segmentProfileSchema>;

/** Which segments a binning has, in the order that a profile keeps them: the values of each column, and then its rest. */
export function segmentKeys({ by }: SegmentBinning): readonly Pick<SegmentProfile, 'by' | 'value'>[] {
  return by.flatMap(({ name, values }) => [...values, null].map((value) => ({ by: name, value })));
}
