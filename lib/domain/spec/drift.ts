import { z } from 'zod';
import { warnAt } from '../statistics/catalogue.ts';

const windows = z
  .strictObject({
    /** Of the last `of` windows of a version, this many must have drifted, each by itself, before one is called drifted. */
    drifted: z.number().int().min(1).max(31).default(1),
    of: z.number().int().min(1).max(31).default(1),
  })
  .refine(({ drifted, of }) => drifted <= of, 'must ask for at most as many windows as it looks at');

/** What of a window's columns counts as drift. */
export const drift = z.strictObject({
  /** Effect (equivalent shift in reference standard deviations, or Jensen-Shannon distance) that counts. */
  threshold: z.number().positive().max(10).default(warnAt('wasserstein')),
  /** Fewest rows of a window that may be judged. */
  minRows: z.number().int().min(10).default(500),
  /** Share (0–1) of watched columns that must drift for the window to be drifted. */
  minShareOfColumns: z.number().min(0).max(1).default(0.1),
  /** Columns (`input.x`, `feature.x`, `output.x`) that are profiled and never judged. */
  ignore: z.array(z.string()).default([]),
  /** Share (0–1) of the columns called drifted that may be so by chance, on average. */
  falseDiscoveryRate: z.number().positive().max(0.5).default(0.05),
  /** Share (0–1) of a window's rows that must have been counted for it to be judged. */
  minCoverage: z.number().min(0).max(1).default(0.95),
  windows: windows.default({ drifted: 1, of: 1 }),
  /** A library whose rules are reported beside the verdict, which they never change. */
  preset: z.enum(['evidently', 'sagemaker', 'tfdv', 'nannyml']).optional(),
});

export type DriftRules = z.output<typeof drift>;
