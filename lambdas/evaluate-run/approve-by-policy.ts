import type { Approval } from '../../lib/domain/registry/approval.ts';
import type { Run } from '../../lib/domain/registry/run.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import { startRelease } from '../../lib/domain/release/start-release.ts';
import { LEASE_SECONDS } from '../../lib/names.ts';
import type { Decision } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { known, requiredItem } from '../../lib/stores/required.ts';
import type { EvaluateRunDeps } from './deps.ts';

const ACTOR = 'platform/evaluate-run';
const REASON = 'all gates passed and the approval policy is automatic';

/**
 * Approves a candidate because its spec says so, and starts its release: two decisions, each taken once however often this runs.
 * While another release is in progress the approval stays open for people.
 *
 * @returns whether the version is approved
 */
export async function approveByPolicy(run: Run, deps: EvaluateRunDeps): Promise<boolean> {
  const { model, version: number } = run;
  if (number === undefined || run.status === 'closed') return false;
  const at = deps.now().toISOString();
  return (await approve(model, number, at, deps)) && (await release(run, number, at, deps));
}

function approve(model: string, number: number, at: string, { registry }: EvaluateRunDeps): Promise<boolean> {
  const key = sk.approval(`${model}-v${number}`);
  return registry.decide(model, async (current): Promise<Decision<boolean>> => {
    const head = known(model, current);
    const approval = await requiredItem<Approval>(registry, model, key);
    if (approval.status !== 'open') return { answer: approval.status === 'approved' };
    if (head.releaseLock !== undefined) return { answer: false };
    const version = await requiredItem<ModelVersion>(registry, model, sk.version(number));
    const decided: Approval = {
      ...approval,
      status: 'approved',
      decidedBy: ACTOR,
      decidedAt: at,
      reason: REASON,
    };
    return {
      answer: true,
      entry: {
        at,
        actor: ACTOR,
        action: 'approval-decided',
        subject: `approval/${approval.id}`,
        inputs: [{ kind: 'version', id: `${model}/${number}` }],
        facts: {
          approvalId: approval.id,
          version: number,
          decision: 'approved',
          reason: REASON,
          policy: 'automatic',
        },
      },
      writes: [
        { sk: key, item: decided },
        { sk: sk.version(number), item: { ...version, status: 'approved' } },
      ],
    };
  });
}

function release(
  { model, id: runId }: Run,
  number: number,
  at: string,
  deps: EvaluateRunDeps,
): Promise<boolean> {
  const { registry } = deps;
  const leaseExpiresAt = new Date(Date.parse(at) + LEASE_SECONDS.release * 1000).toISOString();
  return registry.decide(model, async (current): Promise<Decision<boolean>> => {
    const head = known(model, current);
    const run = await requiredItem<Run>(registry, model, sk.run(runId));
    if (run.status !== 'awaiting-approval') return { answer: true };
    const version = await requiredItem<ModelVersion>(registry, model, sk.version(number));
    const started = startRelease({ head, version, runId, actor: ACTOR, reason: REASON, at, leaseExpiresAt });
    // It stays approved: a person releases it when the other release has ended.
    if (started.verdict === 'refused') return { answer: true };
    return {
      answer: true,
      entry: started.entry,
      head: { releaseLock: started.lock },
      writes: [
        { sk: sk.release(started.release.id), item: started.release, condition: 'absent' },
        { sk: sk.run(runId), item: { ...run, status: 'releasing' } },
      ],
    };
  });
}
