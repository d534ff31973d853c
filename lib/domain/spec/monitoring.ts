import { z } from 'zod';
import { incidents } from './incidents.ts';

/** How a version's served predictions are watched. */
export const monitoring = z.strictObject({
  window: z.enum(['hour', 'day', 'week', 'month']),
  /** How long after a window's end its rows may still come before it is scored. */
  latenessHours: z.number().min(0).max(744).default(24),
  /** EventBridge Scheduler expression: `rate(1 hour)` or `cron(…)`. */
  schedule: z
    .string()
    .regex(/^(rate|cron)\(.+\)$/)
    .default('rate(1 hour)'),
  drift: z.strictObject({
    /** Effect (equivalent shift in reference standard deviations, or Jensen-Shannon distance) that counts. */
    threshold: z.number().positive().max(10).default(0.1),
    /** Fewest rows of a window that may be judged. */
    minRows: z.number().int().min(10).default(500),
    /** Share (0–1) of watched columns that must drift for the window to be drifted. */
    minShareOfColumns: z.number().min(0).max(1).default(0.1),
    /** Columns (`input.x`, `feature.x`, `output.x`) that are profiled and never judged. */
    ignore: z.array(z.string()).default([]),
  }),
  incidents: incidents.default({ cleanWindows: 2 }),
  /** Lowest share (0–1) of labelled predictions at which quality is quoted and a window is exported for training. */
  minLabelCoverage: z.number().min(0).max(1).default(0.8),
});
