import { z } from 'zod';
import { biasGate } from './bias-gate.ts';

export const METRIC_NAMES = [
  'auc',
  'accuracy',
  'precision',
  'recall',
  'f1',
  'logLoss',
  'brier',
  'rmse',
  'mae',
  'r2',
] as const;
export type MetricName = (typeof METRIC_NAMES)[number];

/** Rows that a gate judges on: the newest days, or the golden set. */
const set = z.enum(['holdout', 'golden']).optional();

const gate = z.union([
  z.strictObject({ metric: z.enum(METRIC_NAMES), set, atLeast: z.number() }),
  z.strictObject({ metric: z.enum(METRIC_NAMES), set, atMost: z.number() }),
  z.strictObject({
    metric: z.enum(METRIC_NAMES),
    set,
    against: z.enum(['baseline', 'champion']),
    /** How much better than the other on the same rows, in the metric's unit; may be negative. */
    margin: z.number(),
  }),
  biasGate,
]);

/** What a challenger must show before it may serve. */
export const evaluation = z
  .strictObject({
    /** The metric that people quote; gates name their own. */
    metric: z.enum(METRIC_NAMES),
    gates: z.array(gate).min(1).max(20),
    /**
     * Id of an accepted dataset version that is never trained on: cases that must stay right. A challenger that is worse on it
     * than the champion is rejected; a gate with `set: golden` may say otherwise.
     */
    golden: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'must be the id of a dataset version, 64 hex digits')
      .optional(),
  })
  .superRefine(({ golden, gates }, ctx) => {
    gates.forEach((g, i) => {
      if ('metric' in g && g.set === 'golden' && golden === undefined)
        ctx.addIssue({
          code: 'custom',
          path: ['gates', i, 'set'],
          message: 'is golden, and evaluation.golden names no dataset',
        });
    });
  });
