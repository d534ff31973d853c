import { z } from 'zod';
import { groupCountsSchema } from './group-counts.ts';
import { BIAS_MEASURES } from './measures.ts';

/** `outside` when the whole interval is, `watch` when only the value is. */
export const biasVerdictSchema = z.enum(['within', 'watch', 'outside', 'too-few-to-judge']);
export type BiasVerdict = z.infer<typeof biasVerdictSchema>;

export const biasFindingSchema = z.object({
  measure: z.enum(BIAS_MEASURES),
  of: z.enum(['data', 'predictions', 'quality']),
  /** As SageMaker Clarify has it; absent where it cannot be measured or is infinite. */
  value: z.number().optional(),
  /** It divides by none: nobody of the other side has what some of this one have, or the other way round. */
  infinite: z.literal(true).optional(),
  /** Where the true value lies 95 times of 100; absent where some draws of the counts could not be measured. */
  lower: z.number().optional(),
  upper: z.number().optional(),
  /** With the labels that Clarify drops because only one side shows them; given where that makes a difference. */
  fullSupport: z.number().optional(),
  /** Absent for measures without a range that people have agreed on. */
  verdict: biasVerdictSchema.optional(),
});
export type BiasFinding = z.infer<typeof biasFindingSchema>;

export const biasComparisonSchema = z.object({
  column: z.string(),
  /** Compared with all other groups of the column. */
  group: z.string(),
  rows: z.number(),
  otherRows: z.number(),
  labelled: z.number(),
  otherLabelled: z.number(),
  findings: z.array(biasFindingSchema),
});
export type BiasComparison = z.infer<typeof biasComparisonSchema>;

export const fairnessReportSchema = z.object({
  favourable: z.array(z.string()),
  minRows: z.number(),
  /** The worst verdict of any judged measure; `too-few-to-judge` when none could be judged. */
  verdict: biasVerdictSchema,
  comparisons: z.array(biasComparisonSchema),
  /** What it was measured from; adds up over windows. */
  counts: z.array(groupCountsSchema),
  /** What was left out, for people. */
  note: z.string().optional(),
});
/** How alike a model and its data treat the declared groups. */
export type FairnessReport = z.infer<typeof fairnessReportSchema>;
