import { describe, expect, it } from 'vitest';
import { chiSquareHomogeneity } from '../../../lib/domain/statistics/chi-square.ts';
import { chiSquareFit } from '../../../lib/domain/statistics/chi-square-fit.ts';
import { cohenH } from '../../../lib/domain/statistics/cohen-h.ts';
import { cramersV } from '../../../lib/domain/statistics/cramers-v.ts';
import { fisherExact } from '../../../lib/domain/statistics/fisher-exact.ts';
import { gTest } from '../../../lib/domain/statistics/g-test.ts';
import { missingness } from '../../../lib/domain/statistics/missingness.ts';
import { newcombe, wilson } from '../../../lib/domain/statistics/proportion-interval.ts';
import { clopperPearson } from '../../../lib/domain/statistics/special/binomial.ts';
import { twoProportionZ } from '../../../lib/domain/statistics/two-proportion.ts';
import { volumeRatio } from '../../../lib/domain/statistics/volume-ratio.ts';
import { FREQUENT, UNSEEN } from './reference-pairs.ts';

describe('chiSquareHomogeneity', () => {
  it('equals scipy 1.17.1 stats.chi2_contingency without correction', () => {
    expectTest(chiSquareHomogeneity(FREQUENT.a, FREQUENT.b), 1.6224089635854342, 0.8985262394026607, 5);
    expectTest(chiSquareHomogeneity(UNSEEN.a, UNSEEN.b), 107.17703349282297, 4.4441702674932555e-23, 3);
  });

  it('equals it with Yates’s correction for two cells, also where the gap is below a half', () => {
    expectTest(
      chiSquareHomogeneity([50, 50], [65, 35], { yates: true }),
      4.010230179028133,
      0.045224976133404426,
      1,
    );
    expectTest(chiSquareHomogeneity([50, 50], [50, 51], { yates: true }), 0, 1, 1);
  });

  it('joins the smallest cells until at most a fifth of them expects fewer than five', () => {
    const joined = chiSquareHomogeneity([500, 300, 3, 2, 1], [480, 320, 1, 2, 3], { cochran: true });
    expect(joined).toEqual(chiSquareHomogeneity([500, 300, 6], [480, 320, 6]));
  });

  it('cannot be measured with fewer than two cells, before or after joining', () => {
    expect(chiSquareHomogeneity([5, 0], [7, 0])).toBeUndefined();
    expect(chiSquareHomogeneity([5, 2], [7, 1], { cochran: true })).toBeUndefined();
    expect(chiSquareHomogeneity([0, 0], [7, 1])).toBeUndefined();
  });
});

describe('goodness of fit', () => {
  it('equals scipy 1.17.1 stats.chisquare and stats.power_divergence', () => {
    expectTest(chiSquareFit(FREQUENT.a, FREQUENT.b), 3.1746031746031744, 0.6730876006966301, 5);
    expectTest(gTest(FREQUENT.a, FREQUENT.b), 3.222332011706807, 0.6657519578484128, 5);
  });

  it('is certain once a category is new', () => {
    expect(chiSquareFit(UNSEEN.a, UNSEEN.b)?.p).toBe(0);
    expect(gTest(UNSEEN.a, UNSEEN.b)?.p).toBe(0);
  });
});

