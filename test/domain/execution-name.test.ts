import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { executionName } from '../../lib/domain/execution-name.ts';

describe('executionName', () => {
  it('joins ids that fit as they are', () => {
    expect(executionName('churn-r1', 2)).toBe('churn-r1-2');
  });

  it('always fits Step Functions', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200 }), fc.nat(), (id, attempt) => {
        expect(executionName(id, attempt)).toMatch(/^[A-Za-z0-9_-]{1,80}$/);
      }),
    );
  });

  it('tells apart what differs only in characters or a length that do not fit', () => {
    expect(executionName('a:b')).not.toBe(executionName('a.b'));
    expect(executionName('x'.repeat(90))).not.toBe(executionName('x'.repeat(91)));
  });
});
