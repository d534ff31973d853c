import type { Approval } from '../../lib/domain/registry/approval.ts';
import type { Head } from '../../lib/domain/registry/head.ts';
import type { Release } from '../../lib/domain/registry/release.ts';
import type { Run } from '../../lib/domain/registry/run.ts';
import type { Principal } from '../../lib/domain/registry/token.ts';
import { actorOf } from '../../lib/domain/roles.ts';
import type { Decision, Registry } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { releaseDecision } from './release-decision.ts';
import { versionOf } from './routes/versions.ts';

export interface DecidedApproval {
  readonly head: Head;
  readonly approval: Approval;
  readonly principal: Principal;
  readonly now: Date;
}

export interface ApprovalAnswer {
  approval: Approval;
  release?: Release;
}

/** Approval and release are one decision: there is no moment in which a version is approved and nobody releases it. */
export async function approve(
  decided: DecidedApproval,
  registry: Registry,
): Promise<Decision<ApprovalAnswer>> {
  const { head, approval, principal, now } = decided;
  const decision = await releaseDecision(
    {
      head,
      version: await versionOf(approval.model, approval.version, registry),
      actor: actorOf(principal),
      now,
      reason: approval.reason ?? '',
      facts: { approvalId: approval.id, decision: 'approved', by: principal.name },
      // Written without its kind, so that it leaves the list of the open ones.
      writes: [{ sk: sk.approval(approval.id), item: approval, condition: 'present' }],
    },
    registry,
  );
  return { ...decision, answer: { approval, release: decision.answer } };
}

/** The version will never serve, and the run that made it is over. */
export async function reject(
  decided: DecidedApproval,
  registry: Registry,
): Promise<Decision<ApprovalAnswer>> {
  const { approval, principal, now } = decided;
  const at = now.toISOString();
  const version = await versionOf(approval.model, approval.version, registry);
  const run = await registry.get<Run>(approval.model, sk.run(approval.runId));
  return {
    answer: { approval },
    entry: {
      at,
      actor: actorOf(principal),
      action: 'approval-decided',
      subject: `approval/${approval.id}`,
      inputs: [{ kind: 'version', id: `${approval.model}/${approval.version}` }],
      facts: {
        approvalId: approval.id,
        version: approval.version,
        decision: 'rejected',
        reason: approval.reason,
        by: principal.name,
        runId: approval.runId,
      },
    },
    writes: [
      { sk: sk.approval(approval.id), item: approval, condition: 'present' },
      { sk: sk.version(version.number), item: { ...version, status: 'rejected' } },
      ...(run === undefined
        ? []
        : [{ sk: sk.run(run.id), item: { ...run, status: 'closed', outcome: 'rejected', closedAt: at } }]),
    ],
  };
}
