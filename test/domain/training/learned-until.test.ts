import { describe, expect, it } from 'vitest';
import { learnedUntil } from '../../../lib/domain/training/learned-until.ts';
import { AT } from '../../support/a-model.ts';

describe('learnedUntil', () => {
  const october = { to: '2026-11-01T00:00:00.000Z', asOf: AT };

  it('is the last moment of the run’s range', () => {
    expect(learnedUntil(undefined, october)).toBe('2026-10-31T23:59:59.999Z');
    expect(learnedUntil('2026-04-30T23:59:59.999Z', october)).toBe('2026-10-31T23:59:59.999Z');
  });

  it('never goes back for a run of an earlier range', () => {
    const may = { to: '2026-05-01T00:00:00.000Z', asOf: AT };
    expect(learnedUntil('2026-10-31T23:59:59.999Z', may)).toBe('2026-10-31T23:59:59.999Z');
  });

  it('never lies beyond what the run could know', () => {
    expect(learnedUntil(undefined, { to: '9999-12-31T00:00:00.000Z', asOf: AT })).toBe(AT);
  });
});
