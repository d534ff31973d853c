import { describe, expect, it } from 'vitest';
import { type Head, newHead } from '../../../lib/domain/registry/head.ts';
import { planRollback } from '../../../lib/domain/release/rollback.ts';

const NOW = new Date('2026-11-24T12:00:00.000Z');
const aHead = (more: Partial<Head> = {}): Head => ({
  ...newHead('churn', NOW.toISOString()),
  champion: 3,
  previousChampion: 2,
  ...more,
});
const lockUntil = (expiresAt: string) => ({ releaseLock: { holder: 'churn-v4-r9', expiresAt } });

describe('planRollback', () => {
  it('goes to the previous champion, asked by number or not', () => {
    const plan = { verdict: 'allowed', from: 3, to: 2 };
    expect([planRollback(aHead(), undefined, NOW), planRollback(aHead(), 2, NOW)]).toEqual([plan, plan]);
  });

  it.each([
    [{ champion: undefined }, undefined, 'model churn has no version in service'],
    [{ previousChampion: undefined }, undefined, 'model churn has no previous champion'],
    [{}, 1, 'rollback goes to version 2, whose endpoint is kept, got 1; release 1 instead'],
    [lockUntil('2026-11-24T12:00:01.000Z'), undefined, 'release churn-v4-r9 is in progress'],
  ])('is refused, with the reason, in case %#', (more, to, reason) => {
    expect(planRollback(aHead(more), to, NOW)).toEqual({ verdict: 'refused', reason });
  });

  it('does not wait for a lock whose lease has ended', () => {
    expect(planRollback(aHead(lockUntil('2026-11-24T11:59:59.000Z')), undefined, NOW).verdict).toBe(
      'allowed',
    );
  });
});
