import { z } from 'zod';
import { PIPELINES, type PipelineName } from '../../lib/names.ts';

const stateError = z.object({ Error: z.string().optional(), Cause: z.string().optional() });

/** What a failing state machine says of itself. */
const caught = z.object({
  pipeline: z.enum(PIPELINES),
  model: z.string().min(1),
  id: z.string().min(1),
  attempt: z.number().int(),
  /** Name of the execution. */
  execution: z.string().optional(),
  error: stateError,
});
export type FailedExecution = z.output<typeof caught>;

/** What each machine was started with, as far as its failure is told by it. */
const started = z.looseObject({
  model: z.string().min(1),
  attempt: z.number().int().default(1),
  uploadId: z.string().optional(),
  runId: z.string().optional(),
  releaseId: z.string().optional(),
  version: z.number().int().optional(),
});

const IDS: Readonly<Record<PipelineName, (input: z.output<typeof started>) => string | undefined>> = {
  intake: (input) => input.uploadId,
  training: (input) => input.runId,
  release: (input) => input.releaseId,
  monitoring: (input) => input.model,
  retirement: (input) => (input.version === undefined ? undefined : `${input.model}-v${input.version}`),
};

/** EventBridge says how an execution ended that could not say so itself: timed out, aborted, never begun. */
const statusChange = z
  .looseObject({
    source: z.literal('aws.states'),
    detail: z.looseObject({
      stateMachineArn: z.string(),
      name: z.string(),
      status: z.enum(['FAILED', 'TIMED_OUT', 'ABORTED']),
      input: z.string(),
      error: z.string().nullish(),
      cause: z.string().nullish(),
    }),
  })
  .transform(({ detail }, ctx): FailedExecution => {
    // Machines are named `mooring-<stage>-<pipeline>`.
    const pipeline = PIPELINES.find((p) => detail.stateMachineArn.endsWith(`-${p}`));
    const input = started.safeParse(json(detail.input));
    const id = pipeline && input.data && IDS[pipeline](input.data);
    if (pipeline === undefined || input.data === undefined || id === undefined) {
      ctx.addIssue({
        code: 'custom',
        message: `is no execution of ours: ${detail.stateMachineArn} ${detail.name}`,
      });
      return z.NEVER;
    }
    return {
      pipeline,
      model: input.data.model,
      id,
      attempt: input.data.attempt,
      execution: detail.name,
      error: {
        Error: detail.error ?? `States.${detail.status}`,
        Cause: detail.cause ?? `execution ${detail.name} ended as ${detail.status}`,
      },
    };
  });

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export const closeRunInput = z.union([caught, statusChange, z.object({ sweep: z.literal(true) })]);
export type CloseRunInput = z.output<typeof closeRunInput>;
