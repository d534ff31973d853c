import { describe, expect, it } from 'vitest';
import { delongVariance } from '../../../lib/domain/evaluation/auc-interval.ts';
import { evaluate } from '../../../lib/domain/evaluation/evaluate.ts';
import type { EvaluatedRow } from '../../../lib/domain/evaluation/evaluated-row.ts';
import { metricIntervals } from '../../../lib/domain/evaluation/intervals.ts';
import type { Interval } from '../../../lib/domain/quality/interval.ts';
import { seededRandom } from '../../../lib/domain/statistics/random/generator.ts';

const fraction = (x: number) => Math.abs(x) % 1;
const us = Array.from({ length: 400 }, (_, i) => fraction(Math.sin(i * 12.9898) * 43758.5453));
const vs = Array.from({ length: 400 }, (_, i) => fraction(Math.sin((i + 7) * 78.233) * 12543.123));

/** 400 rows with ties in their scores, of a model that sees something. */
const classes = us.map((u, i): EvaluatedRow => {
  const score = Math.round(u * 1000) / 1000;
  const label = Number((vs[i] as number) < 0.15 + 0.7 * score);
  return { label, prediction: { label: Number(score >= 0.5), score } };
});
const numbers = us.map((u, i): EvaluatedRow => {
  const score = 10 * u;
  return { label: score + ((vs[i] as number) - 0.5) * 4, prediction: { label: score, score } };
});

function expectInterval(found: Interval | undefined, estimate: number, lower: number, upper: number) {
  expect(found?.estimate).toBeCloseTo(estimate, 9);
  expect(found?.lower).toBeCloseTo(lower, 9);
  expect(found?.upper).toBeCloseTo(upper, 9);
}

// All reference values: scipy 1.17.1, scikit-learn 1.9.0, the same 400 rows.
describe('metricIntervals', () => {
  const found = metricIntervals('binary', classes);

  it('bounds shares as scipy’s binomtest(k, n).proportion_ci(method="wilson")', () => {
    expectInterval(found.accuracy, 0.645, 0.5969304612084719, 0.6903109734345821);
    expectInterval(found.precision, 0.65, 0.5816346433604008, 0.7127117587264192);
    expectInterval(found.recall, 0.6435643564356436, 0.5754016046532102, 0.706368648687848);
  });

  // Percentiles of 2,000 bootstraps of sklearn's f1_score: 0.59124 and 0.69857.
  it('bounds f1 as the monotone image of a share, which is where a bootstrap puts it', () => {
    expectInterval(found.f1, 0.6467661691542288, 0.5908547375786557, 0.6989302967138622);
  });

  // Variance by the definition over all pairs in numpy; 2,000 bootstraps of roc_auc_score deviate by 0.0264, this by 0.0257.
  it('bounds AUC by DeLong, ties and all', () => {
    const positives = classes.map((row) => row.label === 1);
    const scores = classes.map((row) => row.prediction.score);
    expect(delongVariance(positives, scores)).toBeCloseTo(0.0006600802201978401, 12);
    expectInterval(found.auc, 0.7056955695569557, 0.6529685618384609, 0.7534364403117477);
  });

  it('bounds mean losses as scipy’s sem does', () => {
    expectInterval(found.logLoss, 0.6737799768691944, 0.6053066786795984, 0.7422532750587905);
    expectInterval(found.brier, 0.229500355, 0.20556103907326842, 0.2534396709267316);
  });

  // 4,000 bootstraps of r2_score deviate by 0.00871, the influence function by 0.00854.
  it('bounds what is measured of numbers', () => {
    const { mae, rmse, r2 } = metricIntervals('regression', numbers);
    expectInterval(mae, 0.9619858564704864, 0.903499195789123, 1.0204725171518498);
    expectInterval(rmse, 1.1316858339166593, 1.0801375226787737, 1.183234145154545);
    expectInterval(r2, 0.8672288401345494, 0.8504985838648472, 0.8839590964042515);
  });

  it('estimates what evaluate measures', () => {
    for (const [task, rows] of [
      ['binary', classes],
      ['regression', numbers],
    ] as const) {
      const intervals = metricIntervals(task, rows);
      const measured = evaluate(task, rows);
      expect(Object.keys(intervals).sort()).toEqual(Object.keys(measured).sort());
      for (const [name, value] of Object.entries(measured))
        expect(intervals[name as keyof typeof measured]?.estimate).toBeCloseTo(value, 12);
    }
  });

  it('covers the true AUC in 19 of 20 samples, as far out as 0.95', () => {
    const random = seededRandom(3);
    // Two normals 2.326 apart: the true area is Φ(2.326/√2) = 0.95.
    const covered = Array.from({ length: 300 }, () => {
      const rows = Array.from({ length: 120 }, (_, i): EvaluatedRow => {
        const score = random.normal() + (i % 3 === 0 ? 2.3261743 : 0);
        return { label: Number(i % 3 === 0), prediction: { label: Number(score > 1), score } };
      });
      const { auc } = metricIntervals('binary', rows, '1');
      return auc !== undefined && auc.lower <= 0.95 && 0.95 <= auc.upper;
    }).filter(Boolean).length;
    expect(covered).toBeGreaterThanOrEqual(276);
    expect(covered).toBeLessThan(300);
  });

  it('does not call a perfect separation of few rows certain', () => {
    const rows = [0.1, 0.2, 0.8, 0.9].map((score) => ({
      label: Number(score > 0.5),
      prediction: { label: Number(score > 0.5), score },
    }));
    expect(metricIntervals('binary', rows).auc).toMatchObject({ estimate: 1, upper: 1 });
    expect(metricIntervals('binary', rows).auc?.lower).toBeLessThan(0.5);
  });

  it('leaves out what cannot be measured, and measures one class where the positive one is known', () => {
    expect(metricIntervals('binary', [])).toEqual({});
    expect(metricIntervals('regression', numbers.slice(0, 1))).toEqual({});
    const positives = classes.filter((row) => row.label === 1 && row.prediction.label === 1);
    expect(Object.keys(metricIntervals('binary', positives))).toEqual(['accuracy']);
    expect(Object.keys(metricIntervals('binary', positives, '1'))).toContain('recall');
    expect(Object.keys(metricIntervals('binary', positives, '1'))).not.toContain('auc');
  });
});
