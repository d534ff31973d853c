import { describe, expect, it } from 'vitest';
import { scoreColumn } from '../../../lib/domain/drift/score-column.ts';
import type { Aspect } from '../../../lib/domain/drift/verdict.ts';
import type { ColumnProfile } from '../../../lib/domain/profile/column-profile.ts';
import { emptyNumeric } from '../../../lib/domain/profile/numeric-profile.ts';
import { emptyText, TEXT_EDGES } from '../../../lib/domain/profile/text-profile.ts';
import { emptyTimestamp } from '../../../lib/domain/profile/timestamp-profile.ts';
import { seededRandom } from '../../../lib/domain/statistics/random/generator.ts';
import { aCategoricalColumn, aNumericColumn } from '../profile/a-profile.ts';

const random = seededRandom(3);

function score(
  reference: ColumnProfile,
  window: ColumnProfile,
  more: { name?: string; edges?: number[]; unit?: string; minRows?: number } = {},
) {
  const { name = 'input.x', edges = [-1, 0, 1, 2], unit, minRows = 100 } = more;
  const binning = reference.kind === 'numeric' ? { kind: reference.kind, edges } : { kind: reference.kind };
  return scoreColumn({ name, reference, window, binning, threshold: 0.1, minRows, unit });
}

const check = (drift: ReturnType<typeof score>, aspect: Aspect) =>
  drift.checks.find((one) => one.aspect === aspect);

const normals = (count: number, shift = 0) => Array.from({ length: count }, () => random.normal() + shift);
const numbers = (values: readonly (number | null)[]) => aNumericColumn(values, [-1, 0, 1, 2]);
const letters = (counts: Readonly<Record<string, number>>) =>
  aCategoricalColumn(Object.entries(counts).flatMap(([value, n]) => new Array<string>(n).fill(value)));

