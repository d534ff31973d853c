import { z } from 'zod';
import type { NumericProfile } from '../profile/column-profile.ts';
import { METRIC_NAMES } from '../spec.ts';
import { intervalSchema } from './interval.ts';

export const estimatedQualitySchema = z.object({
  verdict: z.enum(['measured', 'insufficient-data']),
  /** Why nothing is estimated. */
  reason: z.string().optional(),
  /** Scored rows of the window that the estimate is of. */
  rows: z.number(),
  method: z.enum(['calibrated-confidence', 'binned-loss']),
  metrics: z.partialRecord(z.enum(METRIC_NAMES), intervalSchema),
  /** What must hold for the estimate to mean anything; for people. */
  assumption: z.string(),
});

/** The quality of a window before its labels: what labels would show if score and outcome belong together as on the holdout. */
export type EstimatedQuality = z.infer<typeof estimatedQualitySchema>;

/** The counts and sums of a window's scores that an estimate needs; a `NumericProfile` has them. */
export type ScoreBins = Pick<NumericProfile, 'n' | 'bins'>;
