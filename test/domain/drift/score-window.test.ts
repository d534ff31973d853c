import { describe, expect, it } from 'vitest';
import type { ColumnDrift } from '../../../lib/domain/drift/column-drift.ts';
import { confidenceOf } from '../../../lib/domain/drift/false-discoveries.ts';
import { type ScoreProfiles, scoreProfiles } from '../../../lib/domain/drift/score-profiles.ts';
import { makeBinning } from '../../../lib/domain/profile/binning.ts';
import { mergeProfiles } from '../../../lib/domain/profile/merge-profiles.ts';
import type { Profile } from '../../../lib/domain/profile/profile.ts';
import { drift as driftSpec } from '../../../lib/domain/spec/drift.ts';
import { seededRandom } from '../../../lib/domain/statistics/random/generator.ts';
import { type ARow, aBinning, aNumericColumn, aProfile } from '../profile/a-profile.ts';

const EDGES = Array.from({ length: 63 }, (_, i) => -2.5 + (i * 5) / 62);
const binning = aBinning(EDGES);
const rules = driftSpec.parse({});
const random = seededRandom(11);

function rows(count: number, shift = 0): ARow[] {
  return Array.from({ length: count }, () => ({
    x: random.normal() + shift,
    s: 'abcde'[random.integer(5)] as string,
  }));
}

const reference = aProfile(rows(20_000), 'reference', binning);

function score(window: Profile, more: Partial<ScoreProfiles> = {}) {
  return scoreProfiles({ reference, window, binning, drift: rules, ...more });
}

const window = (count: number, shift = 0, source = 'window') => aProfile(rows(count, shift), source, binning);

describe('the bounds of a window with many columns', () => {
  it('are as sure as one question needs, for one', () => {
    expect(confidenceOf([0.5], 0.05).level).toBe(0.95);
  });

  it('are surer the more is asked, and less so the more is found', () => {
    expect(confidenceOf([0.5, 0.5, 0.5, 0.5], 0.05).level).toBe(1 - 0.05 / 4);
    expect(confidenceOf([0.001, 0.001, 0.5, 0.5], 0.05).level).toBe(1 - 0.1 / 4);
    expect(confidenceOf([], 0.05).level).toBe(0.95);
  });

  it('call as many of 200 columns at the threshold drifted as the rate allows', () => {
    const names = Array.from({ length: 200 }, (_, i) => `input.x${i}`);
    const wide = makeBinning(
      Object.fromEntries(names.map((name) => [name, { kind: 'numeric', edges: EDGES }])),
    );
    const profile = (count: number, shift: number, source: string): Profile => ({
      version: 1,
      binningId: wide.id,
      rows: count,
      rejectedRows: 0,
      sources: [{ id: source, rows: count }],
      columns: Object.fromEntries(
        names.map((name) => [
          name,
          aNumericColumn(
            rows(count, shift).map((row) => row.x),
            EDGES,
          ),
        ]),
      ),
    });
    const all = {
      reference: profile(4000, 0, 'r'),
      window: profile(1500, 0.09, 'w'),
      binning: wide,
      drift: rules,
    };
    const { columns } = scoreProfiles(all);
    const byThemselves = columns.filter(({ pValue = 1 }) => pValue <= 0.05).length;
    expect(byThemselves).toBeGreaterThan(2);
    expect(columns.filter(({ verdict }) => verdict === 'drifted').length).toBeLessThanOrEqual(1);
  });
});

describe('coverage', () => {
  it('below the asked share leaves nothing to judge', () => {
    const half = score(window(5000, 0.5), { coverage: 0.5 });
    expect(half).toMatchObject({ verdict: 'insufficient-data', alone: 'insufficient-data', coverage: 0.5 });
    expect(half.explanation).toBe('only 50 % of its rows could be counted, wanted 95 %');
    expect(score(window(5000, 0.5), { coverage: 0.96 }).verdict).toBe('drifted');
  });
});

