import { z } from 'zod';

const hyperparameters = z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), z.union([z.string(), z.number()]));

/**
 * A quarter: three outcomes that the model had no part in stand against each one that it had. More, and a model that is trained
 * again and again learns what its predecessors believed; none at all, and a model that decides everything could never learn.
 */
const MAX_INFLUENCED_SHARE = 0.25;

/** What a run learns from, and for how long. */
export const training = z.strictObject({
  /** Hash of uploaded trainer code; without it the built-in trainer. */
  code: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** Days of event time before the newest label that a run may learn from, holdout included. */
  days: z.number().positive().max(3660),
  /** The newest days, held out for the gates. */
  holdoutDays: z.number().positive().max(366),
  /** Share (0–1) of the newest training rows that the trainer may judge candidates on. */
  validationShare: z.number().min(0.01).max(0.5).default(0.1),
  /** Highest share (0–1) of rows whose outcome the model influenced; 1 takes all of them. */
  maxInfluencedShare: z.number().min(0).max(1).default(MAX_INFLUENCED_SHARE),
  baseline: hyperparameters.default({}),
  challenger: hyperparameters.default({}),
  maxRuntimeMinutes: z.number().int().min(1).max(180).default(60),
});
