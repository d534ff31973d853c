import { describe, expect, it } from 'vitest';
import { integerTable } from '../../../lib/domain/profile/integer-table.ts';
import { aNumericColumn } from './a-profile.ts';

describe('integerTable', () => {
  it('is none for a column whose lowest edge is no integer, and its integers are counted all the same', () => {
    const edges = [0.5, 1, 2, 3];
    expect(integerTable(Float64Array.from(edges))).toBeUndefined();
    expect(aNumericColumn([0, 1, 1, 2, 3], edges)).toMatchObject({ n: 5, bins: { counts: [1, 0, 2, 1, 1] } });
  });
});
