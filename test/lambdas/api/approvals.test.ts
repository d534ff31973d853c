import { describe, expect, it } from 'vitest';
import { actionsOf, anApproval, aRun, aVersion, given } from './decisions.ts';
import { aPrincipal, approver, aWorld, viewer, withModel } from './world.ts';

async function waiting(starter = 'builder-token') {
  const world = await withModel(aWorld());
  await given(world, {}, [anApproval({ starter }), aVersion(1, 'candidate'), aRun()]);
  const decide = (decision: 'approve' | 'reject', who = approver, reason = 'looks good') =>
    world.call(who, 'POST', '/approvals/churn-v1', { decision, reason });
  return { world, decide };
}

describe('approvals', () => {
  it('are listed while they wait, to those who may touch the model', async () => {
    const { world, decide } = await waiting();
    const mine = await world.call(viewer, 'GET', '/approvals');
    const others = await world.call(aPrincipal('viewer', ['prices']), 'GET', '/approvals');
    expect([mine.body.items.length, others.body.items.length]).toEqual([1, 0]);
    await decide('approve');
    expect((await world.call(viewer, 'GET', '/approvals')).body.items).toEqual([]);
    expect((await world.call(viewer, 'GET', '/models/churn/approvals')).body.items[0].status).toBe(
      'approved',
    );
  });

  it('start the release in the same entry when approved', async () => {
    const { world, decide } = await waiting();
    const { status, body } = await decide('approve');
    expect(status).toBe(200);
    expect(body.approval).toMatchObject({
      status: 'approved',
      decidedBy: 'approver-token',
      reason: 'looks good',
    });
    expect(body.release).toMatchObject({ version: 1, status: 'running', attempt: 1, kind: 'promotion' });
    const last = (await actionsOf(world)).at(-1);
    expect(last).toMatchObject({
      action: 'release-started',
      actor: 'token/approver-token',
      subject: `release/${body.release.id}`,
      facts: { approvalId: 'churn-v1', decision: 'approved', reason: 'looks good', attempt: 1, version: 1 },
    });
    const head = await world.registry.head('churn');
    expect(head?.releaseLock?.holder).toBe(body.release.id);
    expect((await world.call(viewer, 'GET', '/models/churn/runs/run-1')).body.status).toBe('releasing');
    expect((await world.call(viewer, 'GET', '/models/churn/versions/1')).body.status).toBe('approved');
  });

  it('close the run when rejected', async () => {
    const { world, decide } = await waiting();
    expect((await decide('reject')).body.release).toBeUndefined();
    expect((await actionsOf(world)).at(-1)).toMatchObject({
      action: 'approval-decided',
      facts: { decision: 'rejected', version: 1 },
    });
    const { body: run } = await world.call(viewer, 'GET', '/models/churn/runs/run-1');
    expect(run).toMatchObject({ status: 'closed', outcome: 'rejected' });
    expect((await world.call(viewer, 'GET', '/models/churn/versions/1')).body.status).toBe('rejected');
  });

  it('refuse the starter’s own token, with the reason', async () => {
    const { world, decide } = await waiting('approver-token');
    const { status, body } = await decide('approve');
    expect([status, body.error.message]).toEqual([
      403,
      'run run-1 was started by approver, and another person must decide it',
    ]);
    expect((await world.registry.head('churn'))?.releaseLock).toBeUndefined();
  });

  it('refuse another token of the person who started the run', async () => {
    const { world } = await waiting();
    const who = { by: 'platform/test', at: '2026-11-24T00:00:00.000Z' };
    const issued = await world.deps.tokens.issue({ name: 'ada', roles: ['builder'], models: ['*'] }, who);
    await given(world, {}, [anApproval({ starter: issued.record.tokenId })]);
    const ada = aPrincipal('approver', ['*'], 'ada');
    const { status } = await world.call(ada, 'POST', '/approvals/churn-v1', {
      decision: 'approve',
      reason: 'mine',
    });
    expect(status).toBe(403);
  });

  it('answer the same again to who decided, and a conflict to who decides otherwise', async () => {
    const { world, decide } = await waiting();
    await decide('approve');
    const entries = (await actionsOf(world)).length;
    expect((await decide('approve')).status).toBe(200);
    expect((await decide('reject')).status).toBe(409);
    expect((await actionsOf(world)).length).toBe(entries);
  });

  it('wait while another release is in progress', async () => {
    const { world, decide } = await waiting();
    await given(world, { releaseLock: { holder: 'churn-v0-r1', expiresAt: '2026-11-24T13:00:00.000Z' } });
    const { status, body } = await decide('approve');
    expect([status, body.error.message]).toEqual([409, 'release churn-v0-r1 is in progress']);
    expect((await world.call(viewer, 'GET', '/approvals/churn-v1')).body.status).toBe('open');
  });

  it('need a reason', async () => {
    const { decide } = await waiting();
    const { status, body } = await decide('approve', approver, ' ');
    expect([status, body.error.details[0].path]).toEqual([422, 'reason']);
  });

  it('answer 404 for one that does not exist in a model that does', async () => {
    const { world } = await waiting();
    expect((await world.call(viewer, 'GET', '/approvals/churn-v9')).status).toBe(404);
    expect((await world.call(viewer, 'GET', '/approvals/nosuch-v9')).status).toBe(403);
  });
});
