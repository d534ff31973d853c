import { z } from 'zod';
import { columnName } from './columns.ts';

/** Bias measures that have an allowed range, and so are judged; a gate gives its own. */
export const GATED_BIAS = ['DPL', 'DPPL', 'DI', 'RD', 'SD', 'DAR', 'DRR', 'AD'] as const;
export type GatedBias = (typeof GATED_BIAS)[number];

/** Every compared group of a column must lie within the bounds, on the holdout. */
export const biasGate = z
  .strictObject({
    bias: z.enum(GATED_BIAS),
    /** A column of `fairness.groups`. */
    column: columnName,
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
  })
  .refine(({ atLeast, atMost }) => atLeast !== undefined || atMost !== undefined, 'needs atLeast or atMost');

export type BiasGate = z.output<typeof biasGate>;
