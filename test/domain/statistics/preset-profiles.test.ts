import { describe, expect, it } from 'vitest';
import { ksPValue } from '../../../lib/domain/statistics/kolmogorov-smirnov.ts';
import { momentsOf } from '../../../lib/domain/statistics/moments.ts';
import type { PresetName } from '../../../lib/domain/statistics/presets/preset.ts';
import { profileError } from '../../../lib/domain/statistics/presets/profile-error.ts';
import { scorePreset } from '../../../lib/domain/statistics/presets/score-preset.ts';
import { scorePresetProfiles } from '../../../lib/domain/statistics/presets/score-profiles.ts';
import { spreadBins } from '../../../lib/domain/statistics/presets/spread-bins.ts';
import { seededRandom } from '../../../lib/domain/statistics/random/generator.ts';
import type { Sample } from '../../../lib/domain/statistics/result.ts';
import { binned, edgesOf, tallied } from './binned.ts';
import { fiveThousand, LETTERS, skewed, WHOLE, YES_NO } from './reference-pairs.ts';

const random = seededRandom(9);
const draw = (n: number, next: () => number) => Float64Array.from({ length: n }, next);

const DATA: Readonly<Record<string, { readonly x: Sample; readonly y: Sample }>> = {
  uniform: fiveThousand(),
  exponential: skewed(),
  whole: WHOLE,
  normal: { x: draw(20_000, () => random.normal()), y: draw(5000, () => random.normal() + 0.1) },
  lognormal: {
    x: draw(20_000, () => Math.exp(random.normal())),
    y: draw(5000, () => Math.exp(random.normal() * 1.1)),
  },
  zeros: {
    x: draw(20_000, () => (random.uniform() < 0.6 ? 0 : random.exponential())),
    y: draw(5000, () => (random.uniform() < 0.55 ? 0 : random.exponential())),
  },
  small: { x: draw(1000, () => random.normal()), y: draw(1000, () => random.normal() + 0.2) },
};

const METHODS: readonly (readonly [PresetName, string])[] = [
  ['evidently', 'wasserstein'],
  ['evidently', 'jensenshannon'],
  ['evidently', 'hellinger'],
  ['evidently', 'psi'],
  ['evidently', 'kl_div'],
  ['evidently', 't_test'],
  ['sagemaker', 'Simple'],
  ['sagemaker', 'Robust'],
  ['tfdv', 'jensen_shannon_divergence'],
  ['nannyml', 'jensen_shannon'],
  ['nannyml', 'hellinger'],
  ['nannyml', 'kolmogorov_smirnov'],
  ['nannyml', 'wasserstein'],
];

const cents = (value: number) => Math.round(100 * value) / 100;
const unit = () => draw(5000, () => 20 + 5 * random.normal());
const heavy = () => Math.exp(random.normal());
/** Rows as a fault leaves them: in another unit, beyond all that was known, in another column's place. */
const MOVED: typeof DATA = {
  'another unit': { x: unit(), y: draw(1250, () => 68 + 9 * random.normal()) },
  'a hundred times as much': { x: draw(5000, heavy), y: draw(1250, () => 100 * heavy()) },
  'another sign': { x: draw(5000, () => cents(heavy())), y: draw(1250, () => -cents(heavy())) },
  'disjoint supports': { x: draw(5000, () => random.uniform()), y: draw(1250, () => 1000 + heavy()) },
  'another column': {
    x: draw(5000, () => (random.uniform() < 0.6 ? 0 : random.exponential())),
    y: draw(1250, () => random.normal()),
  },
  'a wider spread': { x: unit(), y: draw(1250, () => 20 + 8 * random.normal()) },
};
/** Two in five rows have lost their value. */
const FEWER = { x: DATA.lognormal?.x as Sample, y: draw(3000, heavy) };

describe.each(METHODS)('%s by %s from profiles', (preset, method) => {
  const errorOf = ({ x, y }: { readonly x: Sample; readonly y: Sample }) => {
    const [raw, profiled] = bothScores(preset, x, y, method);
    const { m2, n } = momentsOf(x);
    const sigma = preset === 'nannyml' && method === 'wasserstein' ? Math.sqrt(m2 / n) : 1;
    return Math.abs((profiled as number) - (raw as number)) / sigma;
  };

  it.each(Object.entries({ ...DATA, fewer: FEWER }))(
    'is as near to its score of raw values as stated: %s',
    (name, data) => {
      expect(errorOf(data)).toBeLessThanOrEqual(profileError(preset, method, 'alike') as number);
      if (name === 'whole') expect(errorOf(data)).toBeLessThanOrEqual(1e-9);
    },
  );

  it('is as near as stated where rows moved far, if that is stated', () => {
    const stated = profileError(preset, method, 'moved');
    const unstated = ['jensenshannon', 'hellinger', 'psi', 'kl_div'];
    expect(stated === undefined).toBe(preset === 'evidently' && unstated.includes(method));
    for (const [name, data] of Object.entries(MOVED))
      expect(errorOf(data), name).toBeLessThanOrEqual(stated ?? Number.POSITIVE_INFINITY);
  });
});

