import { describe, expect, it } from 'vitest';
import { scoreProfiles } from '../../../lib/domain/drift/score-profiles.ts';
import { makeBinning } from '../../../lib/domain/profile/binning.ts';
import type { Profile } from '../../../lib/domain/profile/profile.ts';
import { type ARow, aBinning, aCategoricalColumn, aNumericColumn, aProfile } from '../profile/a-profile.ts';

/** A seeded generator (mulberry32), so that a simulation is a fixed computation. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

const EDGES = Array.from({ length: 63 }, (_, i) => -2.5 + (i * 5) / 62);
const binning = aBinning(EDGES);
const drift = { threshold: 0.1, minRows: 500, minShareOfColumns: 0.1, ignore: [] as string[] };
const CATEGORIES = 'abcdefghij'.split('');

function someRows(count: number, random: () => number, shift = 0, favourite = 0): ARow[] {
  return Array.from({ length: count }, () => ({
    x: normal(random) + shift,
    s: random() < favourite ? 'a' : (CATEGORIES[Math.floor(random() * 10)] as string),
  }));
}

function score(reference: readonly ARow[], window: readonly ARow[], change: Partial<typeof drift> = {}) {
  return scoreProfiles({
    reference: aProfile(reference, 'reference', binning),
    window: aProfile(window, 'window', binning),
    binning,
    drift: { ...drift, ...change },
  });
}

describe('scoreProfiles', () => {
  const random = seeded(1);
  const reference = someRows(20_000, random);

  it('is stable for another sample of the same distribution', () => {
    const result = score(reference, someRows(5000, random));
    expect(result).toMatchObject({
      verdict: 'stable',
      shareDrifted: 0,
      explanation: expect.stringMatching(/^none of 2 columns moved; could have seen ≥ 0\.0\d+ σ$/),
    });
  });

  it('is drifted for a shift of half a deviation, and says where', () => {
    const result = score(reference, someRows(5000, random, 0.5));
    expect(result.verdict).toBe('drifted');
    expect(result.shareDrifted).toBe(0.5);
    const [column] = result.columns;
    expect(column).toMatchObject({
      column: 'input.x',
      statistic: 'wasserstein',
      verdict: 'drifted',
      rows: 5000,
    });
    expect(column?.effect).toBeCloseTo(0.5, 1);
    expect(column?.lowerBound).toBeLessThan(column?.effect as number);
    expect(result.explanation).toMatch(
      /^1 of 2 columns drifted: input\.x moved 0\.\d+ σ, mostly above 0\.\d+ \(\d.+ → .+ of values, mean .+\), accounts for 100 % of the shift; could have seen ≥ 0\.0\d+ σ$/,
    );
  });

  it('is drifted for a category that takes over, and names it', () => {
    const result = score(reference, someRows(5000, random, 0, 0.3));
    expect(result.columns[0]).toMatchObject({
      column: 'input.s',
      statistic: 'jensen-shannon',
      verdict: 'drifted',
    });
    expect(result.explanation).toMatch(/input\.s moved 0\.\d+ in Jensen-Shannon distance, a \S+ % → \S+ %/);
  });

  it('only watches a shift at the threshold that the rows do not prove', () => {
    const result = score(reference, someRows(1000, seeded(3), 0.13));
    expect(result.columns[0]).toMatchObject({ column: 'input.x', verdict: 'watch' });
    expect(result.verdict).toBe('watch');
    expect(result.explanation).toMatch(/^worth watching: input\.x/);
  });

  it('has too little data below the fewest rows, however far they lie', () => {
    const result = score(reference, someRows(499, random, 5));
    expect(result).toMatchObject({
      verdict: 'insufficient-data',
      explanation: '499 rows, wanted at least 500 to judge',
    });
    expect(result.columns.every((column) => column.verdict === 'insufficient-data')).toBe(true);
    expect(score(reference, []).verdict).toBe('insufficient-data');
  });

  it('never calls stable what is too small to show a change that counts', () => {
    const result = score(someRows(600, random), someRows(600, random), { threshold: 0.05 });
    expect(result.columns.some((column) => column.verdict === 'stable')).toBe(false);
    expect(result.verdict).not.toBe('stable');
  });

  it('sees a column that falls silent', () => {
    const silent = someRows(5000, random).map((row, i) => (i % 2 === 0 ? { ...row, x: null } : row));
    const [column] = score(reference, silent).columns;
    expect(column).toMatchObject({ column: 'input.x', statistic: 'missing-change', verdict: 'drifted' });
    expect(column?.explanation).toContain('null 0 % → 50 %');
    const allNull = someRows(5000, random).map((row) => ({ ...row, x: null }));
    expect(score(reference, allNull).columns[0]).toMatchObject({ column: 'input.x', verdict: 'drifted' });
  });

  it('leaves ignored columns out', () => {
    const result = score(reference, someRows(5000, random, 0.5), { ignore: ['input.x'] });
    expect(result.columns.map((column) => column.column)).toEqual(['input.s']);
    expect(result.verdict).toBe('stable');
  });

  it('asks for the share of columns that the spec does', () => {
    expect(score(reference, someRows(5000, random, 0.5), { minShareOfColumns: 0.6 }).verdict).toBe('watch');
  });

  it('gives the same answer again', () => {
    const window = someRows(3000, random, 0.2);
    expect(score(reference, window)).toEqual(score(reference, window));
  });

  it('refuses profiles of other bins', () => {
    const other = aProfile([], 'window', aBinning());
    const input = { reference: aProfile(reference, 'r', binning), window: other, binning, drift };
    expect(() => scoreProfiles(input)).toThrow(`profiles to score are counted under binning ${binning.id}`);
  });
});

describe('a constant column', () => {
  const constant = makeBinning({ 'input.x': { kind: 'numeric', edges: [7, 7.000000000000001] } });
  const profile = (values: number[], source: string): Profile => ({
    version: 1,
    binningId: constant.id,
    rows: values.length,
    rejectedRows: 0,
    sources: [{ id: source, rows: values.length }],
    columns: { 'input.x': aNumericColumn(values, [7, 7.000000000000001]) },
  });
  const of = (share: number) => Array.from({ length: 1000 }, (_, i) => (i < share * 1000 ? 9 : 7));

  it('drifts by the share of rows that have another value', () => {
    const reference = profile(of(0), 'r');
    const verdict = (window: number[]) =>
      scoreProfiles({ reference, window: profile(window, 'w'), binning: constant, drift }).verdict;
    expect(verdict(of(0))).toBe('stable');
    expect(verdict(of(0.2))).toBe('drifted');
  });
});

describe('false alarms on identical distributions', () => {
  const CASES = [
    { reference: 5000, window: 800 },
    { reference: 1500, window: 1500 },
    { reference: 600, window: 600 },
  ];
  it.each(CASES)('stay below 5 % of 200 windows of $window rows', ({ reference, window }) => {
    let alarms = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const random = seeded(seed);
      const columns = score(someRows(reference, random), someRows(window, random)).columns;
      alarms += columns.filter((column) => column.verdict === 'drifted').length;
    }
    expect(alarms / 400).toBeLessThan(0.05);
  });

  it('stay below 5 % for a hundred categories', () => {
    const names = Array.from({ length: 100 }, (_, i) => `c${i}`);
    const wide = makeBinning({ 'input.s': { kind: 'categorical' } });
    const profile = (count: number, source: string, random: () => number): Profile => ({
      version: 1,
      binningId: wide.id,
      rows: count,
      rejectedRows: 0,
      sources: [{ id: source, rows: count }],
      columns: {
        'input.s': aCategoricalColumn(
          Array.from({ length: count }, () => names[Math.floor(random() ** 2 * 100)] as string),
        ),
      },
    });
    let alarms = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const random = seeded(seed);
      const [reference, window] = [profile(5000, 'r', random), profile(1000, 'w', random)] as const;
      if (scoreProfiles({ reference, window, binning: wide, drift }).verdict === 'drifted') alarms++;
    }
    expect(alarms).toBeLessThan(5);
  });

  it('leave the power to see a quarter of a deviation in 2,000 rows', () => {
    let seen = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const random = seeded(seed);
      if (score(someRows(5000, random), someRows(2000, random, 0.25)).columns[0]?.verdict === 'drifted')
        seen++;
    }
    expect(seen).toBeGreaterThan(95);
  });
});
