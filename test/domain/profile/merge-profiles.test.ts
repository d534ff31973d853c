import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combineBinnings, makeBinning } from '../../../lib/domain/profile/binning.ts';
import { MAX_CATEGORIES, type NumericProfile } from '../../../lib/domain/profile/column-profile.ts';
import { mergeColumns } from '../../../lib/domain/profile/merge-columns.ts';
import { attachColumns, mergeProfiles } from '../../../lib/domain/profile/merge-profiles.ts';
import { emptyProfile, type Profile, profileSchema } from '../../../lib/domain/profile/profile.ts';
import { type ARow, aBinning, aCategoricalColumn, aNumericColumn, aProfile } from './a-profile.ts';

const number = fc.oneof(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.constantFrom(0, 1, 10, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
);
const row: fc.Arbitrary<ARow> = fc.record({
  x: fc.option(number),
  s: fc.option(fc.constantFrom('', 'a', 'b', 'ü', '__proto__')),
});
const rows = fc.array(row, { maxLength: 60 });

/** Counts must be equal; means and sums only up to the rounding of their order. */
function expectSame(a: Profile, b: Profile): void {
  const counts = (profile: Profile) =>
    JSON.parse(JSON.stringify(profile, (key, value) => (ROUNDED.has(key) ? undefined : value)));
  expect(counts(a)).toEqual(counts(b));
  const [x, y] = [a, b].map((profile) => profile.columns['input.x'] as NumericProfile) as [
    NumericProfile,
    NumericProfile,
  ];
  const scale = 1 + Math.max(Math.abs(x.min ?? 0), Math.abs(x.max ?? 0));
  expect(Math.abs(x.mean - y.mean)).toBeLessThanOrEqual(1e-9 * scale);
  expect(Math.abs(x.m2 - y.m2)).toBeLessThanOrEqual(1e-9 * scale * scale * (x.n + 1));
  for (const [i, sum] of x.bins.sums.entries())
    expect(Math.abs(sum - (y.bins.sums[i] as number))).toBeLessThanOrEqual(1e-9 * scale * (x.n + 1));
}
const ROUNDED = new Set(['mean', 'm2', 'sums']);

describe('mergeProfiles', () => {
  it('is associative', () => {
    fc.assert(
      fc.property(rows, rows, rows, (r, s, t) => {
        const [a, b, c] = [aProfile(r, 'a'), aProfile(s, 'b'), aProfile(t, 'c')] as const;
        expectSame(mergeProfiles(mergeProfiles(a, b), c), mergeProfiles(a, mergeProfiles(b, c)));
      }),
    );
  });

  it('is commutative', () => {
    fc.assert(
      fc.property(rows, rows, (r, s) => {
        const [a, b] = [aProfile(r, 'a'), aProfile(s, 'b')];
        expectSame(mergeProfiles(a, b), mergeProfiles(b, a));
      }),
    );
  });

  it('has the empty profile as identity', () => {
    fc.assert(
      fc.property(rows, (r) => {
        const a = aProfile(r, 'a');
        expect(mergeProfiles(a, emptyProfile(aBinning()))).toEqual(a);
        expect(mergeProfiles(emptyProfile(aBinning()), a)).toEqual(a);
      }),
    );
  });

  it('gives the profile of the whole from its shards', () => {
    fc.assert(
      fc.property(fc.array(rows, { minLength: 1, maxLength: 8 }), (shards) => {
        const merged = shards
          .map((shard, i) => aProfile(shard, `shard-${i}`))
          .reduce(mergeProfiles, emptyProfile(aBinning()));
        const whole = aProfile(shards.flat(), 'whole');
        expectSame({ ...merged, sources: whole.sources }, whole);
      }),
    );
  });

  it('survives its JSON form', () => {
    fc.assert(
      fc.property(rows, (r) => {
        const profile = aProfile(
          r.map((one) => ({ ...one, x: one.x === 0 ? 0 : one.x })),
          'a',
        );
        expect(profileSchema.parse(JSON.parse(JSON.stringify(profile)))).toEqual(profile);
      }),
    );
  });

  it('refuses to count a source twice', () => {
    const a = aProfile([{ x: 1, s: 'a' }], 'day-1');
    expect(() => mergeProfiles(a, a)).toThrow('profiles to merge share no source, got day-1 in both');
  });

  it('refuses profiles of different bins', () => {
    const a = aProfile([], 'a');
    const b = aProfile([], 'b', aBinning([5]));
    expect(() => mergeProfiles(a, b)).toThrow('profiles to merge have one binning');
  });

  it('keeps the widest time range', () => {
    const at = (source: string, from: string, to: string) => ({ ...aProfile([], source), from, to });
    const merged = mergeProfiles(at('a', '2013-02-01', '2013-02-03'), at('b', '2013-01-01', '2013-02-02'));
    expect(merged).toMatchObject({ from: '2013-01-01', to: '2013-02-03' });
    expect(merged.sources.map(({ id }) => id)).toEqual(['a', 'b']);
  });
});

describe('the cap on categories', () => {
  it('keeps the merge associative and every row counted', () => {
    const names = (from: number, length: number) =>
      Array.from({ length }, (_, i) => `v${String(from + i).padStart(6, '0')}`);
    const [a, b, c] = [names(0, 6000), names(3000, 6000), names(8000, 6000)].map(aCategoricalColumn) as [
      never,
      never,
      never,
    ];
    const left = mergeColumns(mergeColumns(a, b), c);
    expect(left).toEqual(mergeColumns(a, mergeColumns(b, c)));
    if (left.kind !== 'categorical') throw new Error(`a categorical column, got ${left.kind}`);
    const rows = (counts: readonly number[] = []) => counts.reduce((sum, n) => sum + n, 0);
    expect(left.values).toHaveLength(MAX_CATEGORIES);
    expect(left.other).toBe(18_000 - rows(left.values.map(([, n]) => n)));
    expect(rows(left.buckets)).toBe(left.other);
  });
});

describe('attachColumns', () => {
  it('puts the outputs of a holdout beside the inputs of the training set', () => {
    const outputs = makeBinning({ 'output.score': { kind: 'numeric', edges: [0.5] } });
    const score = aNumericColumn([0.2, 0.7, 0.9], [0.5]);
    const holdout: Profile = {
      version: 1,
      binningId: outputs.id,
      rows: 3,
      rejectedRows: 0,
      sources: [{ id: 'holdout', rows: 3 }],
      columns: { 'output.score': score },
    };
    const binning = combineBinnings(aBinning(), outputs);
    const reference = attachColumns(aProfile([{ x: 1, s: 'a' }], 'train'), holdout, binning);
    expect(reference).toMatchObject({ binningId: binning.id, rows: 1, sources: [{ id: 'train', rows: 1 }] });
    expect(reference.columns['output.score']).toEqual(score);
    expect(Object.keys(reference.columns).sort()).toEqual(Object.keys(binning.columns).sort());
  });

  it('refuses a column that no profile has', () => {
    const binning = combineBinnings(aBinning(), makeBinning({ 'output.score': { kind: 'categorical' } }));
    expect(() => attachColumns(aProfile([], 'a'), emptyProfile(makeBinning({})), binning)).toThrow(
      'output.score',
    );
  });
});
