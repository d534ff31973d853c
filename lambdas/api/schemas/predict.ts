import { z } from '@hono/zod-openapi';
import { MAX_ROWS_PER_CALL } from '../../../lib/names.ts';

export const predictBody = z
  .object({
    rows: z
      .array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])))
      .min(1)
      .max(MAX_ROWS_PER_CALL)
      .openapi({ description: "rows of the model's columns, all but the label" }),
  })
  .openapi('PredictRequest');

const prediction = z.strictObject({
  predictionId: z.string().openapi({ description: 'names the prediction when its label comes' }),
  id: z.string().optional(),
  label: z.union([z.string(), z.number(), z.boolean()]),
  score: z.number().openapi({
    description:
      'binary: probability of the positive class; multiclass: of the label; regression: the number itself',
  }),
  probabilities: z.record(z.string(), z.number()).optional(),
});

export const predictAnswer = z
  .strictObject({
    model: z.string(),
    version: z.number().int(),
    predictions: z.array(prediction),
    logged: z.boolean().openapi({ description: 'true only when every row is durably queued for the log' }),
  })
  .openapi('PredictAnswer');