describe('a preset from profiles', () => {
  it('has the p of a Kolmogorov-Smirnov distance at most 1e-3 too small, of five thousand even values', () => {
    const { x, y } = DATA.uniform as { x: Sample; y: Sample };
    const [raw, profiled] = bothScores('evidently', x, y, 'ks');
    expect(profiled).toBeGreaterThanOrEqual(raw as number);
    expect(profiled).toBeLessThanOrEqual(ksPValue(0.0322 - 1e-3, 5000, 5000));
  });

  it.each([
    ['evidently', 'chisquare'],
    ['evidently', 'z'],
    ['evidently', 'psi'],
    ['evidently', 'jensenshannon'],
    ['evidently', 'fisher_exact'],
    ['sagemaker', 'Robust'],
    ['sagemaker', 'ChiSquared'],
    ['tfdv', 'infinity_norm'],
    ['nannyml', 'jensen_shannon'],
    ['nannyml', 'chi2'],
  ] as const)('is equal for named categories: %s by %s', (preset, method) => {
    for (const { x, y } of [LETTERS, YES_NO]) {
      const column = (values: readonly string[]) => ({ kind: 'categorical', values }) as const;
      const raw = scorePreset(preset, { reference: column(x), current: column(y), method });
      const profiled = scorePresetProfiles(preset, { reference: tallied(x), current: tallied(y), method });
      expect(profiled.score ?? -1).toBeCloseTo(raw.score ?? -1, 12);
      expect(profiled.alarm).toBe(raw.alarm);
    }
  });

  it('takes the test that the library takes of raw values', () => {
    for (const name of ['uniform', 'whole', 'small'] as const) {
      const { x, y } = DATA[name] as { x: Sample; y: Sample };
      const edges = edgesOf(x);
      const column = (values: Sample) => ({ kind: 'numeric', values }) as const;
      expect(
        scorePresetProfiles('evidently', { reference: binned(x, edges), current: binned(y, edges), edges })
          .method,
      ).toBe(scorePreset('evidently', { reference: column(x), current: column(y) }).method);
    }
  });

  it('learns NannyML’s threshold from profiles of the reference’s chunks', () => {
    const { x, y } = DATA.uniform as { x: Sample; y: Sample };
    const edges = edgesOf(x);
    const chunks = Array.from({ length: 10 }, (_, i) =>
      binned(Array.from(x).slice(i * 500, (i + 1) * 500), edges),
    );
    const input = { reference: binned(x, edges), current: binned(y, edges), edges, method: 'jensen_shannon' };
    // 0.10585 is what nannyml 0.13.1 prints for the raw values.
    expect(scorePresetProfiles('nannyml', { ...input, chunks }).threshold).toBeCloseTo(
      0.10585314007638633,
      2,
    );
    expect(scorePresetProfiles('nannyml', input)).toMatchObject({ drifted: false });
  });

  it('has no score where the values themselves are needed', () => {
    const { x, y } = DATA.small as { x: Sample; y: Sample };
    for (const method of ['mannw', 'anderson', 'cramer_von_mises', 'es', 'ed'])
      expect(bothScores('evidently', x, y, method)[1]).toBeUndefined();
  });

  it('refuses two kinds of column', () => {
    const numbers = binned([1, 2], []);
    expect(() =>
      scorePresetProfiles('tfdv', { reference: numbers, current: tallied(['a']), edges: [] }),
    ).toThrow('a column has one kind, got numeric and categorical');
  });

  it('has no score, and no drift, where values reach beyond what a double holds', () => {
    const x = Array.from({ length: 2000 }, (_, i) => (i % 50 === 0 ? 1.797e308 : i));
    const y = x.map((value) => (value < 1e300 ? value + 500 : value));
    const scores = bothScores('evidently', x, y, 'wasserstein');
    expect(scores).toEqual([undefined, undefined]);
  });

  it('says nothing of empty profiles', () => {
    const empty = binned([], [1]);
    for (const preset of ['evidently', 'sagemaker', 'tfdv', 'nannyml'] as const)
      expect(
        scorePresetProfiles(preset, { reference: empty, current: empty, edges: [1] }).score,
      ).toBeUndefined();
  });
});

describe('spreadBins', () => {
  it('puts values of a bin evenly around their mean', () => {
    expect(spreadBins(binned([0, 0.5, 1.5, 2], []), [], [0, 1, 2])).toEqual([2, 2]);
    // One bin from 0 to 100 with mean 10: within 0 to 20.
    expect(spreadBins(binned([...new Array(99).fill(9.0909), 100, 0], []), [], [0, 21, 100])).toEqual([
      101, 0,
    ]);
  });

  it('keeps all rows that are inside, and those at an atom together', () => {
    const edges = edgesOf([0, 0, 0, 0, 1, 2, 3], 4);
    const counts = spreadBins(binned([0, 0, 0, 0, 1, 2, 3], edges), edges, [0, 0.5, 3]);
    expect(counts).toEqual([4, 3]);
  });
});

function bothScores(
  preset: PresetName,
  x: Sample,
  y: Sample,
  method: string,
): readonly (number | undefined)[] {
  const edges = edgesOf(x);
  const column = (values: Sample) => ({ kind: 'numeric', values }) as const;
  const raw = scorePreset(preset, { reference: column(x), current: column(y), method, threshold: 1 });
  const profiled = scorePresetProfiles(preset, {
    reference: binned(x, edges),
    current: binned(y, edges),
    edges,
    method,
  });
  return [raw.score, profiled.score];
}
