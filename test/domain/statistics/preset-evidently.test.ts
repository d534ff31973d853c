import { describe, expect, it } from 'vitest';
import { scorePreset } from '../../../lib/domain/statistics/presets/score-preset.ts';
import { score } from './preset-scores.ts';

describe('the preset evidently', () => {
  // Printed by evidently 0.7.21 (numpy 2.4.6, scipy 1.17.1, pandas 2.3.3): StatTest(...)(reference, current, type, None).
  it.each([
    ['eight', 'ks', 0.08702408702408701, false],
    ['eight', 'wasserstein', 0.781236105789365, true],
    ['eight', 'jensenshannon', 0.8325546111576977, true],
    ['eight', 'psi', 14.250388222464219, true],
    ['eight', 'kl_div', 7.1194985124221715, true],
    ['eight', 'hellinger', 0.4143701130471807, true],
    ['eight', 'ed', 1.570230874744221, true],
    ['eight', 't_test', 0.08410572024397057, false],
    ['eight', 'mannw', 0.9675213675213675, false],
    ['eight', 'es', 0.40844891295815533, false],
    ['eight', 'anderson', 0.0635146772876083, true],
    ['big', 'ks', 0.0112046033120697, true],
    ['big', 'wasserstein', 0.06287828463569618, false],
    ['big', 'jensenshannon', 0.05150856529299224, false],
    ['big', 'psi', 0.02134012287392034, false],
    ['big', 'kl_div', 0.010268511946124926, false],
    ['big', 'hellinger', 0.05157794844517302, false],
    ['big', 'ed', 0.02835651713005107, false],
    ['big', 't_test', 0.06974171028373811, false],
    ['big', 'mannw', 0.9739649495713871, false],
    ['big', 'es', 3.546127195517087e-11, true],
    ['big', 'anderson', 0.001, true],
    ['big', 'cramer_von_mises', 0.0025184328631179254, true],
    ['whole', 'ks', 0.974715367965218, false],
    ['whole', 'wasserstein', 0.05664751922021891, false],
    ['whole', 'jensenshannon', 0.03573266299818644, false],
    ['whole', 'psi', 0.01025582891168278, false],
    ['whole', 'kl_div', 0.005375211454111326, false],
    ['whole', 'hellinger', 0.039567390696171885, false],
    ['whole', 'ed', 0.2756874236441619, true],
    ['whole', 'anderson', 0.25, false],
    ['whole', 'cramer_von_mises', 0.8691412400926228, false],
    ['skewed', 'ks', 0.2977104263527742, false],
    ['skewed', 'wasserstein', 0.020984152931315454, false],
    ['skewed', 'jensenshannon', 0.02272531235711156, false],
    ['skewed', 'psi', 0.006322632407487226, false],
    ['skewed', 'kl_div', 0.001918067213020136, false],
    ['skewed', 'hellinger', 0.023614953183038714, false],
    ['skewed', 'ed', 0.01599982668126871, false],
    ['skewed', 't_test', 0.5842959903284377, false],
    ['skewed', 'mannw', 0.5624075995607677, false],
    ['skewed', 'es', 0.6933495894784354, false],
    ['skewed', 'anderson', 0.017397354140643896, true],
    ['skewed', 'cramer_von_mises', 0.46877143179115177, false],
    ['few', 'jensenshannon', 0.464501404022459, true],
    ['few', 'psi', 4.257031786505947, true],
    ['few', 'kl_div', 3.5656493951508397, true],
    ['few', 'hellinger', 0.5411961001461969, true],
    ['letters', 'chisquare', 0, true],
    ['letters', 'z', 0.4411339612753786, false],
    ['letters', 'jensenshannon', 0.23549775829267208, true],
    ['letters', 'psi', 0.7450249965691711, true],
    ['letters', 'kl_div', 0.1996729953565055, true],
    ['letters', 'hellinger', 0.25983584468957344, true],
    ['yesNo', 'chisquare', 0.003892417122778637, true],
    ['yesNo', 'z', 0.04550026389635842, true],
    ['yesNo', 'jensenshannon', 0.14189966015001185, true],
    ['yesNo', 'psi', 0.1621860432432657, true],
    ['yesNo', 'kl_div', 0.08109302162163287, false],
    ['yesNo', 'hellinger', 0.14214113720780766, true],
    ['yesNo', 'fisher_exact', 0.0713424034882103, true],
  ] as const)('scores %s by %s as the library prints it', (name, method, wanted, drifted) => {
    const got = score('evidently', name, method);
    expect(Math.abs((got.score as number) - wanted)).toBeLessThanOrEqual(1e-9);
    expect(got.drifted).toBe(drifted);
  });

  it.each([
    ['eight', 'ks'],
    ['big', 'wasserstein'],
    ['whole', 'ks'],
    ['few', 'chisquare'],
    ['letters', 'chisquare'],
    ['yesNo', 'z'],
  ] as const)('takes for %s the test that the library takes: %s', (name, method) => {
    expect(score('evidently', name).method).toBe(method);
  });

  it('has numpy’s bins of at least one for whole numbers, unless they are told to be floating', () => {
    // Printed by evidently 0.7.21 for int and for float columns.
    const column = (zeros: number, ones: number) =>
      [...new Array(zeros).fill(0), ...new Array(ones).fill(1)] as number[];
    const input = (integers: boolean) => ({
      reference: { kind: 'numeric', values: column(30, 20), integers } as const,
      current: { kind: 'numeric', values: column(10, 40), integers } as const,
      method: 'hellinger',
    });
    expect(scorePreset('evidently', input(true)).score).toBe(0);
    expect(scorePreset('evidently', input(false)).score).toBeCloseTo(0.29648678475943313, 12);
  });

  it('tells one constant from another by its t-test, and not by the one bin that numpy has for 7 and 8', () => {
    const column = (value: number) => ({ kind: 'numeric', values: Array(50).fill(value) }) as const;
    const scoreOf = (method: string) =>
      scorePreset('evidently', { reference: column(7), current: column(8), method });
    expect(scoreOf('t_test')).toMatchObject({ score: 0, drifted: true });
    expect(scoreOf('hellinger')).toMatchObject({ score: 0, drifted: false });
    expect(scoreOf('jensenshannon')).toMatchObject({ drifted: true });
  });

  it('counts every order of eight values where the library rounds to half precision and prints 0.0643310546875', () => {
    // scipy 1.17.1 stats.cramervonmises_2samp on the same samples.
    expect(score('evidently', 'eight', 'cramer_von_mises').score).toBeCloseTo(0.06433566433566433, 12);
  });
});