describe('rates', () => {
  it('are compared as statsmodels 0.15.0 proportions_ztest and proportion_effectsize do', () => {
    expectTest(twoProportionZ(50, 100, 65, 100), 2.1455956195564547, 0.03190525523659653);
    expectTest(twoProportionZ(10, 1000, 40, 1000), 4.296689244236597, 1.7336796639612633e-5);
    expect(twoProportionZ(5, 5, 7, 7)).toEqual({ statistic: 0, p: 1 });
    expect(cohenH(0.4, 0.5)).toBeCloseTo(0.20135792079033088, 12);
  });

  it.each([
    [8, 10, 1, 6, 0.034965034965034975],
    [30, 100, 45, 100, 0.040534006514982644],
    [0, 10, 3, 10, 0.21052631578947367],
    [500, 2000, 560, 2000, 0.03450802407513694],
  ] as const)(
    'are compared exactly as scipy 1.17.1 stats.fisher_exact does: %d of %d, %d of %d',
    (k1, n1, k2, n2, p) => {
      expect(fisherExact(k1, n1, k2, n2)).toBeCloseTo(p, 10);
    },
  );

  it('have Wilson’s and the exact interval of scipy 1.17.1 binomtest().proportion_ci', () => {
    expectInterval(wilson(2, 10), 0.056682151454375274, 0.5098375284633583);
    expectInterval(wilson(0, 20), 0, 0.16112515805281935);
    expectInterval(wilson(499, 500, 0.99), 0.9831912267084774, 0.9997651455056117);
    expectInterval(clopperPearson(2, 10), 0.025210726326833497, 0.5560954623076415);
    expectInterval(clopperPearson(0, 20), 0, 0.16843347098308548);
    expectInterval(clopperPearson(499, 500, 0.99), 0.9852349286103095, 0.9999899749666039);
  });

  it('change within the interval of statsmodels 0.15.0 confint_proportions_2indep, method newcomb', () => {
    expectInterval(newcombe(56, 70, 48, 80), -0.33387265403690614, -0.05243147240236498);
    expectInterval(newcombe(10, 1000, 40, 1000), 0.01661841018660358, 0.04473284929775157);
  });
});

describe('missingness', () => {
  it('is the change of the share with its interval, ratio and p', () => {
    const change = missingness({ missing: 10, rows: 1000 }, { missing: 40, rows: 1000 });
    expect(change?.estimate).toBeCloseTo(0.03, 15);
    expect(change?.ratio).toBeCloseTo(4, 12);
    expect(change?.p).toBeCloseTo(1.7336796639612633e-5, 12);
    expectInterval(change, 0.01661841018660358, 0.04473284929775157);
  });

  it('is infinitely more where nothing was missing, and as much where nothing is', () => {
    expect(missingness({ missing: 0, rows: 10 }, { missing: 1, rows: 10 })?.ratio).toBe(
      Number.POSITIVE_INFINITY,
    );
    expect(missingness({ missing: 0, rows: 10 }, { missing: 0, rows: 10 })?.ratio).toBe(1);
    expect(missingness({ missing: 0, rows: 0 }, { missing: 1, rows: 10 })).toBeUndefined();
  });
});

describe('cramersV', () => {
  it('equals scipy 1.17.1 stats.contingency.association', () => {
    expect(cramersV(UNSEEN.a, UNSEEN.b)).toBeCloseTo(0.23149193667687754, 12);
  });

  it('is nothing for what chance explains once corrected', () => {
    expect(cramersV(FREQUENT.a, FREQUENT.b, true)).toBe(0);
    expect(cramersV([8000, 2000], [5000, 5000], true)).toBeCloseTo(
      cramersV([8000, 2000], [5000, 5000]) as number,
      3,
    );
  });

  it('cannot be corrected where every row has a cell of its own', () => {
    expect(cramersV([1, 0], [0, 1])).toBe(1);
    expect(cramersV([1, 0], [0, 1], true)).toBeUndefined();
    expect(cramersV([1, 1, 0, 0], [0, 0, 1, 1], true)).toBeUndefined();
  });
});

describe('volumeRatio', () => {
  it('compares with the median', () => {
    expect(volumeRatio(50, [100, 90, 400])).toBe(0.5);
    expect(volumeRatio(190, [100, 90])).toBe(2);
    expect(volumeRatio(10, [])).toBeUndefined();
    expect(volumeRatio(10, [0, 0, 5])).toBeUndefined();
  });
});

interface Tested {
  readonly statistic: number;
  readonly p: number;
  readonly df?: number;
}

function expectTest(got: Tested | undefined, statistic: number, p: number, df?: number): void {
  expect(got?.statistic).toBeCloseTo(statistic, 9);
  expect(Math.abs((got?.p as number) - p)).toBeLessThanOrEqual(1e-9 * Math.max(p, 1e-6));
  expect(got?.df).toBe(df);
}

function expectInterval(
  got: { lower: number; upper: number } | undefined,
  lower: number,
  upper: number,
): void {
  expect(got?.lower).toBeCloseTo(lower, 12);
  expect(got?.upper).toBeCloseTo(upper, 12);
}
