import { describe, expect, it } from 'vitest';
import { judgeGates } from '../../../lib/domain/evaluation/gates.ts';
import { type AnsweredRow, measureFairness } from '../../../lib/domain/fairness/measure-fairness.ts';
import type { BiasGate } from '../../../lib/domain/spec/bias-gate.ts';
import { specSchema } from '../../../lib/domain/spec.ts';
import { delaySpec } from '../../support/a-world.ts';

const answered = (n: number, group: string, predicted: number): AnsweredRow[] =>
  Array.from({ length: n }, () => ({ predicted: String(predicted), label: '1', groups: [group] }));
const spec = { groups: [{ column: 'origin' }], minRows: 50 };
const rows = [
  ...answered(120, 'a', 1),
  ...answered(80, 'a', 0),
  ...answered(110, 'b', 1),
  ...answered(90, 'b', 0),
  ...answered(40, 'c', 1),
  ...answered(60, 'c', 0),
];
const judged = (gate: BiasGate, fairness = measureFairness(rows, spec, ['1'])) =>
  judgeGates([gate], { challenger: {}, baseline: {}, fairness }).results[0];

describe('a gate on bias', () => {
  it('passes when every group lies within its bounds', () => {
    expect(judged({ bias: 'DI', column: 'origin', atLeast: 0.6 })).toMatchObject({
      verdict: 'pass',
      metric: 'DI',
    });
  });

  it('fails by the worst group and names it', () => {
    // c: 40 of 100 against 230 of 400.
    expect(judged({ bias: 'DI', column: 'origin', atLeast: 0.8, atMost: 1.25 })).toMatchObject({
      verdict: 'fail',
      challenger: 0.4 / (230 / 400),
      reason: 'DI of origin c is 0.6957, wanted at least 0.8 and at most 1.25',
    });
  });

  it('fails by the groups that get nothing, where the ratio of the one that gets all is infinite', () => {
    const unequal = measureFairness(
      [
        ...answered(300, 'a', 1),
        ...answered(300, 'a', 0),
        ...answered(200, 'b', 0),
        ...answered(200, 'c', 0),
      ],
      spec,
      ['1'],
    );
    expect(judged({ bias: 'DI', column: 'origin', atLeast: 0.8 }, unequal)).toMatchObject({
      verdict: 'fail',
      reason: 'DI of origin b is 0, wanted at least 0.8',
    });
  });

  it('does not pass what has too few rows', () => {
    const few = measureFairness([...rows, ...answered(10, 'd', 1)], spec, ['1']);
    expect(judged({ bias: 'DI', column: 'origin', atLeast: 0.1 }, few)).toMatchObject({
      verdict: 'not-measurable',
      reason: 'DI of origin d has too few rows to be judged',
    });
    const none = judgeGates([{ bias: 'DI', column: 'origin', atLeast: 0.1 }], {
      challenger: {},
      baseline: {},
    });
    expect(none.passed).toBe(false);
  });

  it('must name a declared column and a bound', () => {
    const gates = (gate: object) => [{ metric: 'auc', atLeast: 0.5 }, gate];
    const complaints = (gate: object) =>
      specSchema
        .safeParse({
          ...delaySpec(),
          evaluation: { metric: 'auc', gates: gates(gate) },
          fairness: { groups: [{ column: 'carrier' }] },
        })
        .error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    expect(complaints({ bias: 'DI', column: 'carrier', atLeast: 0.8 })).toBeUndefined();
    expect(complaints({ bias: 'DI', column: 'temp', atLeast: 0.8 })).toEqual([
      'evaluation.gates.1.column: names no column of fairness.groups, got temp',
    ]);
    expect(complaints({ bias: 'DI', column: 'carrier' })).toHaveLength(1);
  });
});
