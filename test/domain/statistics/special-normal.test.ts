import { describe, expect, it } from 'vitest';
import { chiSquareQuantile, chiSquareSf } from '../../../lib/domain/statistics/special/chi-square.ts';
import { erfc, normalCdf, normalQuantile, normalSf } from '../../../lib/domain/statistics/special/normal.ts';
import { studentTQuantile, studentTSf } from '../../../lib/domain/statistics/special/student-t.ts';

// Every right-hand number was printed by scipy 1.17.1 for the call that names its block.

describe('normalCdf', () => {
  it.each([
    [-8, 6.22096057427174e-16],
    [-3, 0.0013498980316300933],
    [-1.96, 0.024997895148220435],
    [-0.1, 0.460172162722971],
    [0, 0.5],
    [0.5, 0.6914624612740131],
    [1, 0.8413447460685429],
    [2.5, 0.9937903346742238],
  ] as const)('equals scipy stats.norm.cdf(z) at %s', (x, wanted) => {
    expectClose(normalCdf(x), wanted);
  });
});

describe('normalSf', () => {
  it.each([
    [-38, 1],
    [-8, 0.9999999999999993],
    [-3, 0.9986501019683699],
    [-1.96, 0.9750021048517795],
    [-0.1, 0.539827837277029],
    [0, 0.5],
    [0.5, 0.3085375387259869],
    [1, 0.15865525393145707],
    [2.5, 0.006209665325776132],
  ] as const)('equals scipy stats.norm.sf(z) at %s', (x, wanted) => {
    expectClose(normalSf(x), wanted);
  });
});

describe('erfc', () => {
  it.each([
    [-3, 1.9999779095030015],
    [-0.5, 1.5204998778130465],
    [0, 1],
    [0.1, 0.8875370839817152],
    [1, 0.15729920705028516],
    [3, 0.000022090496998585445],
    [10, 2.0884875837625446e-45],
    [25, 8.300172571196523e-274],
  ] as const)('equals scipy special.erfc(x) at %s', (x, wanted) => {
    expectClose(erfc(x), wanted);
  });
});

describe('normalQuantile', () => {
  it.each([
    [1e-300, -37.0470962993612],
    [1e-20, -9.262340089798409],
    [1e-5, -4.264890793922825],
    [0.025, -1.9599639845400545],
    [0.07, -1.4757910281791706],
    [0.3, -0.5244005127080409],
    [0.6, 0.2533471031357997],
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
    [0.9999, 3.719016485455709],
  ] as const)('equals scipy stats.norm.ppf(p) at %s', (x, wanted) => {
    expectClose(normalQuantile(x), wanted);
  });
});

describe('chiSquareSf', () => {
  it.each([
    [3.84, 1, 0.05004352124870519],
    [10, 5, 0.07523524614651217],
    [100, 80, 0.064570368921133],
    [1500, 1023, 1.0286363881601594e-20],
    [2000, 1000, 4.1436785914539184e-69],
    [0.001, 1, 0.9747728793699604],
  ] as const)('equals scipy stats.chi2.sf(x, df) at %s, %s', (x, y, wanted) => {
    expectClose(chiSquareSf(x, y), wanted);
  });
});

describe('chiSquareQuantile', () => {
  it.each([
    [0.95, 1, 3.841458820694124],
    [0.5, 10, 9.34181776559197],
    [0.999, 100, 149.44925277903886],
  ] as const)('equals scipy stats.chi2.ppf(p, df) at %s, %s', (x, y, wanted) => {
    expectClose(chiSquareQuantile(x, y), wanted);
  });
});

describe('studentTSf', () => {
  it.each([
    [2, 10, 0.03669401738537018],
    [-1, 3, 0.8044988905221148],
    [0.3, 1, 0.4072264209222577],
    [5, 200, 6.250990638857704e-7],
    [40, 8, 8.392859439572896e-11],
  ] as const)('equals scipy stats.t.sf(t, df) at %s, %s', (x, y, wanted) => {
    expectClose(studentTSf(x, y), wanted);
  });
});

describe('studentTQuantile', () => {
  it.each([
    [0.975, 10, 2.228138851986274],
    [0.01, 3, -4.5407028585681335],
    [0.9, 1000, 1.2823987214609247],
  ] as const)('equals scipy stats.t.ppf(p, df) at %s, %s', (x, y, wanted) => {
    expectClose(studentTQuantile(x, y), wanted);
  });
});

/** Equal to 11 digits, or to 1e-14 where the number itself is about zero. */
function expectClose(got: number, wanted: number): void {
  expect(Math.abs(got - wanted)).toBeLessThanOrEqual(Math.max(1e-11 * Math.abs(wanted), 1e-14));
}
