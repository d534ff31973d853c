import { describe, expect, it } from 'vitest';
import { auc } from '../../../lib/domain/evaluation/auc.ts';
import { brier } from '../../../lib/domain/evaluation/brier.ts';
import { evaluate } from '../../../lib/domain/evaluation/evaluate.ts';
import type { EvaluatedRow } from '../../../lib/domain/evaluation/evaluated-row.ts';
import { logLoss } from '../../../lib/domain/evaluation/log-loss.ts';
import { positiveClass } from '../../../lib/domain/evaluation/positive-class.ts';
import { r2 } from '../../../lib/domain/evaluation/r2.ts';

/** Rows whose predicted class is positive from a score of one half on. */
function binaryRows(labels: readonly number[], scores: readonly number[]): EvaluatedRow[] {
  return labels.map((label, i) => {
    const score = scores[i] as number;
    return { label: label === 1, prediction: { label: score >= 0.5, score } };
  });
}

// Expected values computed with scikit-learn 1.9.0 on the same numbers.
const LABELS = [...'1111111000011001010010001010011111111101'].map(Number);
const SCORES = [
  ...[
    0.23, 0.55, 0.35, 0.65, 0.63, 0.56, 0.1, 0.29, 0.39, 0.42, 0.09, 0.5, 0.4, 0.24, 0.61, 0.44, 0.39, 0.78,
    0.28, 0.38,
  ],
  ...[
    0.62, 0.41, 0.15, 0.42, 0.87, 0.09, 0.77, 0.42, 0.27, 1.0, 0.75, 0.36, 0.61, 0.72, 0.56, 0.74, 0.59, 0.73,
    0.69, 0.46,
  ],
];

function expectMetrics(measured: object, wanted: Record<string, number>): void {
  expect(Object.keys(measured).sort()).toEqual(Object.keys(wanted).sort());
  for (const [name, value] of Object.entries(wanted))
    expect((measured as Record<string, number>)[name], name).toBeCloseTo(value, 12);
}

describe('evaluate of a binary task', () => {
  it('equals scikit-learn on forty rows', () => {
    expectMetrics(evaluate('binary', binaryRows(LABELS, SCORES)), {
      auc: 0.8190104166666666,
      accuracy: 0.775,
      precision: 0.8947368421052632,
      recall: 0.7083333333333334,
      f1: 0.7906976744186046,
      logLoss: 0.5608636394483242,
      brier: 0.1872325,
    });
  });

  it('equals scikit-learn where scores tie', () => {
    const rows = binaryRows([0, 1, 0, 1, 1, 0, 1, 0], [0.5, 0.5, 0.3, 0.3, 0.9, 0.1, 0.5, 0.5]);
    expectMetrics(evaluate('binary', rows), {
      auc: 0.71875,
      accuracy: 0.625,
      precision: 0.6,
      recall: 0.75,
      f1: 0.6666666666666666,
      logLoss: 0.5679946877275128,
      brier: 0.2,
    });
  });

  it('leaves out what one class cannot measure', () => {
    const rows = binaryRows([0, 0, 0], [0.1, 0.2, 0.6]);
    const measured = evaluate('binary', rows);
    expect(measured.auc).toBeUndefined();
    expect(measured.recall).toBeUndefined();
    expect(measured.precision).toBe(0);
    expect(evaluate('binary', binaryRows([0, 0], [0.1, 0.2]))).toEqual({ accuracy: 1 });
  });

  it('measures nothing on no rows', () => {
    expect(evaluate('binary', [])).toEqual({});
    expect(evaluate('regression', [])).toEqual({});
    expect(evaluate('multiclass', [])).toEqual({});
  });

  it('never lets a broken score through as a number', () => {
    const measured = evaluate('binary', binaryRows([0, 1], [Number.NaN, 0.7]));
    expect(measured).not.toHaveProperty('auc');
    expect(measured).not.toHaveProperty('logLoss');
    expect(measured).not.toHaveProperty('brier');
  });
});

describe('evaluate of other tasks', () => {
  it('equals scikit-learn on three classes', () => {
    const probabilities = [
      { a: 0.7, b: 0.2, c: 0.1 },
      { a: 0.1, b: 0.6, c: 0.3 },
      { a: 0.2, b: 0.5, c: 0.3 },
      { a: 0.5, b: 0.25, c: 0.25 },
    ];
    const predicted = ['a', 'b', 'b', 'a'];
    const rows = ['a', 'b', 'c', 'a'].map((label, i) => ({
      label,
      prediction: {
        label: predicted[i] as string,
        score: 0.5,
        probabilities: probabilities[i] as Record<string, number>,
      },
    }));
    expectMetrics(evaluate('multiclass', rows), { accuracy: 0.75, logLoss: 0.6911551381476512 });
  });

  it('equals scikit-learn on numbers', () => {
    const predicted = [2.5, 0, 2, 8];
    const rows = [3, -0.5, 2, 7].map((label, i) => {
      const score = predicted[i] as number;
      return { label, prediction: { label: score, score } };
    });
    expectMetrics(evaluate('regression', rows), {
      rmse: 0.6123724356957945,
      mae: 0.5,
      r2: 0.9486081370449679,
    });
  });
});

describe('auc', () => {
  it('equals the example of roc_auc_score', () => {
    expect(auc([false, false, true, true], [0.1, 0.4, 0.35, 0.8])).toBe(0.75);
  });

  it('is one half when all scores are equal', () => {
    expect(auc([true, false, true], [1, 1, 1])).toBe(0.5);
  });
});

describe('logLoss', () => {
  it('equals the example of log_loss', () => {
    expect(logLoss([0.9, 0.9, 0.8, 0.65])).toBeCloseTo(0.21616187468057912, 14);
  });

  it('clips a certain and wrong prediction as scikit-learn does', () => {
    expect(logLoss([0, 0.5])).toBeCloseTo(18.36840028483855, 12);
  });
});

describe('brier', () => {
  it('equals the example of brier_score_loss', () => {
    expect(brier([false, true, true, false], [0.1, 0.9, 0.8, 0.3])).toBeCloseTo(0.0375, 15);
  });
});

describe('r2', () => {
  it('cannot be measured when the labels do not vary', () => {
    expect(r2([2, 2], [1, 3])).toBeUndefined();
    expect(r2([2], [2])).toBeUndefined();
  });
});

describe('positiveClass', () => {
  const rows = (...labels: (boolean | number | string)[]) =>
    labels.map((label) => ({ label, prediction: { label, score: 0.5 } }));

  it('is the later of two', () => {
    expect(positiveClass(rows(true, false))).toBe('true');
    expect(positiveClass(rows(2, 10))).toBe('10');
    expect(positiveClass(rows('no', 'yes'))).toBe('yes');
  });

  it('is known from the probabilities when only one class came', () => {
    const prediction = { label: false, score: 0.2, probabilities: { false: 0.8, true: 0.2 } };
    expect(positiveClass([{ label: false, prediction }])).toBe('true');
  });

  it('is unknown with one class or three', () => {
    expect(positiveClass(rows('no'))).toBeUndefined();
    expect(positiveClass(rows('a', 'b', 'c'))).toBeUndefined();
  });
});
