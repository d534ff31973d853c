import { describe, expect, it } from 'vitest';
import { anApproval, aRun, aVersion, given } from '../../lambdas/api/decisions.ts';
import { admin, aPrincipal, aWorld, NOW, withModel } from '../../lambdas/api/world.ts';
import { anApiTerminal } from './an-api-terminal.ts';

/** Version 1 in service, released and promoted because Amir approved it; Amir's token has been revoked since. */
async function approvedByAmir() {
  const world = await withModel(aWorld());
  const { body } = await world.call(admin, 'POST', '/tokens', {
    name: 'amir',
    roles: ['approver'],
    models: ['churn'],
  });
  const amir = { ...aPrincipal('approver', ['churn']), tokenId: body.tokenId, name: 'amir' };
  await given(world, {}, [anApproval(), aVersion(1, 'candidate'), aRun()]);
  const decided = { decision: 'approve', reason: 'better in May' };
  const { release } = (await world.call(amir, 'POST', '/approvals/churn-v1', decided)).body;
  await world.registry.decide('churn', () => ({
    answer: undefined,
    entry: {
      at: NOW.toISOString(),
      actor: 'platform/promote-version',
      action: 'champion-changed',
      subject: 'version/1',
      facts: { version: 1, releaseId: release.id },
    },
  }));
  await world.call(admin, 'DELETE', `/tokens/${body.tokenId}`);
  return { id: body.tokenId, ...anApiTerminal(world) };
}

describe('mooring ledger show', () => {
  it('names who decided and says why', async () => {
    const { id, run, out } = await approvedByAmir();
    expect(await run('ledger', 'show', 'churn')).toBe(0);
    expect(out[0]).toMatch(/^seq +at +action +subject +actor +why$/);
    expect(out.join('\n')).toMatch(
      new RegExp(`release-started +release/churn-v1-r3 +amir, token/${id} +better in May`),
    );
    expect(await run('ledger', 'verify', 'churn')).toBe(0);
    expect(await run('ledger', 'verify', '_platform')).toBe(0);
    expect(out.at(-1)).toBe('2 entries, unbroken');
  });
});

describe('mooring live', () => {
  it('says which version answers, who let it and why', async () => {
    const { id, run, out } = await approvedByAmir();
    expect(await run('live', 'churn')).toBe(0);
    expect(out.at(-1)).toBe(`version 1, since ${NOW.toISOString()}, by amir, token/${id}: better in May`);
  });
});
