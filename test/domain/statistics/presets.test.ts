import { describe, expect, it } from 'vitest';
import { presetDatasetDrift } from '../../../lib/domain/statistics/presets/dataset-rule.ts';
import type { RawValue } from '../../../lib/domain/statistics/presets/raw-pair.ts';
import { scorePreset } from '../../../lib/domain/statistics/presets/score-preset.ts';
import { DATA, score } from './preset-scores.ts';
import { EIGHT } from './reference-pairs.ts';

describe('the preset nannyml', () => {
  // Printed by nannyml 0.13.1: UnivariateDriftCalculator().fit(reference), then Method.calculate(current) and its upper threshold.
  it.each([
    ['big', 'jensen_shannon', 0.125883237304192, 0.10585314007638633, true],
    ['big', 'hellinger', 0.12311765970096655, 0.08822236690692008, true],
    ['big', 'kolmogorov_smirnov', 0.0322, 0.06891450113619702, false],
    ['big', 'wasserstein', 0.017980076410635187, 0.027779858921266606, false],
    ['skewed', 'jensen_shannon', 0.10621422183235507, 0.5813104033004524, false],
    ['skewed', 'hellinger', 0.10451775883853351, 0.5610648729964722, false],
    ['skewed', 'kolmogorov_smirnov', 0.01933508289594268, 0.7113334319146204, false],
    ['skewed', 'wasserstein', 0.021452941809318414, 0.7922529914149985, false],
    ['whole', 'jensen_shannon', 0.044033736425642483, 0.07347118019203187, false],
    ['whole', 'hellinger', 0.03669569809463143, 0.061240240002404855, false],
    ['whole', 'kolmogorov_smirnov', 0.04, 0.03747546895706428, true],
    ['whole', 'wasserstein', 1.6520000000000004, 1.890402492207807, false],
    ['letters', 'jensen_shannon', 0.28286163470430364, 0.9130562734802021, false],
    ['letters', 'hellinger', 0.2598358446895735, 0.8722028137289335, false],
    ['letters', 'chi2', 0.09326762565439302, 0.05, false],
    ['letters', 'l_infinity', 0.1346153846153846, 0.9384533364798326, false],
    ['yesNo', 'jensen_shannon', 0.17043886160536084, 0.6196667302664878, false],
    ['yesNo', 'hellinger', 0.14214113720780752, 0.6530464284743462, false],
    ['yesNo', 'chi2', 0.07186063822585143, 0.05, false],
    ['yesNo', 'l_infinity', 0.19999999999999996, 0.4, false],
  ] as const)(
    'scores %s by %s, and learns its threshold, as the library does',
    (name, method, wanted, threshold, drifted) => {
      const got = score('nannyml', name, method);
      expect(Math.abs((got.score as number) - wanted)).toBeLessThanOrEqual(1e-9);
      expect(Math.abs((got.threshold as number) - threshold)).toBeLessThanOrEqual(1e-9);
      expect(got.drifted).toBe(drifted);
    },
  );

  it('has no threshold for a reference too short to cut into chunks', () => {
    const got = score('nannyml', 'eight');
    expect(got.threshold).toBeUndefined();
    expect(got.drifted).toBe(false);
  });
});

describe('the preset tfdv', () => {
  // Printed by the C++ library of tensorflow-data-validation 1.16.1: ValidateFeatureStatistics on ten-bucket standard histograms.
  it.each([
    ['eight', 'jensen_shannon_divergence', 0.5487552237743001],
    ['big', 'jensen_shannon_divergence', 0.02028846189907408],
    ['whole', 'jensen_shannon_divergence', 0.021004038431018],
    ['letters', 'infinity_norm', 0.1346153846153846],
    ['letters', 'jensen_shannon_divergence', 0.08001070438759081],
    ['letters', 'normalized_abs_difference', 0.09677419354838711],
  ] as const)('scores %s by %s as the library prints it', (name, method, wanted) => {
    const got = score('tfdv', name, method);
    expect(Math.abs((got.score as number) - wanted)).toBeLessThanOrEqual(1e-9);
    expect(got.drifted).toBe(true);
  });

  const TEN = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10];
  const OTHER_TEN = [0, 1, 1, 3, 4, 4, 6, 9, 8, 10];
  const nan = (n: number) => new Array<number>(n).fill(Number.NaN);

  it.each([
    ['equal edges', TEN, OTHER_TEN, 0.1867668746754797],
    [
      'NaN under equal edges, which differs by itself',
      [...TEN, ...nan(2)],
      [...OTHER_TEN, ...nan(3)],
      0.34711721754837266,
    ],
    [
      'NaN under other edges, which the library loses',
      [...EIGHT.x, ...nan(2)],
      [...EIGHT.y, ...nan(2)],
      0.5487552237743001,
    ],
    ['a constant against a range', [5, 5, 5], [5, 5, 5, 7], 1],
    ['one constant', [5, 5, 5], [5, 5], 0],
  ] as const)('scores %s as the library prints it', (_, x, y, wanted) => {
    const column = (values: ArrayLike<RawValue>) => ({ kind: 'numeric', values }) as const;
    const got = scorePreset('tfdv', { reference: column(x), current: column(y) });
    expect(Math.abs((got.score as number) - wanted)).toBeLessThanOrEqual(1e-9);
  });
});

