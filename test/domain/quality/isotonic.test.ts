import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillGaps } from '../../../lib/domain/quality/fill-gaps.ts';
import { isotonic } from '../../../lib/domain/quality/isotonic.ts';

const bin = fc.record({
  rows: fc.integer({ min: 0, max: 40 }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
});
const bins = fc
  .array(bin, { minLength: 1, maxLength: 30 })
  .map((list) => list.map(({ rows, share }) => ({ rows, positives: Math.floor(rows * share) })));

describe('isotonic', () => {
  // sklearn 1.9.0 IsotonicRegression().fit_transform(range(10), positives / rows, sample_weight=rows)
  it('equals scikit-learn', () => {
    const rows = [12, 30, 8, 25, 40, 15, 22, 9, 31, 18];
    const positives = [2, 4, 3, 2, 11, 9, 10, 3, 24, 15];
    const wanted = [
      0.14285714285714285, 0.14285714285714285, 0.15151515151515152, 0.15151515151515152, 0.275,
      0.4782608695652174, 0.4782608695652174, 0.4782608695652174, 0.7741935483870968, 0.8333333333333334,
    ];
    const fit = isotonic(rows.map((n, i) => ({ rows: n, positives: positives[i] as number })));
    fit?.shares.forEach((share, i) => {
      expect(share).toBeCloseTo(wanted[i] as number, 14);
    });
    expect(fit?.pools).toEqual([0, 0, 1, 1, 2, 3, 3, 3, 4, 5]);
  });

  it('never falls, and keeps the number of positives', () => {
    fc.assert(
      fc.property(bins, (list) => {
        const fit = isotonic(list);
        if (fit === undefined) return list.every(({ rows }) => rows === 0);
        const kept = list.reduce((sum, { rows }, i) => sum + rows * (fit.shares[i] as number), 0);
        expect(kept).toBeCloseTo(
          list.reduce((sum, { positives }) => sum + positives, 0),
          9,
        );
        return fit.shares.every((share, i) => i === 0 || share >= (fit.shares[i - 1] as number) - 1e-12);
      }),
    );
  });

  it('puts a bin without rows between its neighbours', () => {
    const fit = isotonic([
      { rows: 0, positives: 0 },
      { rows: 10, positives: 2 },
      { rows: 0, positives: 0 },
      { rows: 10, positives: 6 },
    ]);
    expect(fit).toEqual({ shares: [0.2, 0.2, 0.4, 0.6], pools: [-1, 0, -1, 1] });
    expect(isotonic([{ rows: 0, positives: 0 }])).toBeUndefined();
    expect(fillGaps([undefined, undefined])).toBeUndefined();
  });
});
