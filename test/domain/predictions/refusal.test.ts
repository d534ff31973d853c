import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../../lib/domain/predictions/refusal.ts';
import { rowCheck } from '../../../lib/domain/predictions/row-check.ts';
import { delaySpec } from '../../support/a-world.ts';

const NOW = '2026-11-24T12:00:00.000Z';
const check = rowCheck(delaySpec());
const aTrip = (more: object = {}) => ({
  trip: 't',
  at: '2013-02-01T05:30:00Z',
  temp: 1,
  carrier: 'AA',
  ...more,
});
const refused = (rows: readonly unknown[], timeColumn: string | undefined = 'at') =>
  refusalOf(rows, check(rows, NOW), timeColumn, NOW);

describe('refusalOf', () => {
  it('counts rows by rule and column, with what the caller was told of the first', () => {
    const rows = [aTrip(), aTrip({ temp: 'warm', humid: 3 }), aTrip({ temp: 'cold' }), 7];
    expect(refused(rows)).toEqual({
      eventTime: '2013-02-01T05:30:00.000Z',
      receivedAt: NOW,
      rows: 4,
      problems: [
        {
          rule: 'float-type-string-not-float',
          column: 'temp',
          rows: 2,
          message: 'must be a number, got "warm"',
          example: { row: 2, value: '"warm"' },
        },
        { rule: 'schema-new-column', column: 'humid', rows: 1, message: 'is no column of the spec' },
        {
          rule: 'unexpected-data-type',
          rows: 1,
          message: 'must be an object, got 7',
          example: { row: 4, value: '7' },
        },
      ],
    });
  });

  it.each([
    ['a column that is missing', { carrier: undefined }, 'schema-missing-column'],
    ['no value where there must be one', { carrier: null }, 'feature-type-low-fraction-present'],
    ['a number beyond its range', { temp: 99 }, 'float-type-big-float'],
    ['a time that is none', { at: 'soon' }, 'timestamp-type-not-time'],
    ['a time that stands for none', { at: '9999-12-31' }, 'timestamp-type-out-of-range'],
    ['the label', { late: true }, 'schema-new-column'],
  ])('names the rule of %s as a dataset does', (_what, more, rule) => {
    const row = JSON.parse(JSON.stringify(aTrip(more)));
    expect(refused([row]).problems.map((problem) => problem.rule)).toEqual([rule]);
  });

  it('lies at the time of its first row that says one, and never after its receipt', () => {
    const bad = aTrip({ temp: 'warm' });
    expect(refused([aTrip({ at: 'soon' }), bad]).eventTime).toBe('2013-02-01T05:30:00.000Z');
    for (const row of [
      7,
      null,
      { ...bad, at: 'soon' },
      { ...bad, at: '2026-11-25' },
      { ...bad, at: '0001-01-01' },
    ])
      expect(refused([row]).eventTime).toBe(NOW);
    expect(refusalOf([bad], check([bad], NOW), undefined, NOW).eventTime).toBe(NOW);
  });

  it('stays small, whatever names somebody makes up', () => {
    const names = Array.from({ length: 300 }, (_, i) => [`${i}${'x'.repeat(5000)}`, i]);
    const { problems } = refused([{ ...aTrip(), ...Object.fromEntries(names) }]);
    expect(problems).toHaveLength(50);
    expect(problems.every(({ column }) => column?.length === 100)).toBe(true);
  });
});
