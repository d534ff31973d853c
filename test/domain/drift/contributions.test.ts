import { describe, expect, it } from 'vitest';
import { rangeName } from '../../../lib/domain/drift/contributions.ts';
import { nextUp } from '../../../lib/domain/profile/edges.ts';

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
