import type { z } from '@hono/zod-openapi';
import { contentHash } from '../../../lib/domain/canonical-json.ts';
import { schemaDiff, schemaOf } from '../../../lib/domain/constraints/schema-diff.ts';
import { InvalidInputError, type Problem } from '../../../lib/domain/errors.ts';
import type { NewEntry } from '../../../lib/domain/ledger.ts';
import type { Head } from '../../../lib/domain/registry/head.ts';
import { actorOf } from '../../../lib/domain/roles.ts';
import { type ModelSpec, specSchema } from '../../../lib/domain/spec.ts';
import { featuresHash } from '../../../lib/domain/training/features-hash.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { ofNewModel } from '../access.ts';
import { uploadedCodeHash } from '../code-hash.ts';
import type { ApiDeps } from '../deps.ts';
import { route } from '../route.ts';
import { modelParams } from '../schemas/fields.ts';
import { specApplied } from '../schemas/model.ts';

const apply = route(
  {
    method: 'put',
    path: '/models/{model}',
    summary: 'create a model or change its spec; versions keep the spec they were trained with',
    access: { roles: ['builder'], scope: ofNewModel },
    params: modelParams,
    body: specSchema,
    answer: specApplied,
  },
  async ({ model, body: spec, principal }, deps) => {
    const problems = await problemsOfSpec(model, spec, deps);
    if (problems.length > 0)
      throw new InvalidInputError(`the spec of model ${model} is not valid`, { details: problems });
    const specHash = contentHash(spec);
    const at = deps.now().toISOString();
    return deps.registry.decide<z.output<typeof specApplied>>(model, async (head) => {
      const same = head?.specHash === specHash && !head.deleted;
      if (same) return { answer: { model, specHash, changed: false } };
      return {
        answer: { model, specHash, changed: true, ...(await diffOf(spec, head, deps)) },
        entry: specEntry(spec, specHash, actorOf(principal), at, deps.release),
        head: { specHash, deleted: undefined },
        writes: [{ sk: sk.spec(specHash), item: spec }],
      };
    });
  },
);

/** What becomes of the schema; nothing to say of a new model. */
async function diffOf(
  spec: ModelSpec,
  head: Head | undefined,
  { registry }: ApiDeps,
): Promise<Pick<z.output<typeof specApplied>, 'schemaDiff'>> {
  const before = head && (await registry.get<ModelSpec>(head.model, sk.spec(head.specHash)));
  if (before === undefined) return {};
  return { schemaDiff: schemaDiff(schemaOf(before), schemaOf(spec)) };
}

/** What the schema alone cannot see. */
async function problemsOfSpec(model: string, spec: ModelSpec, deps: ApiDeps): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  if (spec.name !== model)
    problems.push({ path: 'name', message: `must be the name in the path, ${model}, got ${spec.name}` });
  const { code } = spec.training;
  if (code !== undefined && (await uploadedCodeHash(code, deps.artifacts)) !== code)
    problems.push({
      path: 'training.code',
      message: `names no complete upload of code with a train.py: ${code}`,
    });
  return [...problems, ...(await deps.checkSql(spec))];
}

function specEntry(spec: ModelSpec, specHash: string, actor: string, at: string, release: string): NewEntry {
  const { code } = spec.training;
  return {
    at,
    actor,
    action: 'spec-applied',
    subject: `spec/${specHash}`,
    inputs: [
      { kind: 'features', id: `${spec.name}/${featuresHash(spec)}` },
      ...(code === undefined ? [] : [{ kind: 'code', id: code } as const]),
      { kind: 'platform', id: release },
    ],
    outputs: [{ kind: 'spec', id: `${spec.name}/${specHash}` }],
    facts: { task: spec.task, metric: spec.evaluation.metric, gates: spec.evaluation.gates.length },
  };
}

export const specRoutes = [apply];
