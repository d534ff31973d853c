import { z } from 'zod';
import { eventTimeOf } from '../predictions/event-time.ts';

/** Most labels of one call: with ids and times they stay below the body's limit. */
export const MAX_LABELS_PER_CALL = 5000;

/**
 * Ground truth as a caller sends it. It joins by `predictionId`, or by the caller's own `id`, and then names the event time
 * of what it labels, because an id alone says not where its prediction lies.
 */
export const labelSchema = z
  .strictObject({
    predictionId: z.string().max(120).optional(),
    id: z.string().min(1).max(256).optional(),
    /** Event time of the labelled row, ISO 8601; needed with `id`. */
    eventTime: z
      .string()
      .refine((v) => eventTimeOf(v) !== undefined, 'must be an ISO 8601 time')
      .optional(),
    label: z.union([z.string().max(256), z.number(), z.boolean()], {
      error: 'must be given: true or false, a number, or a text of at most 256 characters',
    }),
    /** The first label of a prediction wins unless a later one has a higher revision. */
    revision: z.number().int().min(0).max(1_000_000).default(0),
    source: z.string().min(1).max(100).default('api'),
    labeller: z.string().min(1).max(100).optional(),
    /** Whether the model's own answer had a part in this outcome: a loan that was refused, a page that was ranked first. */
    influenced: z.boolean().optional(),
  })
  .superRefine((label, ctx) => {
    if ((label.predictionId === undefined) === (label.id === undefined))
      ctx.addIssue({ code: 'custom', path: ['id'], message: 'either id or predictionId must be given' });
    if (label.id !== undefined && label.eventTime === undefined)
      ctx.addIssue({ code: 'custom', path: ['eventTime'], message: 'must be given with id' });
  });

export type LabelInput = z.output<typeof labelSchema>;

/** A label as the queue and the label log carry it. */
export interface LabelRecord extends Omit<LabelInput, 'eventTime'> {
  /** ISO 8601 UTC; the start of the prediction's hour when only the prediction id is known. */
  readonly eventTime: string;
  readonly receivedAt: string;
}

/** One message of the label queue. */
export interface LabelMessage {
  readonly v: 1;
  readonly model: string;
  readonly labels: readonly LabelRecord[];
}
