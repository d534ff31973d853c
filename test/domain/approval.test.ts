import { describe, expect, it } from 'vitest';
import { decideApproval } from '../../lib/domain/approval.ts';
import type { Approval } from '../../lib/domain/registry/approval.ts';
import type { Principal } from '../../lib/domain/registry/token.ts';

const AT = '2026-11-24T12:00:00.000Z';
const open: Approval = {
  model: 'churn',
  id: 'churn-v1',
  version: 1,
  runId: 'run-1',
  status: 'open',
  starter: 'ada-token',
  requestedAt: AT,
};
const aPerson = (name: string): Principal => ({
  tokenId: `${name}-token`,
  name,
  roles: ['approver'],
  models: ['*'],
});
const approve = { decision: 'approve', reason: 'better' } as const;

describe('decideApproval', () => {
  it('lets a second person decide, and keeps who, when and why', () => {
    expect(decideApproval(open, approve, aPerson('bob'), 'ada', AT)).toEqual({
      verdict: 'decided',
      approval: { ...open, status: 'approved', decidedBy: 'bob-token', decidedAt: AT, reason: 'better' },
    });
  });

  it('refuses the starter’s token, and another token of the same person', () => {
    const other = { ...aPerson('ada'), tokenId: 'ada-second-token' };
    for (const who of [aPerson('ada'), other])
      expect(decideApproval(open, approve, who, 'ada', AT)).toMatchObject({
        verdict: 'refused',
        because: 'own-run',
      });
  });

  it('lets any approver decide a run that no person started', () => {
    const { starter: _, ...guarded } = open;
    expect(decideApproval(guarded, approve, aPerson('ada'), undefined, AT).verdict).toBe('decided');
  });

  it('takes the same decision by the same person as a repeat, and any other as too late', () => {
    const first = decideApproval(open, approve, aPerson('bob'), 'ada', AT);
    const approved = first.verdict === 'decided' ? first.approval : open;
    const again = (who: string, decision: 'approve' | 'reject') =>
      decideApproval(approved, { decision, reason: 'x' }, aPerson(who), 'ada', AT).verdict;
    expect([again('bob', 'approve'), again('bob', 'reject'), again('cleo', 'approve')]).toEqual([
      'repeated',
      'refused',
      'refused',
    ]);
  });
});
