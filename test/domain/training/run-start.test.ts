import { describe, expect, it } from 'vitest';
import { newHead } from '../../../lib/domain/registry/head.ts';
import { restartRun, type StartRequest, startRun } from '../../../lib/domain/training/run-start.ts';
import { AT, aRun } from '../../support/a-model.ts';

const LEASE = '2026-11-24T18:15:00.000Z';
const request = (more: Partial<StartRequest> = {}): StartRequest => ({
  head: newHead('churn', AT),
  run: aRun(),
  actor: 'token/t1',
  at: AT,
  leaseExpiresAt: LEASE,
  ...more,
});

function started(start: ReturnType<typeof startRun>) {
  if (start.verdict !== 'started') throw new Error(start.reason);
  return start;
}

describe('startRun', () => {
  it('takes the lock and says what the run reads', () => {
    const { head, entry } = started(startRun(request({ facts: { note: 'n' } })));
    expect(head.runLock).toEqual({ holder: 'churn-r1', expiresAt: LEASE });
    expect(entry).toMatchObject({
      action: 'run-started',
      subject: 'run/churn-r1',
      facts: { attempt: 1, note: 'n' },
    });
  });

  it('spends no budget for a person', () => {
    const { head } = started(startRun(request()));
    expect(head.retraining).toEqual({ startedInDay: 0, startedInMonth: 0 });
  });

  it('spends budget for a machine and begins a new day and month at one', () => {
    const trigger = { kind: 'drift', signal: 'w1' } as const;
    const labelledUntil = '2026-10-30T23:59:59.999Z';
    const old = { day: '2026-10-31', startedInDay: 2, month: '2026-10', startedInMonth: 9, labelledUntil };
    const head = { ...newHead('churn', AT), retraining: old };
    expect(started(startRun(request({ head, run: aRun({ trigger }) }))).head.retraining).toEqual({
      lastStartedAt: AT,
      day: '2026-11-24',
      startedInDay: 1,
      month: '2026-11',
      startedInMonth: 1,
      labelledUntil,
    });
  });

  it('refuses while another run holds the lock, expired or not', () => {
    const head = {
      ...newHead('churn', AT),
      runLock: { holder: 'r0', expiresAt: '2020-01-01T00:00:00.000Z' },
    };
    expect(startRun(request({ head }))).toEqual({ verdict: 'refused', reason: 'run r0 is in progress' });
  });
});

describe('restartRun', () => {
  const error = { name: 'E', cause: 'c' };
  const failed = aRun({ status: 'closed', outcome: 'failed', closedAt: AT, error });

  it('is the same run with one attempt more and its failure forgotten', () => {
    const { run, entry, head } = started(restartRun(request({ run: failed })));
    expect(run).toEqual(aRun({ attempt: 2 }));
    expect(entry).toMatchObject({ action: 'run-restarted', facts: { attempt: 2 } });
    expect(head.runLock?.holder).toBe('churn-r1');
  });

  it('refuses a run that did not fail, is in progress, or failed in its release', () => {
    const reasonOf = (more: Partial<StartRequest>) => {
      const start = restartRun(request(more));
      return start.verdict === 'refused' ? start.reason : '';
    };
    expect(reasonOf({})).toBe('run churn-r1 must have failed to be started again, is running');
    expect(reasonOf({ run: { ...failed, outcome: 'rejected' } })).toContain('is rejected');
    expect(reasonOf({ run: { ...failed, version: 4 } })).toContain('release that version instead');
    const head = { ...newHead('churn', AT), runLock: { holder: 'r0', expiresAt: LEASE } };
    expect(reasonOf({ run: failed, head })).toBe('run r0 is in progress');
  });
});
