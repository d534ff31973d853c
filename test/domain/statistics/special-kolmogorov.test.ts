import { describe, expect, it } from 'vitest';
import { kolmogorovSf } from '../../../lib/domain/statistics/special/kolmogorov.ts';
import { ksExactP } from '../../../lib/domain/statistics/special/kolmogorov-lattice.ts';
import { ksOneSampleSf } from '../../../lib/domain/statistics/special/kolmogorov-one-sample.ts';

// Every right-hand number was printed by scipy 1.17.1 for the call that names its block.

describe('kolmogorovSf', () => {
  it.each([
    [0.3, 0.9999906941986655],
    [0.5, 0.9639452436648751],
    [0.8, 0.5441424115741981],
    [1, 0.26999967167735456],
    [1.36, 0.049485876755377876],
    [2, 0.0006709252557796953],
    [3, 3.045995948942526e-8],
    [0.2, 0.999999999999495],
  ] as const)('equals scipy special.kolmogorov(t) at %s', (x, wanted) => {
    expectClose(kolmogorovSf(x), wanted);
  });
});

describe('ksOneSampleSf', () => {
  it.each([
    [0.625, 4, 0.04931640625],
    [0.3, 10, 0.27053557479999946],
    [0.1, 100, 0.2526927570063874],
    [0.1, 140, 0.11353657290090946],
    [0.05, 140, 0.8576480297656114],
    [0.2, 140, 0.000021981563302200222],
    [0.0322, 2500, 0.010962667684685993],
    [0.02, 2500, 0.2664504478465197],
    [0.01, 2500, 0.9618077855539523],
    [0.04, 2500, 0.0006518689632456868],
    [0.06, 2500, 2.889141156254325e-8],
    [0.005, 100000, 0.013430824977799608],
    [0.003, 50000, 0.7579000443487147],
    [0.004, 99999, 0.08130409037633857],
    [0.001, 1000000, 0.26982107442589376],
    [0.0005, 1000000, 0.9638386310076212],
    [0.002, 1000000, 0.0006700277103670718],
    [0.0003, 4000000, 0.8641724511896154],
    [0.02, 200, 0.9999948480179858],
    [0.08, 200, 0.1463961356372503],
    [0.11, 200, 0.014579948726993197],
    [0.9, 3, 0.0019999999999999987],
    [0.6, 7, 0.006140397691438094],
    [0.06, 500, 0.05243463489026223],
    [0.05, 1000, 0.013012074781090332],
    [0.5, 1, 1],
    [0.7, 1, 0.6000000000000001],
    [0.3, 2, 0.98],
  ] as const)('equals scipy stats.kstwo.sf(d, n) at %s, %s', (x, y, wanted) => {
    expectClose(ksOneSampleSf(x, y), wanted);
  });
});

describe('ksExactP', () => {
  it.each([
    [0.625, 8, 8, 0.08702408702408701],
    [0.3, 20, 30, 0.20235672077103806],
    [0.5142857142857142, 7, 5, 0.3282828282828283],
    [0.1, 500, 400, 0.021943929144191892],
    [0.05, 2000, 1999, 0.012791422713257129],
    [0.03, 5000, 5000, 0.022212962837199774],
    [0.0322, 5000, 4000, 0.019519818173743802],
    [0.2, 10, 15, 0.953413526841983],
    [1, 3, 4, 0.05714285714285715],
    [0.08, 1000, 100, 0.5831063813571202],
  ] as const)(
    'equals scipy stats.ks_2samp’s exact count of paths (d, n, m) at %s, %s, %s',
    (x, y, z, wanted) => {
      expectClose(ksExactP(x, y, z), wanted);
    },
  );
});

/** Equal to 1e-9 of itself, or to 1e-12 where the number itself is small. */
function expectClose(got: number, wanted: number): void {
  expect(Math.abs(got - wanted)).toBeLessThanOrEqual(Math.max(1e-9 * Math.abs(wanted), 1e-12));
}