describe('k of n windows', () => {
  const twoOfThree = { ...rules, windows: { drifted: 2, of: 3 } };
  const following = (...verdicts: readonly ColumnDrift['verdict'][]) => ({
    recent: verdicts.map((verdict, i) => ({ start: `2013-0${i + 1}-01`, verdict })),
  });
  const scored = (previous: ReturnType<typeof following>) =>
    score(window(5000, 0.5), { drift: twoOfThree, start: '2013-09-01', previous });

  it('only watch the first window that drifts', () => {
    expect(scored(following('stable', 'stable'))).toMatchObject({ verdict: 'watch', alone: 'drifted' });
    expect(scored(following('stable', 'stable')).explanation).toContain(
      '1 of 2 columns drifted in fewer than 2 of the last 3 windows: input.x',
    );
  });

  it('call the second one drifted, and forget those before', () => {
    expect(scored(following('drifted', 'stable'))).toMatchObject({ verdict: 'drifted', alone: 'drifted' });
    expect(scored(following('drifted', 'stable', 'stable')).verdict).toBe('watch');
  });

  it('hand on the last verdicts of windows by themselves', () => {
    expect(scored(following('stable', 'drifted', 'stable')).recent).toEqual([
      { start: '2013-02-01', verdict: 'drifted' },
      { start: '2013-03-01', verdict: 'stable' },
      { start: '2013-09-01', verdict: 'drifted' },
    ]);
  });
});

describe('evidence across windows', () => {
  const day = (i: number) => `2013-04-${String(i + 1).padStart(2, '0')}T00:00:00.000Z`;
  const live = (days: number, count: number, shift: number) => {
    let previous: ScoreProfiles['previous'];
    return Array.from({ length: days }, (_, i) => {
      const scored = score(window(count, shift), { start: day(i), previous });
      const drifted = scored.columns
        .filter(({ verdict }) => verdict === 'drifted')
        .map(({ column }) => column);
      previous = { evidence: scored.evidence, recent: scored.recent, drifted };
      return scored;
    });
  };

  it('adds up what windows too small to be judged have, until they can be', () => {
    const scored = live(20, 200, 0.5);
    expect(scored[0]?.verdict).toBe('insufficient-data');
    const told = scored.findIndex(({ verdict }) => verdict === 'drifted');
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThan(8);
    expect(scored[told]?.explanation).toMatch(
      /input\.x has changed over \d windows since 2013-04-01 with \d+ rows together/,
    );
    // People know now, so counting begins anew.
    expect(scored[told + 1]?.columns[0]?.evidence).toMatchObject({ windows: 1, since: day(told + 1) });
  });

  it('stays calm while nothing changes', () => {
    const scored = live(30, 200, 0);
    expect(scored.every(({ verdict }) => verdict === 'insufficient-data')).toBe(true);
    expect(scored.flatMap(({ columns }) => columns).some(({ evidence }) => evidence?.changed)).toBe(false);
    expect(scored.at(-1)?.columns[0]?.evidence).toMatchObject({ windows: 30, rows: 6000, since: day(0) });
  });

  it('tells of a change too small to call drift, without calling it so', () => {
    const scored = live(30, 3000, 0.06).at(-1);
    const x = scored?.columns.find(({ column }) => column === 'input.x');
    expect(x).toMatchObject({ verdict: 'stable', evidence: { changed: true } });
  });
});

describe("a library's rules", () => {
  it('are reported beside the verdict and change nothing', () => {
    const moved = window(5000, 0.5);
    const plain = score(moved);
    const beside = score(moved, { drift: { ...rules, preset: 'evidently' } });
    expect({ ...beside, preset: undefined }).toEqual({ ...plain, preset: undefined });
    expect(plain.preset).toBeUndefined();
    expect(beside.preset).toMatchObject({
      preset: 'evidently',
      drifted: true,
      columns: expect.arrayContaining([
        {
          column: 'input.x',
          method: 'wasserstein',
          score: expect.closeTo(0.5, 1),
          threshold: 0.1,
          drifted: true,
        },
      ]),
    });
  });

  it.each(['evidently', 'sagemaker', 'tfdv', 'nannyml'] as const)(
    'have nothing to say of no rows (%s)',
    (preset) => {
      expect(score(window(0), { drift: { ...rules, preset } }).preset).toMatchObject({ drifted: false });
    },
  );
});

