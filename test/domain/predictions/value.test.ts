import { describe, expect, it } from 'vitest';
import { valueCheck } from '../../../lib/domain/predictions/value.ts';
import type { ColumnSpec } from '../../../lib/domain/spec.ts';

const aColumn = (more: Partial<ColumnSpec>): ColumnSpec => ({
  name: 'x',
  type: 'number',
  nullable: false,
  tolerance: 0,
  ...more,
});
const says = (column: Partial<ColumnSpec>, value: unknown) => valueCheck(aColumn(column))(value);

describe('valueCheck', () => {
  it.each([
    ['number', 1.5],
    ['integer', -3],
    ['string', ''],
    ['boolean', false],
    ['timestamp', '2013-04-01T05:00:00Z'],
    ['timestamp', '2013-04-01 05:00'],
  ] as const)('takes a %s such as %j', (type, value) => {
    expect(says({ type }, value)).toBeUndefined();
  });

  it.each([
    ['number', '1.5', 'must be a number, got "1.5"'],
    ['number', Number.NaN, 'must be a number, got null'],
    ['integer', 1.5, 'must be an integer, got 1.5'],
    ['integer', 2 ** 53, 'must be an integer, got 9007199254740992'],
    ['string', 5, 'must be a text of at most 10000 characters, got 5'],
    ['boolean', 'true', 'must be true or false, got "true"'],
    ['timestamp', 'soon', 'must be an ISO 8601 time, got "soon"'],
    ['timestamp', '2013-02-31T25:00:00Z', 'must be an ISO 8601 time, got "2013-02-31T25:00:00Z"'],
  ] as const)('refuses as %s the value %j', (type, value, message) => {
    expect(says({ type }, value)).toBe(message);
  });

  it('takes null where the spec has nulls, wholly or by a share', () => {
    expect(says({}, null)).toBe('must not be null');
    expect(says({ nullable: true }, null)).toBeUndefined();
    expect(says({ maxNullShare: 0.1 }, null)).toBeUndefined();
  });

  it('binds one row to a rule only when no row at all may break it', () => {
    expect(says({ min: 0, max: 10 }, 11)).toBe('must be at most 10, got 11');
    expect(says({ min: 0, max: 10 }, -1)).toBe('must be at least 0, got -1');
    expect(says({ min: 0, max: 10, tolerance: 0.01 }, 11)).toBeUndefined();
    expect(says({ type: 'string', values: ['a'] }, 'b')).toBe('must be a listed value, got "b"');
    expect(says({ type: 'string', values: ['a'], tolerance: 0.01 }, 'b')).toBeUndefined();
  });

  it('shows no more of a value than a sentence bears', () => {
    expect(says({}, 'x'.repeat(5000))?.length).toBeLessThan(100);
  });
});
