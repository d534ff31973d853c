import { z } from 'zod';
import { ConflictError, NotFoundError } from '../../lib/domain/errors.ts';
import type { Head } from '../../lib/domain/registry/head.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import {
  mayRetire,
  type RetirementCertificate,
  retire,
  retirementEntry,
} from '../../lib/domain/retirement/retirement.ts';
import { endpointName, keys } from '../../lib/names.ts';
import type { Now } from '../../lib/runtime/clock.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';
import { releaseInProgress } from '../../lib/stores/registry/release-in-progress.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { requiredItem } from '../../lib/stores/required.ts';

export const retireVersionInput = z.object({
  model: z.string().min(1),
  version: z.number().int().positive(),
  step: z.enum(['check', 'archive']),
  attempt: z.number().int().positive(),
});
type Input = z.output<typeof retireVersionInput>;

export interface RetireVersionDeps {
  readonly registry: Registry;
  readonly audit: ObjectStore;
  readonly stage: string;
  readonly now: Now;
}

export type RetirementStep =
  | { readonly allowed: boolean; readonly reason?: string; readonly endpointName: string }
  | { readonly retired: true };

/** The two ends of a retirement: may it be, and then the proof that it was. Both may be repeated. */
export function retireVersion(input: Input, deps: RetireVersionDeps): Promise<RetirementStep> {
  return input.step === 'check' ? check(input, deps) : archive(input, deps);
}

async function check(
  { model, version }: Input,
  { registry, stage }: RetireVersionDeps,
): Promise<RetirementStep> {
  const found = await requiredItem<ModelVersion>(registry, model, sk.version(version));
  const head = existing(model, await registry.head(model));
  const verdict = mayRetire(found, head, await releaseInProgress(head, registry));
  return { ...verdict, endpointName: endpointName(stage, model, version) };
}

/** Marks the version as retired, and only then writes the certificate: it states the decision as it was taken. */
async function archive({ model, version: number }: Input, deps: RetireVersionDeps): Promise<RetirementStep> {
  const { registry, audit } = deps;
  const at = deps.now().toISOString();
  const key = keys.certificate(model, number);
  const certificate = await registry.decide<RetirementCertificate>(model, async (current) => {
    const head = existing(model, current);
    const version = await requiredItem<ModelVersion>(registry, model, sk.version(number));
    if (version.status === 'retired') return { answer: retire(version, head, version.retiredAt ?? at) };
    const verdict = mayRetire(version, head, await releaseInProgress(head, registry));
    if (!verdict.allowed) throw new ConflictError(verdict.reason);
    const answer = retire(version, head, at);
    return {
      answer,
      entry: retirementEntry(answer, key),
      writes: [{ sk: sk.version(number), item: answer.version }],
    };
  });
  await audit.putJsonOnce(key, certificate);
  return { retired: true };
}

/** Versions of a deleted model may still be retired. */
function existing(model: string, head: Head | undefined): Head {
  if (head === undefined) throw new NotFoundError(`model ${model} is not known`);
  return head;
}
