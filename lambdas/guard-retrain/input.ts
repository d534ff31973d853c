import { z } from 'zod';

const driftFound = z
  .looseObject({
    'detail-type': z.literal('drift-found'),
    detail: z.looseObject({ model: z.string().min(1), facts: z.looseObject({ signal: z.string().min(1) }) }),
  })
  .transform(({ detail }) => ({ kind: 'drift' as const, model: detail.model, signal: detail.facts.signal }));

const tick = z.object({ model: z.string().min(1), kind: z.literal('schedule') });

/** The bus's event of a `drift-found` entry, or a tick of the model's retraining schedule. */
export const guardRetrainInput = z.union([driftFound, tick]);
export type GuardRetrainInput = z.output<typeof guardRetrainInput>;
