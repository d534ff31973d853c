import { describe, expect, it } from 'vitest';
import { andersonDarling } from '../../../lib/domain/statistics/anderson-darling.ts';
import { cramerVonMises } from '../../../lib/domain/statistics/cramer-von-mises.ts';
import { energyDistance } from '../../../lib/domain/statistics/energy-distance.ts';
import { eppsSingleton } from '../../../lib/domain/statistics/epps-singleton.ts';
import { ksTest } from '../../../lib/domain/statistics/kolmogorov-smirnov.ts';
import { mannWhitney } from '../../../lib/domain/statistics/mann-whitney.ts';
import { momentsOf } from '../../../lib/domain/statistics/moments.ts';
import { tTest } from '../../../lib/domain/statistics/t-test.ts';
import { normalisedWasserstein, wassersteinFromSamples } from '../../../lib/domain/statistics/wasserstein.ts';
import { EIGHT, fiveThousand } from './reference-pairs.ts';

const multiples = (n: number, by: number, modulus: number) =>
  Array.from({ length: n }, (_, k) => (k * by) % modulus);

const PAIRS = {
  eight: EIGHT,
  big: fiveThousand(),
  ties: { x: [1, 2, 2, 3, 3, 3, 4, 5, 5, 6, 7, 9], y: [2, 2, 3, 4, 4, 5, 6, 6, 7, 8, 8, 9, 10, 11] },
  unequal: { x: multiples(60, 37, 101), y: multiples(45, 53, 97).map((value) => value * 1.1 + 4) },
};
type Pair = keyof typeof PAIRS;

// Printed by scipy 1.17.1 for the calls that name the blocks.
const WANTED: Record<Pair, Record<string, readonly number[]>> = {
  eight: {
    wasserstein: [4.1625, 0.781236105789365],
    energy: [1.570230874744221],
    ks: [0.625, 0.08702408702408702],
    t: [1.8594523396226919, 0.08410572024397057],
    welch: [1.8594523396226919, 0.0951205647234384, 9.217031184611528],
    twoSided: [49, 0.08298368298368297],
    less: [49, 0.9675213675213675],
    greater: [49, 0.041491841491841486],
    cvm: [0.4375, 0.06433566433566433],
    ad: [1.7183096744360893, 0.0635146772876083],
    es: [3.981988619558072, 0.40844891295815533],
  },
  big: {
    wasserstein: [0.017980076410635187, 0.06287828463569618],
    energy: [0.02835651713005107],
    ks: [0.0322, 0.0112046033120697],
    t: [1.8137790788335257, 0.06974171028373811],
    welch: [1.8137790788335257, 0.06974174285901842, 9987.143204872184],
    twoSided: [12780397, 0.052070938644020605],
    less: [12780397, 0.9739649495713871],
    greater: [12780397, 0.026035469322010302],
    cvm: [0.9956604800001969, 0.0025184328631179254],
    ad: [9.343684746170565, 0.001],
    es: [54.818592749041365, 3.546127195517087e-11],
  },
  ties: {
    wasserstein: [1.9047619047619049, 0.8542115345736411],
    energy: [0.9388925787204931],
    ks: [0.32142857142857145, 0.42569141721113735],
    t: [-1.8268026474780525, 0.08019345286967848],
    welch: [-1.8583893485082272, 0.07546089314460683, 23.92415418164458],
    twoSided: [51.5, 0.09775443914886833],
    less: [51.5, 0.048877219574434166],
    greater: [51.5, 0.9561432119477873],
    cvm: [0.2979624542124544, 0.1450285264607515],
    ad: [1.0121546226329745, 0.12497915786099292],
    es: [2.601849412923247, 0.6264955434758905],
  },
  unequal: {
    wasserstein: [4.255555555555561, 0.1459944359876466],
    energy: [0.683590737427225],
    ks: [0.09444444444444444, 0.9617932487109241],
    t: [-0.6856294280666052, 0.4944871198845278],
    welch: [-0.6784657026691753, 0.4991979876059418, 91.01123452741024],
    twoSided: [1248.5, 0.5131090788536881],
    less: [1248.5, 0.25655453942684403],
    greater: [1248.5, 0.7455269221706239],
    cvm: [0.05461640211640173, 0.8613319618877098],
    ad: [-0.5920096954806532, 0.25],
    es: [2.256141117779013, 0.688765213228492],
  },
};

