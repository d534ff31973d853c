import type { Approval } from './registry/approval.ts';
import type { Principal } from './registry/token.ts';

/** What a person wants to happen to a candidate version. */
export interface ApprovalRequest {
  readonly decision: 'approve' | 'reject';
  readonly reason: string;
}

/** Whether a person's decision may be taken; a refusal says why. */
export type ApprovalVerdict =
  | { readonly verdict: 'decided'; readonly approval: Approval }
  | { readonly verdict: 'repeated'; readonly approval: Approval }
  | { readonly verdict: 'refused'; readonly because: 'own-run' | 'already-decided'; readonly reason: string };

/**
 * Decides an open approval. Nobody decides on the run they started themself, by that token or by another one of the same name;
 * a run that the guard started has no human starter, so any approver may decide it. The same decision by the same person again
 * is a repeat and changes nothing.
 * @param starterName the person or program that the starter's token names, when it is known
 * @param at ISO 8601 UTC, wall clock
 * @example decideApproval(open, { decision: 'approve', reason: 'better' }, second, undefined, now).verdict // 'decided'
 */
export function decideApproval(
  approval: Approval,
  request: ApprovalRequest,
  principal: Principal,
  starterName: string | undefined,
  at: string,
): ApprovalVerdict {
  const own = approval.starter !== undefined && approval.starter === principal.tokenId;
  if (own || (starterName !== undefined && starterName === principal.name))
    return {
      verdict: 'refused',
      because: 'own-run',
      reason: `run ${approval.runId} was started by ${principal.name}, and another person must decide it`,
    };
  const status = request.decision === 'approve' ? 'approved' : 'rejected';
  if (approval.status !== 'open') {
    if (approval.status === status && approval.decidedBy === principal.tokenId)
      return { verdict: 'repeated', approval };
    return {
      verdict: 'refused',
      because: 'already-decided',
      reason: `approval ${approval.id} must be open, got ${approval.status}`,
    };
  }
  return {
    verdict: 'decided',
    approval: { ...approval, status, decidedBy: principal.tokenId, decidedAt: at, reason: request.reason },
  };
}
