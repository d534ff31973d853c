import { describe, expect, it } from 'vitest';
import { type ScoreProfiles, scoreProfiles } from '../../../lib/domain/drift/score-profiles.ts';
import { makeBinning } from '../../../lib/domain/profile/binning.ts';
import { mergeProfiles } from '../../../lib/domain/profile/merge-profiles.ts';
import { emptyProfile, type Profile, profileSchema } from '../../../lib/domain/profile/profile.ts';
import { drift as driftSpec } from '../../../lib/domain/spec/drift.ts';
import { jointProfileOf } from '../../../lib/domain/statistics/joint/joint-profile.ts';
import { jointScale } from '../../../lib/domain/statistics/joint/joint-scale.ts';
import type { Scale } from '../../../lib/domain/statistics/joint/standardise.ts';
import { seededRandom } from '../../../lib/domain/statistics/random/generator.ts';
import { aNumericColumn } from '../profile/a-profile.ts';

const NAMES = ['feature.a', 'feature.b', 'feature.c', 'feature.d'];
// About equal ranks of a standard normal.
const EDGES = [
  -3, -1.53, -1.15, -0.89, -0.67, -0.49, -0.32, -0.16, 0, 0.16, 0.32, 0.49, 0.67, 0.89, 1.15, 1.53, 3,
];
const binning = makeBinning(
  Object.fromEntries(NAMES.map((name) => [name, { kind: 'numeric', edges: EDGES }])),
);
const SCALE = jointScale(binning.columns) as Scale;
const rules = driftSpec.parse({});
const random = seededRandom(21);

interface Wanted {
  readonly n: number;
  /** Of the first two columns, which are standard normal whatever it is. */
  readonly correlation?: number;
  readonly shift?: number;
}

function rows({ n, correlation = 0.8, shift = 0 }: Wanted): readonly Float64Array[] {
  const normal = () => Float64Array.from({ length: n }, () => random.normal());
  const first = normal();
  const second = first.map((x) => correlation * x + Math.sqrt(1 - correlation ** 2) * random.normal());
  return [first, second, normal().map((x) => x + shift), normal()];
}

function profileOf(
  chunk: readonly Float64Array[],
  source: string,
  scale: Scale | undefined = SCALE,
): Profile {
  const n = chunk[0]?.length ?? 0;
  return {
    version: 1,
    binningId: binning.id,
    rows: n,
    rejectedRows: 0,
    sources: [{ id: source, rows: n }],
    columns: Object.fromEntries(
      NAMES.map((name, j) => [name, aNumericColumn([...(chunk[j] as Float64Array)], EDGES)]),
    ),
    joint: jointProfileOf(scale, [chunk]),
  };
}

function withoutJoint({ joint: _, ...profile }: Profile): Profile {
  return profile;
}

const reference = profileOf(rows({ n: 20_000 }), 'reference');
const window = (wanted: Wanted) => profileOf(rows(wanted), 'window');
const score = (of: Profile, more: Partial<ScoreProfiles> = {}) =>
  scoreProfiles({ reference, window: of, binning, drift: rules, ...more });

