import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type EstimateErrors,
  estimateErrors,
  recordErrors,
} from '../../../lib/domain/quality/estimate-error.ts';

const off = (error: number, inside = true): EstimateErrors => ({
  accuracy: { estimated: 0.8 + error, realized: 0.8, error, inside },
});

describe('estimateErrors', () => {
  it('says how far an estimate was off and whether its interval held', () => {
    const metrics = {
      accuracy: { estimate: 0.85, lower: 0.8, upper: 0.9 },
      auc: { estimate: 0.7, lower: 0.6, upper: 0.8 },
    };
    const estimate = {
      verdict: 'measured',
      rows: 100,
      method: 'calibrated-confidence',
      metrics,
      assumption: '',
    } as const;
    const found = estimateErrors(estimate, { accuracy: 0.79, brier: 0.1 });
    expect(Object.keys(found)).toEqual(['accuracy']);
    expect(found.accuracy).toMatchObject({ estimated: 0.85, realized: 0.79, inside: false });
    expect(found.accuracy?.error).toBeCloseTo(0.06, 12);
  });
});

describe('recordErrors', () => {
  it('is the mean over windows, however often each was measured', () => {
    const errors = fc.array(fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.boolean()), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(errors, errors, (first, last) => {
        let record = {};
        for (const [error, inside] of first) record = recordErrors(record, undefined, off(error, inside));
        const again = first.map((was, i) => [was, last[i] ?? was] as const);
        for (const [[was, held], [error, inside]] of again)
          record = recordErrors(record, off(was, held), off(error, inside));
        const now = again.map(([, at]) => at);
        const { accuracy } = record as ReturnType<typeof recordErrors>;
        expect(accuracy?.windows).toBe(first.length);
        const mean = (of: (at: (typeof now)[number]) => number) =>
          now.reduce((sum, at) => sum + of(at), 0) / now.length;
        expect(accuracy?.meanAbsoluteError).toBeCloseTo(
          mean(([error]) => Math.abs(error)),
          9,
        );
        expect(accuracy?.shareInside).toBeCloseTo(
          mean(([, inside]) => Number(inside)),
          9,
        );
      }),
    );
  });

  it('forgets a metric whose last window no longer measures it', () => {
    expect(recordErrors(recordErrors({}, undefined, off(0.1)), off(0.1), {})).toEqual({});
  });
});