describe('the preset sagemaker', () => {
  it('takes the largest gap of the distribution functions, or of the shares, as Deequ does', () => {
    // scipy 1.17.1 stats.ks_2samp(...).statistic; and the same largest share that TFDV prints.
    expect(score('sagemaker', 'big', 'Simple').score).toBeCloseTo(0.0322, 12);
    expect(score('sagemaker', 'letters', 'Simple').score).toBeCloseTo(0.1346153846153846, 12);
  });

  it('takes the margin of chance off by default', () => {
    expect(score('sagemaker', 'big')).toMatchObject({
      method: 'Robust',
      score: 0,
      threshold: 0.1,
      drifted: false,
    });
    const margin = 1.8 * Math.sqrt((72 + 52) / (72 * 52));
    expect(score('sagemaker', 'letters').score).toBeCloseTo(Math.max(0, 0.1346153846153846 - margin), 12);
  });

  it('joins small categories and leaves out new ones for its χ²', () => {
    // Of 48 rows of known letters 10, 6, 4, 12, 4, 8 and 4 are expected: three below 5, where one may be. So c joins e.
    // scipy 1.17.1 stats.chisquare([8, 10, 6, 14, 4, 6], [10, 6, 12, 8, 4, 8]).pvalue
    const got = score('sagemaker', 'letters', 'ChiSquared');
    expect(got.score).toBeCloseTo(0.05007408494248341, 12);
  });

  it('cannot test a single category', () => {
    const column = { kind: 'categorical', values: ['a', 'a'] } as const;
    expect(
      scorePreset('sagemaker', { reference: column, current: column, method: 'ChiSquared' }).score,
    ).toBeUndefined();
  });
});

describe('any preset', () => {
  it('leaves missing and infinite numbers out', () => {
    const column = (values: readonly RawValue[]) => ({ kind: 'numeric', values }) as const;
    const odd = [null, Number.NaN, Number.POSITIVE_INFINITY, undefined];
    for (const preset of ['evidently', 'sagemaker'] as const)
      expect(
        scorePreset(preset, {
          reference: column([...EIGHT.x, ...odd]),
          current: column([...EIGHT.y, ...odd]),
        }),
      ).toEqual(score(preset, 'eight'));
  });

  it('says nothing of an empty column', () => {
    for (const preset of ['evidently', 'sagemaker', 'tfdv', 'nannyml'] as const)
      for (const kind of ['numeric', 'categorical'] as const) {
        const got = scorePreset(preset, {
          reference: { kind, values: [1, 2] },
          current: { kind, values: [null] },
        });
        expect(got.score).toBeUndefined();
        expect(got.drifted).toBe(false);
      }
  });

  it('follows a threshold of one’s own', () => {
    const { kind, x, y } = DATA.big;
    const input = { reference: { kind, values: x }, current: { kind, values: y }, threshold: 0.05 };
    expect(scorePreset('evidently', input)).toMatchObject({
      method: 'wasserstein',
      threshold: 0.05,
      drifted: true,
    });
  });

  it('refuses a method it does not have, and text in a numeric column', () => {
    expect(() => score('tfdv', 'big', 'ks')).toThrow('preset tfdv has no method ks');
    const text = { kind: 'numeric', values: ['7'] } as const;
    expect(() => scorePreset('evidently', { reference: text, current: text })).toThrow(
      'a numeric column holds numbers, got "7"',
    );
  });

  it('calls a dataset drifted by its own rule', () => {
    const [drifted, stable] = [score('evidently', 'letters'), score('evidently', 'eight')];
    expect(presetDatasetDrift('evidently', [drifted, stable])).toBe(true);
    expect(presetDatasetDrift('evidently', [drifted, stable, stable])).toBe(false);
    expect(presetDatasetDrift('evidently', [])).toBe(false);
    expect(presetDatasetDrift('sagemaker', [drifted, stable, stable])).toBe(true);
  });
});
