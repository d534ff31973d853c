import { describe, expect, it } from 'vitest';
import { specSchema } from '../../../lib/domain/spec.ts';
import { delaySpec } from '../../support/a-world.ts';

const complaints = (fairness: object, task = 'binary') => {
  const metric = task === 'regression' ? 'rmse' : 'accuracy';
  const evaluation = { metric, gates: [{ metric, atLeast: 0 }] };
  const read = specSchema.safeParse({ ...delaySpec(), task, evaluation, fairness });
  return (read.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`);
};

describe('the fairness part of a spec', () => {
  it('takes groups of input columns, features or not', () => {
    expect(
      complaints({ groups: [{ column: 'carrier' }, { column: 'temp', above: 0, within: 'carrier' }] }),
    ).toEqual([]);
    expect(
      specSchema.parse({ ...delaySpec(), fairness: { groups: [{ column: 'carrier' }] } }).fairness?.minRows,
    ).toBe(50);
    expect(delaySpec().fairness).toBeUndefined();
  });

  it('says what is wrong with a group', () => {
    expect(
      complaints({
        groups: [{ column: 'nowhere' }, { column: 'late' }, { column: 'carrier', within: 'nor' }],
      }),
    ).toEqual([
      'fairness.groups.0.column: names no input column, got nowhere',
      'fairness.groups.1.column: names no input column, got late',
      'fairness.groups.2.within: names no input column, got nor',
    ]);
    expect(complaints({ groups: [{ column: 'temp' }, { column: 'carrier', above: 3 }] })).toEqual([
      'fairness.groups.0.above: must be given for a column of numbers',
      'fairness.groups.1.above: needs a numeric column, got string',
    ]);
    expect(complaints({ groups: [{ column: 'temp', above: 1, values: ['1'] }] })).toEqual([
      'fairness.groups.0.values: excludes above: give one of the two',
    ]);
  });

  it('needs classes, and for more than two which of them are favourable', () => {
    expect(complaints({ groups: [{ column: 'carrier' }] }, 'regression')).toEqual([
      'fairness: is measured for classes only, got task regression',
    ]);
    expect(complaints({ groups: [{ column: 'carrier' }] }, 'multiclass')).toEqual([
      'fairness.favourable: must be given for more than two classes',
    ]);
    expect(complaints({ groups: [{ column: 'carrier' }], favourable: ['a'] }, 'multiclass')).toEqual([]);
  });
});