describe('a number', () => {
  const reference = numbers(normals(20_000));

  it('is judged by its shift in deviations, with bounds, what could have been seen and what it would take', () => {
    const drift = score(reference, numbers(normals(3000, 0.3)), { unit: '°C' });
    expect(drift).toMatchObject({
      statistic: 'wasserstein',
      verdict: 'drifted',
      kind: 'numeric',
      role: 'input',
    });
    expect(drift.effect).toBeCloseTo(0.3, 1);
    expect(drift.lowerBound).toBeLessThan(drift.effect as number);
    expect(drift.upperBound).toBeGreaterThan(drift.effect as number);
    expect(drift.explanation).toMatch(
      /^input\.x moved 0\.\d+ σ, mostly above 0 °C \(.* °C\); could have seen ≥ 0\.0\d+ σ$/,
    );
    expect(drift.pValue).toBeLessThan(1e-6);
  });

  it('names the ranges that make its distance, which add up', () => {
    const { contributions = [] } = score(reference, numbers(normals(3000, 0.3)));
    expect(contributions.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(contributions.map(({ cell }) => cell).sort()).toEqual([
      '-1 to 0',
      '0 to 1',
      '1 to 2',
      'below -1',
      'from 2',
    ]);
  });

  it('has the other statistics of the catalogue beside it', () => {
    const { statistics } = score(reference, numbers(normals(3000, 0.3)));
    expect(statistics['mean-shift']).toBeCloseTo(0.3, 1);
    expect(statistics['sd-ratio']).toBeCloseTo(1, 1);
    expect(statistics['ks-lower']).toBeLessThanOrEqual(statistics['ks-upper'] as number);
    expect(Object.keys(statistics)).toEqual(
      expect.arrayContaining([
        'psi-10',
        'js-32',
        'hellinger',
        'total-variation',
        'l-infinity',
        'chi-square-p',
        'ks-p',
      ]),
    );
  });

  it('below its stated size is drifted where the rows prove it, and else not judged', () => {
    const far = score(reference, numbers(normals(200, 2)));
    expect(far.verdict).toBe('drifted');
    const near = score(reference, numbers(normals(200)));
    expect(near).toMatchObject({ verdict: 'insufficient-data' });
    expect(near.explanation).toMatch(
      /^input\.x has 200 values, wanted at least \d+; could have seen ≥ 0\.\d+ σ$/,
    );
  });

  it('of another kind than before is refused', () => {
    expect(() => score(reference, letters({ a: 500 }))).toThrow(
      'a column has one kind, got numeric and categorical',
    );
  });
});

describe('missing values', () => {
  const some = (count: number, missing: number) =>
    numbers([...normals(count - missing), ...new Array<null>(missing).fill(null)]);

  it('matter from two in a hundred when they double', () => {
    const drift = score(some(20_000, 200), some(5000, 300));
    expect(check(drift, 'missing')).toMatchObject({ verdict: 'drifted', threshold: 0.02 });
    expect(drift).toMatchObject({ verdict: 'drifted', statistic: 'missing-change' });
    expect(drift.explanation).toContain('null 1 % → 6 %');
  });

  it('matter as much when they stop', () => {
    expect(check(score(some(20_000, 1200), some(5000, 50)), 'missing')?.verdict).toBe('drifted');
  });

  it('do not matter below two in a hundred, however many times more they are', () => {
    expect(check(score(some(20_000, 0), some(5000, 60)), 'missing')?.verdict).toBe('stable');
  });

  it('that were common before matter from a tenth of the rows', () => {
    expect(check(score(some(20_000, 8000), some(5000, 2300)), 'missing')).toMatchObject({
      verdict: 'stable',
      threshold: 0.1,
    });
    expect(check(score(some(20_000, 8000), some(5000, 2800)), 'missing')?.verdict).toBe('drifted');
  });

  it('are null, NaN and infinities, told apart', () => {
    const window = numbers([...normals(4000), ...new Array<number>(1000).fill(Number.NaN)]);
    expect(score(some(20_000, 0), window).explanation).toContain('NaN 0 % → 20 %');
  });
});

describe('categories', () => {
  it('that are new matter from one row in a hundred, by name', () => {
    const drift = score(letters({ AA: 10_000, UA: 10_000 }), letters({ AA: 2400, UA: 2400, ZZ: 120 }));
    expect(check(drift, 'unseen')).toMatchObject({
      verdict: 'drifted',
      statistic: 'unseen-share',
      threshold: 0.01,
    });
    expect(check(drift, 'unseen')?.sentence).toMatch(/does not know in 2\.44 % of rows: ZZ$/);
  });

  it('that are new do not matter where the reference shows that new ones always come', () => {
    const ids = (from: number, count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`id-${from + i}`, 1]));
    const drift = score(letters({ AA: 5000, ...ids(0, 500) }), letters({ AA: 1000, ...ids(500, 100) }));
    expect(check(drift, 'unseen')?.effect).toBe(0);
  });

  it('are named with their share of the distance', () => {
    const { contributions } = score(letters({ a: 5000, b: 5000 }), letters({ a: 3000, b: 1000, c: 200 }));
    expect(contributions?.map(({ cell }) => cell)).toContain('c');
    expect(contributions?.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  it('of many values are compared by name and by hash', () => {
    const many = (count: number, other: number): ColumnProfile => ({
      ...(letters({ a: count }) as ColumnProfile & { kind: 'categorical' }),
      n: count + other,
      other,
      buckets: Array.from({ length: 1024 }, (_, i) => Math.floor(other / 1024) + (i < other % 1024 ? 1 : 0)),
    });
    expect(check(score(many(20_000, 30_000), many(8000, 12_000)), 'values')?.verdict).toBe('stable');
    expect(check(score(many(20_000, 30_000), many(16_000, 4000)), 'values')?.verdict).toBe('drifted');
    expect(check(score(many(20_000, 30_000), many(8000, 12_000)), 'unseen')).toBeUndefined();
  });
});

describe('true and false', () => {
  const truth = (yes: number, no: number) => letters({ true: yes, false: no });

  it('are judged by the change of their rate', () => {
    const drift = score(truth(4000, 16_000), truth(900, 2100));
    expect(drift).toMatchObject({ kind: 'boolean', verdict: 'drifted' });
    expect(check(drift, 'values')).toMatchObject({
      statistic: 'rate-change',
      threshold: 0.05,
      verdict: 'drifted',
    });
    expect(check(drift, 'values')?.effect).toBeCloseTo(0.1, 9);
    expect(drift.explanation).toContain('is true in 30 % of rows, was in 20 %');
  });

  it('that are rarely true are judged on a scale that shows it', () => {
    const drift = score(truth(20, 19_980), truth(105, 2895));
    expect(check(drift, 'values')?.verdict).toBe('stable');
    expect(check(drift, 'rare-rate')).toMatchObject({ statistic: 'cohen-h', verdict: 'drifted' });
  });
});

describe('a text', () => {
  const texts = (n: number, length: number, trigram: number) => {
    const { length: of, ...rest } = emptyText();
    const trigrams = rest.trigrams.map((_, i) => (i % 64 === trigram % 64 ? n * 4 : n));
    const values = Array.from({ length: n }, (_, i) => length + (i % 20));
    return {
      ...rest,
      n,
      trigrams,
      length: aNumericColumn(values, TEXT_EDGES),
      tokens: emptyNumeric(of.bins.counts.length - 1),
    };
  };

  it('is judged by its length and by what it is made of', () => {
    const reference = texts(10_000, 100, 1);
    expect(score(reference, texts(3000, 100, 1))).toMatchObject({ kind: 'text', verdict: 'stable' });
    expect(check(score(reference, texts(3000, 160, 1)), 'values')?.verdict).toBe('drifted');
    expect(check(score(reference, texts(3000, 100, 30)), 'wording')?.verdict).not.toBe('stable');
  });
});

describe('a time', () => {
  const HOUR_MS = 3_600_000;
  const times = (n: number, hours: (hour: number) => number, future = 0) => {
    const weights = Array.from({ length: 168 }, (_, hour) => hours(hour));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const hourOfWeek = weights.map((weight) => Math.round((n * weight) / total));
    return {
      ...emptyTimestamp(),
      n: hourOfWeek.reduce((sum, count) => sum + count, 0),
      hourOfWeek,
      future,
      min: 0,
      max: 168 * HOUR_MS,
    };
  };
  const always = () => 1;
  const atWork = (hour: number) => (hour % 24 >= 9 && hour % 24 < 17 ? 1 : 0.1);

  it('is judged by when in the week rows come, never by its value', () => {
    const later = { ...times(5000, always), min: 1000 * HOUR_MS, max: 1168 * HOUR_MS };
    expect(score(times(20_000, always), later)).toMatchObject({ kind: 'timestamp', verdict: 'stable' });
    expect(check(score(times(20_000, always), times(5000, atWork)), 'values')?.verdict).toBe('drifted');
  });

  it('that has not come yet matters from one row in a hundred', () => {
    expect(check(score(times(20_000, always), times(5000, always, 150)), 'future')?.verdict).toBe('drifted');
    expect(check(score(times(20_000, always), times(5000, always, 10)), 'future')?.verdict).toBe('stable');
  });

  it('that usually lies ahead of its row is no news, and one that no longer does is', () => {
    const booked = times(20_000, always, 19_000);
    expect(check(score(booked, times(5000, always, 4800)), 'future')?.verdict).toBe('stable');
    expect(check(score(booked, times(5000, always, 1000)), 'future')?.verdict).toBe('drifted');
  });

  it('of an hour is not held against the hours of a day', () => {
    const hour = { ...times(5000, (i) => (i === 33 ? 1 : 0)), max: HOUR_MS };
    const drift = score(times(20_000, always), hour);
    expect(check(drift, 'values')).toMatchObject({ verdict: 'insufficient-data' });
    expect(drift.verdict).toBe('insufficient-data');
  });
});

describe('columns without anything to compare', () => {
  const nothing = numbers(new Array<null>(500).fill(null));

  it.each([
    ['all null before and now', nothing, nothing, 'stable'],
    ['all null now', numbers(normals(5000)), nothing, 'drifted'],
    ['all NaN now', numbers(normals(5000)), numbers(new Array<number>(500).fill(Number.NaN)), 'drifted'],
    ['no rows now', numbers(normals(5000)), numbers([]), 'insufficient-data'],
    ['one row now', numbers(normals(5000)), numbers([0]), 'insufficient-data'],
    [
      'a constant that stays',
      numbers(new Array<number>(5000).fill(1)),
      numbers(new Array<number>(500).fill(1)),
      'stable',
    ],
  ] as const)('%s', (_, reference, window, verdict) => {
    expect(score(reference, window).verdict).toBe(verdict);
  });
});
