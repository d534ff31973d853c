import { describe, expect, it } from 'vitest';
import { binomialCdf, binomialPmf } from '../../../lib/domain/statistics/special/binomial.ts';
import { betaI, betaQuantile } from '../../../lib/domain/statistics/special/incomplete-beta.ts';
import { gammaP, gammaQ } from '../../../lib/domain/statistics/special/incomplete-gamma.ts';
import { logGamma } from '../../../lib/domain/statistics/special/log-gamma.ts';

// Every right-hand number was printed by scipy 1.17.1 for the call that names its block.

describe('logGamma', () => {
  it.each([
    [0.01, 4.599479878042022],
    [0.5, 0.5723649429247],
    [1, 0],
    [1.5, -0.12078223763524526],
    [2, 0],
    [3.7, 1.428072326665388],
    [10, 12.801827480081469],
    [15.9, 27.625493215168696],
    [100, 359.1342053695754],
    [1000000, 12815504.569147611],
  ] as const)('equals scipy special.gammaln(x) at %s', (x, wanted) => {
    expectClose(logGamma(x), wanted);
  });
});

describe('gammaP', () => {
  it.each([
    [0.5, 0.5, 0.6826894921370859],
    [0.5, 2, 0.9544997361036415],
    [1, 3, 0.950212931632136],
    [5, 2, 0.052653017343711125],
    [5, 20, 0.9999830552560699],
    [50, 50, 0.5188083154720433],
    [500, 1000, 1],
    [500, 480, 0.18628197319032458],
    [511.5, 750, 1],
    [1000, 1000, 0.5042052441802155],
    [100000, 100100, 0.6244451307044055],
    [0.01, 0.5, 0.9943732438060326],
  ] as const)('equals scipy special.gammainc(a, x) at %s, %s', (x, y, wanted) => {
    expectClose(gammaP(x, y), wanted);
  });
});

describe('gammaQ', () => {
  it.each([
    [0.5, 0.5, 0.31731050786291115],
    [0.5, 2, 0.04550026389635857],
    [1, 3, 0.04978706836786395],
    [5, 2, 0.9473469826562889],
    [5, 20, 0.00001694474393006737],
    [50, 50, 0.48119168452795674],
    [500, 1000, 4.1436785914539184e-69],
    [500, 480, 0.8137180268096754],
    [511.5, 750, 1.0286363881601594e-20],
    [1000, 1000, 0.4957947558197845],
    [100000, 100100, 0.3755548692955945],
    [0.01, 0.5, 0.005626756193967183],
  ] as const)('equals scipy special.gammaincc(a, x) at %s, %s', (x, y, wanted) => {
    expectClose(gammaQ(x, y), wanted);
  });
});

describe('betaI', () => {
  it.each([
    [2, 3, 0.4, 0.5247999999999999],
    [0.5, 0.5, 0.1, 0.20483276469913345],
    [5, 0.5, 0.9, 0.3166429150200122],
    [10, 200, 0.02, 0.010010757270630772],
    [1000, 1000, 0.51, 0.8144473405684881],
    [3, 100000, 1e-5, 0.08030415619556053],
    [100000, 100000, 0.499, 0.18554674455755774],
    [0.5, 20, 0.001, 0.15758381398363844],
  ] as const)('equals scipy special.betainc(a, b, x) at %s, %s, %s', (x, y, z, wanted) => {
    expectClose(betaI(x, y, z), wanted);
  });
});

describe('betaQuantile', () => {
  it.each([
    [0.975, 3, 8, 0.5560954623076415],
    [0.025, 2, 9, 0.02521072632683336],
    [0.5, 0.5, 0.5, 0.4999999999999999],
    [0.01, 1, 1000, 0.000010050285349045254],
    [0.975, 10000, 100000, 0.09261497962792963],
  ] as const)('equals scipy special.betaincinv(a, b, p) at %s, %s, %s', (x, y, z, wanted) => {
    expectClose(betaQuantile(x, y, z), wanted);
  });
});

describe('binomialPmf', () => {
  it.each([
    [3, 10, 0.5, 0.1171875],
    [0, 5, 0.1, 0.5904899999999998],
    [500, 1000, 0.47, 0.004156147193976091],
    [5, 5, 0.3, 0.0024299999999999994],
  ] as const)('equals scipy stats.binom.pmf(k, n, p) at %s, %s, %s', (x, y, z, wanted) => {
    expectClose(binomialPmf(x, y, z), wanted);
  });
});

describe('binomialCdf', () => {
  it.each([
    [3, 10, 0.5, 0.171875],
    [0, 5, 0.1, 0.59049],
    [500, 1000, 0.47, 0.9732697265430886],
    [5, 5, 0.3, 1],
  ] as const)('equals scipy stats.binom.cdf(k, n, p) at %s, %s, %s', (x, y, z, wanted) => {
    expectClose(binomialCdf(x, y, z), wanted);
  });
});

/** Equal to 11 digits, or to 1e-14 where the number itself is about zero. */
function expectClose(got: number, wanted: number): void {
  expect(Math.abs(got - wanted)).toBeLessThanOrEqual(Math.max(1e-11 * Math.abs(wanted), 1e-14));
}
