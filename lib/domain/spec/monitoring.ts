import { z } from 'zod';
import { drift } from './drift.ts';
import { incidents } from './incidents.ts';
import { schedule } from './schedule.ts';

/** How a version's served predictions are watched. */
export const monitoring = z.strictObject({
  window: z.enum(['hour', 'day', 'week', 'month']),
  /** How long after a window's end its rows may still come before it is scored. */
  latenessHours: z.number().min(0).max(744).default(24),
  /** How often it is looked whether windows have closed. */
  schedule: schedule.default('rate(1 hour)'),
  drift,
  /** String or boolean columns (`input.x`, `feature.x`) by whose commonest values a drift is located. */
  segments: z.array(z.string()).max(5).optional(),
  incidents: incidents.default({ cleanWindows: 2 }),
  /** Lowest share (0–1) of labelled predictions at which quality is quoted and a window is exported for training. */
  minLabelCoverage: z.number().min(0).max(1).default(0.8),
});
