import { describe, expect, it } from 'vitest';
import { rangeName } from '../../../lib/domain/drift/contributions.ts';
import { whereNumbersMoved } from '../../../lib/domain/drift/sentence.ts';
import { nextUp } from '../../../lib/domain/profile/edges.ts';
import { aNumericColumn } from '../profile/a-profile.ts';

const ATOM = [0, nextUp(0), 1];

describe('where numbers moved', () => {
  it('is said of an atom as of a value, never by the edge behind it', () => {
    const [dry, wet] = [aNumericColumn([0, 0, 0, 2], ATOM), aNumericColumn([0, 2, 2, 2], ATOM)];
    expect(whereNumbersMoved(dry, wet, ATOM, 'mm')).toBe(
      'mostly above 0 mm (25 % → 75 % of values, mean 0.5 → 1.5 mm)',
    );
    expect(whereNumbersMoved(wet, dry, ATOM)).toBe('mostly up to 0 (25 % → 75 % of values, mean 1.5 → 0.5)');
  });

  it('is said by the edge of a range', () => {
    const [low, high] = [aNumericColumn([0, 1], [0.5]), aNumericColumn([1, 1], [0.5])];
    expect(whereNumbersMoved(high, low, [0.5])).toMatch(/^mostly below 0\.5 /);
  });
});

describe('rangeName', () => {
  it.each([
    [undefined, undefined, 'all values'],
    [undefined, 0, 'below 0'],
    [0, nextUp(0), '0'],
    [nextUp(0), 3, '0 to 3'],
    [3, nextUp(3), '3'],
    [3, undefined, 'from 3'],
  ])('of %d to %d is %s', (from, to, name) => {
    expect(rangeName(from, to)).toBe(name);
  });
});