describe('explanation', () => {
  it('names the day that carries the shift', () => {
    const days = [0, 0, 3, 0].map((shift, i) => ({
      source: `2013-07-0${i + 1}`,
      profile: window(1000, shift, `day-${i}`),
    }));
    const whole = days.map(({ profile }) => profile).reduce(mergeProfiles);
    const scored = score(whole, { slices: days });
    const [first] = scored.columns[0]?.bySource ?? [];
    expect(first).toMatchObject({ source: '2013-07-03', rows: 1000 });
    expect(first?.share).toBeGreaterThan(0.9);
    expect(scored.explanation).toMatch(/, \d+ % of it from 2013-07-03/);
  });

  it('names no day where all carry it alike', () => {
    const days = [0, 1, 2].map((i) => ({ source: `d${i}`, profile: window(1500, 0.5, `day-${i}`) }));
    const scored = score(days.map(({ profile }) => profile).reduce(mergeProfiles), { slices: days });
    expect(scored.explanation).not.toContain(' from d');
  });

  it('names the segment that moved most', () => {
    const cut = {
      by: [{ name: 'input.s', values: ['a'] }],
      columns: { 'input.x': { kind: 'numeric' as const, edges: EDGES } },
    };
    const segmented = makeBinning(binning.columns, cut);
    const profile = (a: ARow[], others: ARow[], source: string): Profile => ({
      ...aProfile([...a, ...others], source, binning),
      binningId: segmented.id,
      segments: [a, others].map((part, i) => ({
        by: 'input.s',
        value: i === 0 ? 'a' : null,
        rows: part.length,
        columns: {
          'input.x': aNumericColumn(
            part.map((row) => row.x),
            EDGES,
          ),
        },
      })),
    });
    const scored = scoreProfiles({
      reference: profile(rows(5000), rows(15_000), 'r'),
      window: profile(rows(1500, 1), rows(4500), 'w'),
      binning: segmented,
      drift: rules,
    });
    expect(scored.segments[0]).toMatchObject({
      by: 'input.s',
      value: 'a',
      column: 'input.x',
      verdict: 'drifted',
    });
    expect(scored.segments.at(-1)).toMatchObject({ value: null, verdict: 'stable' });
    expect(scored.explanation).toContain('most where input.s is a');
  });

  it('names what the model answers, however far other columns moved', () => {
    const names = ['input.a', 'input.b', 'input.c', 'input.d', 'output.score'];
    const five = makeBinning(
      Object.fromEntries(names.map((name) => [name, { kind: 'numeric', edges: EDGES }])),
    );
    const profile = (count: number, shifts: readonly number[], source: string): Profile => ({
      version: 1,
      binningId: five.id,
      rows: count,
      rejectedRows: 0,
      sources: [{ id: source, rows: count }],
      columns: Object.fromEntries(
        names.map((name, i) => [
          name,
          aNumericColumn(
            rows(count, shifts[i]).map((row) => row.x),
            EDGES,
          ),
        ]),
      ),
    });
    const moved = scoreProfiles({
      reference: profile(5000, [0, 0, 0, 0, 0], 'r'),
      window: profile(3000, [1, 0.9, 0.8, 0.7, 0.3], 'w'),
      binning: five,
      drift: rules,
    });
    expect(moved.columns.at(-1)).toMatchObject({
      column: 'output.score',
      role: 'prediction',
      verdict: 'drifted',
    });
    expect(moved.explanation).toMatch(
      /input\.a moved .*input\.b moved .*input\.c moved .*; output\.score moved/,
    );
    expect(moved.explanation).not.toContain('input.d');
  });

  it('has the unit of the spec', () => {
    expect(score(window(5000, 0.5), { units: { 'input.x': '°C' } }).explanation).toMatch(/above -?0\.\d+ °C/);
  });
});
