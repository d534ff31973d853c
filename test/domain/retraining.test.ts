import { describe, expect, it } from 'vitest';
import { newHead } from '../../lib/domain/registry/head.ts';
import { type GuardQuestion, suppression } from '../../lib/domain/retraining.ts';
import { AT, aSpec } from '../support/a-model.ts';

const HEAD = { ...newHead('churn', AT), champion: 1 };

function ask(more: Partial<GuardQuestion> = {}) {
  const { retraining } = aSpec({ cooldownHours: 24, maxPerDay: 2, maxPerMonth: 3, minNewLabels: 100 });
  return suppression({ kind: 'drift', head: HEAD, retraining, newLabels: 100, at: AT, ...more });
}

const counted = (retraining: object) => ({
  head: { ...HEAD, retraining: { startedInDay: 0, startedInMonth: 0, ...retraining } },
});

describe('suppression', () => {
  it('has no objection when nothing stands in the way', () => {
    expect(ask()).toBeUndefined();
  });

  it('counts the cool-down to the millisecond', () => {
    expect(ask(counted({ lastStartedAt: '2026-11-23T12:00:00.001Z' }))).toEqual({
      because: 'cooldown',
      detail: 'the last one started at 2026-11-23T12:00:00.001Z, the next may at 2026-11-24T12:00:00.001Z',
    });
    expect(ask(counted({ lastStartedAt: '2026-11-23T12:00:00.000Z' }))).toBeUndefined();
  });

  it('spends a day’s budget in that UTC day only', () => {
    const spent = { day: '2026-11-24', startedInDay: 2 };
    expect(ask(counted(spent))).toEqual({
      because: 'daily-budget-spent',
      detail: '2 of 2 runs a day have started',
    });
    expect(ask({ ...counted(spent), at: '2026-11-25T00:00:00.000Z' })).toBeUndefined();
  });

  it('spends a month’s budget in that UTC month only', () => {
    const spent = { month: '2026-11', startedInMonth: 3 };
    expect(ask(counted(spent))?.because).toBe('monthly-budget-spent');
    expect(ask({ ...counted(spent), at: '2026-12-01T00:00:00.000Z' })).toBeUndefined();
  });

  it('starts nothing ever with a budget of none', () => {
    const retraining = aSpec({ maxPerDay: 0 }).retraining;
    expect(ask({ retraining, newLabels: 1e9 })?.because).toBe('daily-budget-spent');
  });

  it('wants new labels, with the numbers', () => {
    expect(ask({ newLabels: 99 })).toEqual({
      because: 'too-few-new-labels',
      detail: '100 new labelled rows are wanted, 99 have come',
    });
  });

  it('minds onDrift for drift only', () => {
    const retraining = aSpec({ onDrift: false, minNewLabels: 0 }).retraining;
    expect(ask({ retraining })?.because).toBe('disabled');
    expect(ask({ retraining, kind: 'schedule' })).toBeUndefined();
  });

  it('gives the first objection in the order of the checks', () => {
    const runLock = { holder: 'r1', expiresAt: AT };
    const { champion: _, ...young } = HEAD;
    const worst = { ...young, killSwitch: true, openIncidents: 2, runLock };
    expect(ask({ head: worst, newLabels: 0 })?.because).toBe('kill-switch');
    expect(ask({ head: { ...worst, killSwitch: false } })?.because).toBe('no-champion');
    const serving = { ...worst, killSwitch: false, champion: 1 };
    expect(ask({ head: serving })).toMatchObject({
      because: 'open-incident',
      detail: '2 incident(s) must be closed first',
    });
    expect(ask({ head: { ...serving, openIncidents: 0 } })?.because).toBe('run-in-progress');
  });
});
