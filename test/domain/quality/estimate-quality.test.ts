import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../lib/domain/evaluation/evaluate.ts';
import type { EvaluatedRow } from '../../../lib/domain/evaluation/evaluated-row.ts';
import { calibrationSchema } from '../../../lib/domain/quality/calibration.ts';
import { estimateQuality } from '../../../lib/domain/quality/estimate-quality.ts';
import { learnCalibration } from '../../../lib/domain/quality/learn-calibration.ts';
import { seededRandom } from '../../../lib/domain/statistics/random/generator.ts';
import { calibrated, EDGES, gridRows, overconfident, scoreBins } from './a-grid.ts';

const onHoldout = (positives: (score: number) => number) =>
  gridRows((i) => 100 + 10 * ((i * 7) % 13), positives);
const window = scoreBins(
  gridRows((i) => 20 + i * 6, calibrated),
  EDGES,
);

describe('estimateQuality', () => {
  // NannyML 0.13.1 CBPE(problem_type='classification_binary', chunk_size=len(window)) on the same rows; needs_calibration False.
  it('equals NannyML where scores are probabilities already', () => {
    const calibration = learned(onHoldout(calibrated));
    expect(calibration.map?.method).toBe('identity');
    const { metrics } = estimateQuality(window, calibration);
    expect(metrics.accuracy?.estimate).toBeCloseTo(0.75, 12);
    expect(metrics.precision?.estimate).toBeCloseTo(0.7731308411214953, 12);
    expect(metrics.recall?.estimate).toBeCloseTo(0.8532748839608045, 12);
    expect(metrics.f1?.estimate).toBeCloseTo(0.8112282422162295, 12);
    expect(metrics.auc?.estimate).toBeCloseTo(0.813034674125237, 9);
  });

  // The same call; needs_calibration True, isotonic fit by scikit-learn 1.9.1.
  it('equals NannyML where scores must be calibrated first', () => {
    const calibration = learned(onHoldout(overconfident));
    expect(calibration.map?.method).toBe('isotonic');
    const { metrics } = estimateQuality(window, calibration);
    expect(metrics.accuracy?.estimate).toBeCloseTo(0.649281122181086, 12);
    expect(metrics.precision?.estimate).toBeCloseTo(0.6628291635610579, 12);
    expect(metrics.recall?.estimate).toBeCloseTo(0.7981745996059803, 12);
    expect(metrics.f1?.estimate).toBeCloseTo(0.7242327714278816, 12);
    // NannyML rounds the cumulated counts to five places.
    expect(metrics.auc?.estimate).toBeCloseTo(0.6791041977087742, 8);
  });

  it('adds up probabilities of bins to what adding them up row by row gives', () => {
    const random = seededRandom(7);
    const rows = Array.from({ length: 5000 }, () => rowOf(random.uniform() ** 2, random.uniform()));
    const edges = [0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9];
    const calibration = learned(rows, edges);
    expect(calibration.map?.method).toBe('identity');
    const scores = Array.from({ length: 2000 }, () => random.uniform());
    const hits = scores.reduce((sum, s) => sum + (s >= 0.5 ? s : 0), 0);
    const right = scores.reduce((sum, s) => sum + (s >= 0.5 ? s : 1 - s), 0);
    const positives = scores.reduce((sum, s) => sum + s, 0);
    const called = scores.filter((s) => s >= 0.5).length;
    const { metrics } = estimateQuality(
      scoreBins(
        scores.map((s) => rowOf(s, 1)),
        edges,
      ),
      calibration,
    );
    expect(metrics.accuracy?.estimate).toBeCloseTo(right / 2000, 12);
    expect(metrics.precision?.estimate).toBeCloseTo(hits / called, 12);
    expect(metrics.recall?.estimate).toBeCloseTo(hits / positives, 12);
    expect(metrics.f1?.estimate).toBeCloseTo((2 * hits) / (called + positives), 12);
  });

  it('holds what labels show in 19 of 20 windows when only the mix of scores changes', () => {
    const random = seededRandom(11);
    const draw = (tilt: number) => {
      const score = random.uniform() ** tilt;
      return rowOf(score, random.uniform(), overconfident(score));
    };
    const covered = { accuracy: 0, f1: 0, auc: 0, recall: 0, precision: 0 };
    const edges = Array.from({ length: 31 }, (_, i) => (i + 1) / 32);
    for (let trial = 0; trial < 200; trial++) {
      const calibration = learned(
        Array.from({ length: 1000 }, () => draw(1)),
        edges,
      );
      const rows = Array.from({ length: 800 }, () => draw(0.6));
      const { metrics } = estimateQuality(scoreBins(rows, edges), calibration);
      const realized = evaluate('binary', rows);
      for (const name of Object.keys(covered) as (keyof typeof covered)[]) {
        const { lower = 1, upper = 0 } = metrics[name] ?? {};
        covered[name] += Number((realized[name] ?? -1) >= lower && (realized[name] ?? -1) <= upper);
      }
    }
    for (const hits of Object.values(covered)) {
      expect(hits).toBeGreaterThanOrEqual(180);
      expect(hits).toBeLessThan(200);
    }
  });

  it('cannot see that scores have come to mean something else, as its assumption says', () => {
    const calibration = learned(onHoldout(calibrated));
    const flipped = gridRows(
      (i) => 20 + i * 6,
      (score) => 1 - score,
    );
    const estimate = estimateQuality(scoreBins(flipped, EDGES), calibration);
    expect(estimate.metrics.accuracy?.estimate).toBeCloseTo(0.75, 2);
    expect(evaluate('binary', flipped).accuracy).toBeLessThan(0.3);
    expect(estimate.assumption).toContain('cannot see a changed relation');
  });

  it('is surer with more rows on either side, and unsure of scores the holdout never had', () => {
    const width = (rows: number, holdout: number) => {
      const calibration = learned(gridRows(() => holdout, overconfident));
      const { lower = 0, upper = 0 } =
        estimateQuality(
          scoreBins(
            gridRows(() => rows, calibrated),
            EDGES,
          ),
          calibration,
        ).metrics.accuracy ?? {};
      return upper - lower;
    };
    expect(width(200, 100)).toBeLessThan(width(20, 100));
    expect(width(200, 1000)).toBeLessThan(width(200, 100));
    const low = learned(gridRows((i) => (i < 10 ? 100 : i === 19 ? 1 : 0), overconfident));
    const high = scoreBins(
      gridRows((i) => (i < 10 ? 0 : 100), calibrated),
      EDGES,
    );
    const { lower = 0, upper = 0 } = estimateQuality(high, low).metrics.accuracy ?? {};
    expect(upper - lower).toBeGreaterThan(0.3);
  });

  it('estimates the accuracy of more than two classes from their confidence', () => {
    const rows = gridRows(() => 100, overconfident).map(
      ({ label, prediction }): EvaluatedRow => ({
        label: label ? 'a' : 'b',
        prediction: { label: 'a', score: prediction.score },
      }),
    );
    const calibration = calibrationSchema.parse(learnCalibration('multiclass', EDGES, rows));
    const { metrics } = estimateQuality(scoreBins(rows, EDGES), calibration);
    expect(metrics.accuracy?.estimate).toBeCloseTo(evaluate('multiclass', rows).accuracy ?? 0, 12);
    expect(Object.keys(metrics)).toEqual(['accuracy']);
  });

  it('says why it estimates nothing', () => {
    const calibration = learned(onHoldout(calibrated));
    expect(estimateQuality(undefined, calibration)).toMatchObject({
      verdict: 'insufficient-data',
      reason: 'an estimate needs at least 30 scored rows, got 0',
      metrics: {},
    });
    const other = scoreBins(
      gridRows(() => 5, calibrated),
      [0.5],
    );
    expect(estimateQuality(other, calibration).reason).toBe(
      "an estimate needs the version's 20 score bins, got 2",
    );
    expect(learnCalibration('binary', EDGES, [])).toBeUndefined();
    const onlyPositive = gridRows(
      () => 5,
      () => 1,
    ).filter((row) => row.prediction.label === 1);
    expect(learnCalibration('binary', EDGES, onlyPositive)).toBeUndefined();
  });
});

