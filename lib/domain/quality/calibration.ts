import { z } from 'zod';

const perBin = z.array(z.number());

/** What rows of each score bin add to a measure: the sum over rows, and the sum of squares for its standard error. */
const contributionSchema = z.object({ sums: perBin, squares: perBin });

/** Measures that are means over rows, so that their parts per score bin add up. `mse` is the square of rmse. */
export const CONTRIBUTIONS = ['accuracy', 'brier', 'mae', 'mse'] as const;
export type ContributionName = (typeof CONTRIBUTIONS)[number];

export const calibrationSchema = z.object({
  version: z.literal(1),
  task: z.enum(['binary', 'multiclass', 'regression']),
  /** Rows of the holdout that it was learned on. */
  rows: z.number().int().positive(),
  /** Bin i holds scores in [edges[i-1], edges[i]), as in the version's binning of `output.score`; all arrays have a place a bin. */
  edges: perBin,
  bins: z.object({
    rows: perBin,
    /** Binary: rows of the positive class. Multiclass: rows predicted right. Regression: unused, zeros. */
    positives: perBin,
    /** Binary: rows called positive. */
    called: perBin,
  }),
  /** Binary: the later of the two classes; a window of one class only could not tell. */
  positive: z.string().optional(),
  /** Binary: the score from which a row is called positive, where one explains the holdout's calls. */
  threshold: z.number().optional(),
  /** How likely (0–1) a row of each bin is positive; absent for regression. */
  map: z
    .object({
      /** `identity`: the score itself is the probability, for every single row. `isotonic`: one probability a bin. */
      method: z.enum(['identity', 'isotonic']),
      shares: perBin,
      pools: perBin,
    })
    .optional(),
  contributions: z.partialRecord(z.enum(CONTRIBUTIONS), contributionSchema),
});

/** What the holdout taught about a version's scores, bin by bin: enough to estimate quality where no label has come yet. */
export type Calibration = z.infer<typeof calibrationSchema>;
export type Contribution = z.infer<typeof contributionSchema>;
