import { z } from 'zod';
import { schedule } from './schedule.ts';

/** When a machine may start a training run, and how often. */
export const retraining = z.strictObject({
  onDrift: z.boolean().default(true),
  /** A schedule that asks the guard for a retraining. */
  schedule: schedule.optional(),
  cooldownHours: z.number().min(0).default(24),
  maxPerDay: z.number().int().min(0).default(2),
  maxPerMonth: z.number().int().min(0).default(10),
  /** Fewest labelled rows newer than the champion's training data. */
  minNewLabels: z.number().int().min(0).default(1000),
});
