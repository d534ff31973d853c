import { describe, expect, it } from 'vitest';
import type { EvaluatedRow } from '../../../lib/domain/evaluation/evaluated-row.ts';
import { decisionThreshold } from '../../../lib/domain/quality/decision-threshold.ts';
import { learnCalibration } from '../../../lib/domain/quality/learn-calibration.ts';
import { scoreChanges } from '../../../lib/domain/quality/quality-change.ts';
import { calibrated, EDGES, gridRows } from './a-grid.ts';

const learned = (rows: readonly EvaluatedRow[], task: 'binary' | 'regression' = 'binary') => {
  const calibration = learnCalibration(task, EDGES, rows);
  if (calibration === undefined) throw new Error('the grid teaches something');
  return calibration;
};
const accuracyOf = (calibration: ReturnType<typeof learned>, rows: readonly EvaluatedRow[]) =>
  scoreChanges(calibration, rows).find((change) => change.measure === 'accuracy');

describe('scoreChanges', () => {
  const calibration = learned(gridRows(() => 400, calibrated));

  it('finds that more uncertain cases came, and no other relation', () => {
    const change = accuracyOf(
      calibration,
      gridRows((i) => (i > 5 && i < 14 ? 800 : 100), calibrated),
    );
    expect(change?.change.estimate).toBeLessThan(-0.05);
    expect(change?.mix.estimate).toBeCloseTo(change?.change.estimate ?? 0, 2);
    expect(change?.verdict).toBe('stable');
  });

  it('finds that scores have come to mean something else', () => {
    const weaker = (score: number) => 0.5 + (score - 0.5) * 0.5;
    const change = accuracyOf(
      calibration,
      gridRows(() => 200, weaker),
    );
    expect(change).toMatchObject({ by: 'score', threshold: 0.02, verdict: 'drifted' });
    expect(change?.mix.estimate).toBeCloseTo(0, 3);
    expect(change?.sentence).toMatch(/^accuracy fell by 0\.1\d\d: [+−]0\.00\d from another mix/);
  });

  it('does not mind that cases became easier to tell', () => {
    const surer = (score: number) => (score < 0.5 ? score * 0.6 : 1 - (1 - score) * 0.6);
    const change = accuracyOf(
      calibration,
      gridRows(() => 200, surer),
    );
    expect(change?.concept.estimate).toBeGreaterThan(0.05);
    expect(change?.verdict).toBe('stable');
  });

  it('says of few labels that they are too few', () => {
    expect(
      accuracyOf(
        calibration,
        gridRows(() => 4, calibrated),
      )?.verdict,
    ).toBe('insufficient-data');
    expect(scoreChanges(calibration, [])).toEqual([]);
  });

  it('measures numbers by their mean absolute error, a tenth of which counts', () => {
    const numbers = (spread: number) =>
      gridRows(() => 200, calibrated).map(({ prediction }, i) => ({
        label: prediction.score + (i % 2 ? spread : -spread) * (1 + (i % 7)),
        prediction: { label: prediction.score, score: prediction.score },
      }));
    const [change] = scoreChanges(learned(numbers(0.01), 'regression'), numbers(0.02));
    expect(change).toMatchObject({ measure: 'mae', verdict: 'drifted' });
    expect(change?.threshold).toBeCloseTo(0.004, 5);
  });
});

describe('decisionThreshold', () => {
  it('is one half where the answers agree, else the lowest score that was called', () => {
    expect(decisionThreshold([0.2, 0.4, 0.7], [false, false, true])).toBe(0.5);
    expect(decisionThreshold([0.2, 0.25, 0.7], [false, true, true])).toBe(0.25);
    expect(decisionThreshold([0.2, 0.5, 0.7], [false, false, true])).toBe(0.5000000000000001);
    expect(decisionThreshold([-2, 3], [false, true])).toBe(0.5);
  });

  it('is none where no threshold explains the calls', () => {
    expect(decisionThreshold([0.7, 0.2], [false, true])).toBeUndefined();
    expect(decisionThreshold([0.7, 0.2], [false, false])).toBeUndefined();
    expect(decisionThreshold([], [])).toBeUndefined();
  });
});
