import { z } from 'zod';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import { judgeSmoke, type SmokeSample, type SmokeVerdict } from '../../lib/domain/release/smoke-sample.ts';
import { keys } from '../../lib/names.ts';
import { EndpointError } from '../../lib/stores/endpoints/endpoint-error.ts';
import type { Endpoints } from '../../lib/stores/endpoints/endpoints.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { requiredItem, requiredJson } from '../../lib/stores/required.ts';

export const smokeTestInput = z.object({
  model: z.string().min(1),
  releaseId: z.string().min(1),
  version: z.number().int().positive(),
  endpointName: z.string().min(1),
});

export interface SmokeTestDeps {
  readonly registry: Registry;
  readonly artifacts: ObjectStore;
  readonly endpoints: Pick<Endpoints, 'invoke'>;
}

const answerSchema = z.object({
  predictions: z.array(
    z.object({ label: z.union([z.boolean(), z.number(), z.string()]), score: z.number() }),
  ),
});

/** Asks a new endpoint for a few rows that batch scoring has answered before; traffic moves only if the answers agree. */
export async function smokeTest(
  { model, version: number, endpointName }: z.output<typeof smokeTestInput>,
  { registry, artifacts, endpoints }: SmokeTestDeps,
): Promise<SmokeVerdict> {
  const { runId } = await requiredItem<ModelVersion>(registry, model, sk.version(number));
  const sample = await requiredJson<SmokeSample>(artifacts, keys.smokeSample(model, runId));
  const columns = Object.keys(sample.rows[0] ?? {});
  const rows = sample.rows.map((row) => columns.map((column) => row[column] ?? null));
  try {
    const read = answerSchema.safeParse(await endpoints.invoke(endpointName, { columns, rows }));
    if (read.success) return judgeSmoke(sample, read.data.predictions);
    const issue = read.error.issues[0];
    return {
      verdict: 'fail',
      reason: `the endpoint must answer predictions, got ${issue?.path.join('.')}: ${issue?.message}`,
    };
  } catch (error) {
    // An endpoint that refuses the rows is the verdict; one that is busy or not reachable is an outage, and tried again.
    if (!(error instanceof EndpointError) || error.retryable) throw error;
    return { verdict: 'fail', reason: error.message };
  }
}
