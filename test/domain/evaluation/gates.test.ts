import { describe, expect, it } from 'vitest';
import { gatesOf, judgeGates } from '../../../lib/domain/evaluation/gates.ts';
import type { GateSpec } from '../../../lib/domain/spec.ts';

const verdict = (gate: GateSpec, ...[contestants]: [Parameters<typeof judgeGates>[1]]) =>
  judgeGates([gate], contestants).results[0];

describe('judgeGates', () => {
  it('passes at the threshold and fails below it, with the numbers', () => {
    const gate: GateSpec = { metric: 'auc', atLeast: 0.7 };
    expect(verdict(gate, { challenger: { auc: 0.7 }, baseline: {} })).toMatchObject({
      verdict: 'pass',
      required: 0.7,
    });
    expect(verdict(gate, { challenger: { auc: 0.65 }, baseline: {} })).toEqual({
      gate,
      verdict: 'fail',
      metric: 'auc',
      challenger: 0.65,
      required: 0.7,
      reason: 'auc is 0.65, wanted at least 0.7',
    });
  });

  it('takes a margin in the direction that is better', () => {
    const higher: GateSpec = { metric: 'auc', against: 'champion', margin: 0.01 };
    const lower: GateSpec = { metric: 'logLoss', against: 'champion', margin: 0.01 };
    const against = (auc: number, logLoss: number) => ({
      challenger: { auc, logLoss },
      baseline: {},
      champion: { auc: 0.7, logLoss: 0.5 },
    });
    expect(verdict(higher, against(0.72, 0))?.verdict).toBe('pass');
    expect(verdict(higher, against(0.705, 0))?.verdict).toBe('fail');
    expect(verdict(lower, against(0, 0.48))?.verdict).toBe('pass');
    expect(verdict(lower, against(0, 0.495))).toMatchObject({ verdict: 'fail', required: 0.49 });
  });

  it('passes a champion gate while there is no champion', () => {
    const gate: GateSpec = { metric: 'auc', against: 'champion', margin: 0.01 };
    expect(verdict(gate, { challenger: { auc: 0.5 }, baseline: { auc: 0.6 } })).toMatchObject({
      verdict: 'pass',
      reason: 'no champion yet',
    });
  });

  it('blocks on what cannot be measured', () => {
    const gates: GateSpec[] = [
      { metric: 'auc', atLeast: 0 },
      { metric: 'f1', against: 'baseline', margin: -1 },
      { metric: 'brier', against: 'champion', margin: 0 },
    ];
    const { passed, results } = judgeGates(gates, {
      challenger: { auc: Number.NaN, f1: 0.9 },
      baseline: { f1: Number.POSITIVE_INFINITY },
    });
    expect(passed).toBe(false);
    expect(results.map((result) => result.verdict)).toEqual([
      'not-measurable',
      'not-measurable',
      'not-measurable',
    ]);
  });

  it('passes only when every gate does', () => {
    const gates: GateSpec[] = [
      { metric: 'auc', atLeast: 0.6 },
      { metric: 'rmse', atMost: 2 },
    ];
    expect(judgeGates(gates, { challenger: { auc: 0.7, rmse: 1 }, baseline: {} }).passed).toBe(true);
    expect(judgeGates(gates, { challenger: { auc: 0.7, rmse: 3 }, baseline: {} }).passed).toBe(false);
  });
});

describe('the golden set', () => {
  const golden = 'a'.repeat(64);
  const holdout = { challenger: { auc: 0.9 }, baseline: { auc: 0.6 }, champion: { auc: 0.8 } };
  const [gate] = gatesOf({ metric: 'auc', gates: [], golden }) as [GateSpec];
  const on = (challenger: number, champion?: number) => ({
    ...holdout,
    golden: {
      challenger: { auc: challenger },
      baseline: {},
      ...(champion && { champion: { auc: champion } }),
    },
  });

  it('brings a gate along: not worse than the champion on it', () => {
    expect(gate).toEqual({ metric: 'auc', set: 'golden', against: 'champion', margin: 0 });
    expect(verdict(gate, on(0.7, 0.7))?.verdict).toBe('pass');
    expect(verdict(gate, on(0.69, 0.7))).toMatchObject({
      verdict: 'fail',
      reason: 'auc on the golden set is 0.69, wanted at least 0.7 (champion with margin 0)',
    });
    expect(verdict(gate, on(0.1))).toMatchObject({ verdict: 'pass', reason: 'no champion yet' });
  });

  it('is judged by the spec’s own gate instead, if there is one', () => {
    const own: GateSpec = { metric: 'accuracy', set: 'golden', atLeast: 0.95 };
    expect(gatesOf({ metric: 'auc', gates: [own], golden })).toEqual([own]);
    expect(gatesOf({ metric: 'auc', gates: [{ metric: 'auc', atLeast: 0.5 }] })).toHaveLength(1);
  });

  it('does not pass when it was not scored', () => {
    expect(verdict(gate, holdout)).toMatchObject({
      verdict: 'not-measurable',
      reason: 'auc of the challenger on the golden set cannot be measured',
    });
  });
});
