import { describe, expect, it } from 'vitest';
import { wilsonBounds } from '../../../lib/domain/statistics/proportion-interval.ts';

describe('wilsonBounds', () => {
  // scipy 1.17: binomtest(count, total).proportion_ci(method='wilson')
  it.each([
    [50, 1000, 0.03813026239274881, 0.06531382024425081],
    [3, 20, 0.05236874589621662, 0.3604188647407569],
    [0, 10, 0, 0.27753279986288926],
    [10, 10, 1 - 0.27753279986288926, 1],
  ])('is scipy’s for %i of %i', (count, total, low, high) => {
    const [a, b] = wilsonBounds(count, total);
    expect(a).toBeCloseTo(low, 12);
    expect(b).toBeCloseTo(high, 12);
  });

  it('says nothing of no rows', () => {
    expect(wilsonBounds(0, 0)).toEqual([0, 1]);
  });

  it('refuses a count beyond the total', () => {
    expect(() => wilsonBounds(3, 2)).toThrow('a Wilson interval needs a count from 0 to 2, got 3');
    expect(() => wilsonBounds(Number.NaN, 2)).toThrow(RangeError);
  });
});