describe('the estimate of predicted numbers', () => {
  const rowsOf = (seed: number, n: number, centre: number) => {
    const random = seededRandom(seed);
    return Array.from({ length: n }, (): EvaluatedRow => {
      const score = centre + random.normal() * 2;
      // Larger predictions are further off.
      return {
        label: score + random.normal() * (0.5 + 0.2 * Math.abs(score)),
        prediction: { label: score, score },
      };
    });
  };
  const edges = Array.from({ length: 40 }, (_, i) => -6 + i * 0.4);

  it('mixes the mean losses of the holdout as the window mixes its predictions', () => {
    const calibration = calibrationSchema.parse(learnCalibration('regression', edges, rowsOf(1, 20_000, 0)));
    const later = rowsOf(2, 20_000, 2);
    const { metrics, method } = estimateQuality(scoreBins(later, edges), calibration);
    const [realized, before] = [evaluate('regression', later), evaluate('regression', rowsOf(1, 20_000, 0))];
    expect(method).toBe('binned-loss');
    for (const name of ['mae', 'rmse'] as const) {
      const { estimate = 0, lower = 0, upper = 0 } = metrics[name] ?? {};
      expect(estimate).toBeGreaterThan((before[name] ?? 0) * 1.1);
      expect(realized[name]).toBeGreaterThan(lower);
      expect(realized[name]).toBeLessThan(upper);
    }
  });

  it('gives back the holdout’s own losses on the holdout’s own predictions', () => {
    const rows = rowsOf(3, 500, 0);
    const calibration = calibrationSchema.parse(learnCalibration('regression', edges, rows));
    const { metrics } = estimateQuality(scoreBins(rows, edges), calibration);
    expect(metrics.mae?.estimate).toBeCloseTo(evaluate('regression', rows).mae ?? 0, 12);
    expect(metrics.rmse?.estimate).toBeCloseTo(evaluate('regression', rows).rmse ?? 0, 12);
  });
});

function learned(rows: readonly EvaluatedRow[], edges: readonly number[] = EDGES) {
  return calibrationSchema.parse(learnCalibration('binary', edges, rows));
}

/** A row of this score; positive when the draw lies below the chance. */
function rowOf(score: number, draw: number, chance = score): EvaluatedRow {
  return { label: Number(draw < chance), prediction: { label: Number(score >= 0.5), score } };
}