describe('the columns of a window together', () => {
  it('show a correlation that went while every column is stable, and make it watched, never drifted', () => {
    const found = score(window({ n: 8000, correlation: 0 }));
    expect(found.columns.map(({ verdict }) => verdict)).toEqual(['stable', 'stable', 'stable', 'stable']);
    expect(found).toMatchObject({ verdict: 'watch', alone: 'watch', shareDrifted: 0 });
    expect(found.joint).toMatchObject({ verdict: 'drifted', columns: NAMES, rows: 8000, threshold: 0.1 });
    expect(found.joint?.lowerBound).toBeGreaterThan(0.2);
    expect(found.joint?.residualRatio).toBeGreaterThan(1.2);
    expect(found.explanation).toMatch(
      /^worth watching: 4 numeric columns together moved 0\.\d+ σ, at least 0\.\d+ σ, and lie \d+ % farther from what the reference's rows have in common; could have seen/,
    );
  });

  it('raise no alarm in 60 windows without change, and say what they could have seen', () => {
    const found = Array.from({ length: 60 }, () => score(window({ n: 2000 })));
    expect(found.filter(({ joint }) => joint?.verdict === 'drifted' || joint?.verdict === 'watch')).toEqual(
      [],
    );
    expect(found[0]?.joint?.sentence).toMatch(/could have seen ≥ 0\.\d+ σ$/);
  });

  it('never call a window stable that could not show a change of the threshold', () => {
    const { joint } = score(window({ n: 50 }));
    expect(joint?.detectable).toBeGreaterThan(0.1);
    expect(joint?.verdict).toBe('insufficient-data');
  });

  it('leave the verdict and its words to a column that drifted', () => {
    const found = score(window({ n: 8000, shift: 1 }));
    expect(found).toMatchObject({ verdict: 'drifted', joint: { verdict: 'drifted' } });
    expect(found.explanation).toContain('feature.c');
    expect(found.explanation).not.toContain('together');
  });

  it('change nothing of what could not be judged', () => {
    const found = score(window({ n: 8000, correlation: 0 }), { coverage: 0.5 });
    expect(found).toMatchObject({ verdict: 'insufficient-data', joint: { verdict: 'drifted' } });
  });

  it('are left out where either side was not counted so', () => {
    const found = score(withoutJoint(window({ n: 8000, correlation: 0 })));
    expect(found.joint).toBeUndefined();
    expect(found.verdict).toBe('stable');
  });
});

describe('profiles of numeric columns together', () => {
  const whole = rows({ n: 3200 });
  const cuts = [0, 400, 404, 1600, 3200];
  const shards = cuts.slice(1).map((to, i) =>
    profileOf(
      whole.map((column) => column.subarray(cuts[i], to)),
      `shard-${i}`,
    ),
  );

  const close = (left: readonly number[], right: readonly number[]) => {
    const scale = Math.max(...right.map(Math.abs));
    left.forEach((value, i) => {
      expect(Math.abs(value - (right[i] as number))).toBeLessThanOrEqual(1e-12 * scale);
    });
  };

  it.each([[[0, 1, 2, 3]], [[3, 1, 0, 2]], [[2, 3, 1, 0]]])(
    'of shards in the order %j add up to that of the whole',
    (order) => {
      const one = profileOf(whole, 'whole').joint;
      const merged = order
        .map((i) => shards[i] as Profile)
        .reduce(mergeProfiles, emptyProfile(binning)).joint;
      expect(merged?.scale).toEqual(one?.scale);
      expect([merged?.moments.n, merged?.features.n, merged?.quadruples.n]).toEqual([3200, 3200, 800]);
      close(merged?.moments.sum ?? [], one?.moments.sum ?? []);
      close(merged?.moments.products ?? [], one?.moments.products ?? []);
      close(merged?.features.sum ?? [], one?.features.sum ?? []);
      close([merged?.quadruples.squares ?? 0], [one?.quadruples.squares ?? 0]);
    },
  );

  it('survive being stored and stay when no rows are added, from either side', () => {
    const [shard] = shards as [Profile];
    expect(profileSchema.parse(JSON.parse(JSON.stringify(shard)))).toEqual(shard);
    expect(mergeProfiles(emptyProfile(binning), shard).joint).toEqual(shard.joint);
    expect(mergeProfiles(shard, emptyProfile(binning)).joint).toEqual(shard.joint);
  });

  it('speak for no rows that were not counted so', () => {
    const [a, b] = shards as [Profile, Profile];
    expect(mergeProfiles(a, withoutJoint(b)).joint).toBeUndefined();
    expect(mergeProfiles(withoutJoint(a), b).joint).toBeUndefined();
  });

  it('of other scales are refused, in sums and in scores', () => {
    const other = profileOf(rows({ n: 100 }), 'other', { ...SCALE, means: [1, 0, 0, 0] });
    expect(() => mergeProfiles(shards[0] as Profile, other)).toThrow('joint profiles are of one scale');
    expect(() => score(other)).toThrow('joint profiles are of one scale');
  });

  it('are small enough to be kept for every slice: below 20 KB for 32 columns', () => {
    const columns = Array.from({ length: 32 }, (_, i) => `feature.${i}`);
    const scale = { columns, means: columns.map(() => 0), sigmas: columns.map(() => 1) };
    const chunk = columns.map(() => Float64Array.from({ length: 500 }, () => random.normal()));
    expect(JSON.stringify(jointProfileOf(scale, [chunk])).length).toBeLessThan(20_000);
  });
});
