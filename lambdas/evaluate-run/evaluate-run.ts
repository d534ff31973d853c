import { z } from 'zod';
import { InvalidInputError } from '../../lib/domain/errors.ts';
import type { Run } from '../../lib/domain/registry/run.ts';
import type { ModelSpec } from '../../lib/domain/spec.ts';
import type { RunVerdict } from '../../lib/domain/training/judge-run.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { requiredItem, requiredSpec } from '../../lib/stores/required.ts';
import { approveByPolicy } from './approve-by-policy.ts';
import type { EvaluateRunDeps } from './deps.ts';
import { measureRun } from './measure-run.ts';
import { registerVersion } from './register-version.ts';

const uri = z.string().startsWith('s3://');

export const evaluateRunInput = z.object({
  model: z.string().min(1),
  runId: z.string().min(1),
  attempt: z.number().int().positive(),
  contentKey: z.string().min(1),
  predictions: z.object({ baseline: uri, challenger: uri, champion: uri.optional() }),
});
type Input = z.output<typeof evaluateRunInput>;

export interface RunEvaluated {
  readonly version: number;
  readonly outcome: RunVerdict['outcome'];
}

/**
 * Judges a run by the platform's own numbers and registers its version. Life of one run: measured, registered as one decision
 * (which also frees the run lock), and then, only under an automatic policy, approved and released by two more. Each step finds
 * what an earlier call did, so a repeat after a crash goes on where it stopped.
 */
export async function evaluateRun(input: Input, deps: EvaluateRunDeps): Promise<RunEvaluated> {
  const { model, runId, attempt } = input;
  const run = await requiredItem<Run>(deps.registry, model, sk.run(runId));
  const spec = await requiredSpec(deps.registry, model, run.specHash);
  const registered =
    run.version === undefined ? await evaluated({ ...run, attempt }, spec, input, deps) : run;
  const version = registered.version as number;
  if (registered.outcome === 'rejected') return { version, outcome: 'rejected' };
  const approved = spec.approval.policy === 'automatic' && (await approveByPolicy(registered, deps));
  return { version, outcome: approved ? 'approved' : 'awaiting-approval' };
}

async function evaluated(
  run: Run,
  spec: ModelSpec,
  { predictions }: Input,
  deps: EvaluateRunDeps,
): Promise<Run> {
  if (run.champion !== undefined && predictions.champion === undefined)
    throw new InvalidInputError(
      `run ${run.id} has champion ${run.champion} and needs its predictions, got none`,
    );
  return registerVersion(run, spec, await measureRun(run, spec, predictions, deps), deps);
}