describe.each(['eight', 'big', 'ties', 'unequal'] as const)('of the samples %s', (name) => {
  const { x, y } = PAIRS[name];
  const [a, b] = [momentsOf(x), momentsOf(y)];
  const wanted = (key: string) => WANTED[name][key] as readonly number[];

  it('the Wasserstein distance equals wasserstein_distance, and over the σ of the first', () => {
    const distance = wassersteinFromSamples(x, y) as number;
    expectClose([distance, normalisedWasserstein(distance, Math.sqrt(a.m2 / a.n))], wanted('wasserstein'));
  });

  it('the energy distance equals energy_distance', () => {
    expectClose([energyDistance(x, y)], wanted('energy'));
  });

  it('Kolmogorov-Smirnov equals ks_2samp, p from the exact count of paths', () => {
    const test = ksTest(x, y);
    expectClose([test?.statistic, test?.p], wanted('ks'));
  });

  it('Student’s and Welch’s t equal ttest_ind', () => {
    const [student, welch] = [tTest(a, b), tTest(a, b, false)];
    expectClose([student?.statistic, student?.p], wanted('t'));
    expectClose([welch?.statistic, welch?.p, welch?.df], wanted('welch'));
  });

  it.each([
    ['twoSided', 'two-sided'],
    ['less', 'less'],
    ['greater', 'greater'],
  ] as const)('Mann-Whitney %s equals mannwhitneyu', (key, alternative) => {
    const test = mannWhitney(x, y, alternative);
    expectClose([test?.statistic, test?.p], wanted(key));
  });

  it('Cramér-von Mises equals cramervonmises_2samp', () => {
    const test = cramerVonMises(x, y);
    expectClose([test?.statistic, test?.p], wanted('cvm'));
  });

  it('Anderson-Darling equals anderson_ksamp', () => {
    const test = andersonDarling(x, y);
    expectClose([test?.statistic, test?.p], wanted('ad'));
  });

  it('Epps-Singleton equals epps_singleton_2samp', () => {
    const test = eppsSingleton(x, y);
    expectClose([test?.statistic, test?.p], wanted('es'));
  });
});

describe('tests of samples', () => {
  it('cannot be made of nothing', () => {
    for (const test of [wassersteinFromSamples, energyDistance, ksTest, mannWhitney, cramerVonMises])
      expect(test([], [1, 2])).toBeUndefined();
    expect(andersonDarling([1, 1], [1, 1])).toBeUndefined();
    expect(eppsSingleton([1, 1, 1, 1, 1], [1, 1, 1, 1, 1])).toBeUndefined();
    expect(tTest(momentsOf([1]), momentsOf([1, 2]))).toBeUndefined();
  });

  it('tell one constant from another for sure, and nothing from itself', () => {
    // scipy 1.17.1 prints -inf and 0.0, and nan and nan.
    const [seven, eight] = [momentsOf(Array(50).fill(7)), momentsOf(Array(40).fill(8))];
    expect(tTest(seven, eight)).toEqual({ statistic: Number.NEGATIVE_INFINITY, p: 0 });
    expect(tTest(seven, eight, false)).toMatchObject({ p: 0 });
    expect(tTest(seven, seven)).toBeUndefined();
  });

  it('leave their samples as they are', () => {
    const sample = Object.freeze([3, 1, 2, 5, 4]);
    for (const test of [wassersteinFromSamples, energyDistance, ksTest, mannWhitney, andersonDarling])
      test(sample, [1, 2, 3, 4, 6]);
    expect(sample).toEqual([3, 1, 2, 5, 4]);
  });
});

/** Equal to 1e-9, relative where the number is large. */
function expectClose(got: readonly (number | undefined)[], wanted: readonly number[]): void {
  expect(got.length).toBe(wanted.length);
  got.forEach((value, i) => {
    const want = wanted[i] as number;
    expect(Math.abs((value as number) - want)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(want)));
  });
}
