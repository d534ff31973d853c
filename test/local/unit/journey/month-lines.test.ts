import { describe, expect, it } from 'vitest';
import type { DriftWindow, QualityWindow } from '../../../../lib/domain/registry/window.ts';
import { nextMonth } from '../../../../local/journey/monitor-month.ts';
import { driftLine, guardLine, qualityLine, silenceLine } from '../../../../local/journey/month-lines.ts';

const window = {
  version: 2,
  rows: 28_280,
  verdict: 'drifted',
  explanation: '15 of 38 columns drifted: input.temp moved 3.01 σ',
} as DriftWindow;

describe('a month’s lines', () => {
  it('say who was asked how much, the verdict and what moved', () => {
    expect(driftLine(window)).toBe(
      'version 2, 28,280 rows: drifted, 15 of 38 columns drifted: input.temp moved 3.01 σ',
    );
  });

  it('say how good the predictions turned out, and from how many labels', () => {
    const quality = { version: 2, labelCoverage: 0.954, metrics: { auc: 0.65449 } } as QualityWindow;
    expect(qualityLine(quality)).toBe('version 2: auc 0.654 with 95 % of labels in');
    expect(qualityLine({ ...quality, metrics: {} })).toBe(
      'version 2: auc not measurable with 95 % of labels in',
    );
  });

  it('say what the guard started, or why it started nothing', () => {
    const signal = { model: 'm', id: 's', kind: 'drift', answeredAt: '2026-11-24T12:00:00.000Z' } as const;
    expect(guardLine({ ...signal, answer: { decision: 'start', runId: 'm-1' } })).toBe(
      'the guard starts a retraining: run m-1',
    );
    const answer = { decision: 'suppress', because: 'cooldown', detail: '3 hours left' } as const;
    expect(guardLine({ ...signal, answer })).toBe('the guard starts nothing: cooldown (3 hours left)');
  });

  it('tell a quiet month from one whose version no longer serves', () => {
    expect(silenceLine([window])).toBe('no signal: what drifted is no longer in service');
    expect(silenceLine([{ ...window, verdict: 'stable' }])).toBe('no signal: nothing drifted');
  });
});

describe('nextMonth', () => {
  it('begins the month after, in UTC, also over the year’s end', () => {
    expect(nextMonth('2013-04')).toBe('2013-05-01T00:00:00.000Z');
    expect(nextMonth('2013-12')).toBe('2014-01-01T00:00:00.000Z');
  });
});
