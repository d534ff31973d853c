import { describe, expect, it } from 'vitest';
import { scoreColumn } from '../../../lib/domain/drift/score-column.ts';
import { sharesEffect } from '../../../lib/domain/drift/shares-effect.ts';
import { jensenShannonDistance } from '../../../lib/domain/statistics/jensen-shannon.ts';
import { seededRandom } from '../../../lib/domain/statistics/random/generator.ts';
import {
  CATEGORICAL_FAMILIES,
  FAMILIES,
  type Family,
  multinomial,
  NUMERIC_FAMILIES,
  replay,
  shareOf,
} from './replays.ts';
import { FORM_FAMILIES } from './replays-of-forms.ts';
import { replayTables } from './replays-of-tables.ts';

// Fewer replays than `npm run bench -- engine` makes, in the cells where each rule is hardest pressed.
const REPLAYS = 100;
const CELLS = FAMILIES.flatMap((family) =>
  [
    { n: 100, m: 100 },
    { n: 300, m: 300 },
    { n: 3000, m: 3000 },
    { n: 20_000, m: 300 },
    { n: 20_000, m: 1500 },
  ].map((size) => ({ name: family.name, family, ...size })),
);

describe('windows of what the version learned from', () => {
  it.each(CELLS)('are called drifted in at most 5 % ($name, $n against $m rows)', (cell) => {
    const scores = replay(cell, REPLAYS, 7, cell.n > cell.m ? 50 : 1);
    expect(shareOf(scores, ({ verdict }) => verdict === 'drifted')).toBeLessThanOrEqual(0.05);
    expect(shareOf(scores, ({ verdict }) => verdict === 'watch')).toBeLessThanOrEqual(0.05);
  });

  it.each(CELLS)('are judged at or above the stated size ($name, $n against $m rows)', (cell) => {
    const judgeable = replay(cell, 20, 11).filter(
      ({ minRows, rows }) => minRows !== undefined && rows >= minRows,
    );
    expect(judgeable.filter(({ verdict }) => verdict === 'insufficient-data')).toEqual([]);
  });

  it.each(FAMILIES)(
    'have a size from which they are judged, given enough to compare with ($name)',
    (family) => {
      const [score] = replay({ family, n: 20_000, m: 100 }, 1, 3);
      const least = score?.minRows as number;
      expect(least).toBeGreaterThan(200);
      expect(least).toBeLessThan(1400);
      const [below] = replay({ family, n: 20_000, m: Math.floor(least * 0.9) }, 1, 5);
      expect(below?.verdict).toBe('insufficient-data');
      const [at] = replay({ family, n: 20_000, m: Math.ceil(least * 1.05) }, 1, 5);
      expect(at?.verdict).toBe('stable');
    },
  );
});

describe('tables of forty columns of what the version learned from', () => {
  it('are called drifted in at most 5 %, where one column is enough', () => {
    const scores = replayTables({ columns: 40, n: 500, m: 500 }, 40, 11);
    expect(shareOf(scores, ({ verdict }) => verdict === 'drifted')).toBeLessThanOrEqual(0.05);
  });
});

describe('texts and times of what the version learned from', () => {
  it.each(FORM_FAMILIES)('are called drifted in at most 5 % ($name)', (family) => {
    const scores = replay({ family, n: 20_000, m: 1000 }, REPLAYS, 19, REPLAYS);
    expect(shareOf(scores, ({ verdict }) => verdict === 'drifted')).toBeLessThanOrEqual(0.05);
    expect(shareOf(scores, ({ verdict }) => verdict === 'watch')).toBeLessThanOrEqual(0.05);
  });

  it('are called drifted when rows of a month come at other hours of the week', () => {
    const month = FORM_FAMILIES.find(({ name }) => name === 'times of rows, 30 days') as Family;
    const reference = month.reference(20_000, seededRandom(23));
    const window = month.window(3000, seededRandom(29), reference.binning, 0);
    if (window.kind !== 'timestamp') throw new Error('times have the profile of times');
    const { hourOfWeek } = window;
    // All of the weekend's rows on Monday, at the same hours.
    const moved = hourOfWeek.map((count, i) =>
      i >= 120
        ? 0
        : i < 24
          ? count + (hourOfWeek[i + 120] as number) + (hourOfWeek[i + 144] as number)
          : count,
    );
    const input = {
      name: 'input.x',
      reference: reference.column,
      binning: reference.binning,
      threshold: 0.1,
    };
    const score = scoreColumn({ ...input, window: { ...window, hourOfWeek: moved }, minRows: 10 });
    expect(score).toMatchObject({ verdict: 'drifted', explanation: expect.stringContaining('Monday') });
  });
});

describe('windows that moved', () => {
  it.each(NUMERIC_FAMILIES)('by 0.2 σ are called drifted in 3,000 rows ($name)', (family) => {
    const scores = replay({ family, n: 20_000, m: 3000, shift: 0.2 }, REPLAYS, 13, 50);
    expect(shareOf(scores, ({ verdict }) => verdict === 'drifted')).toBeGreaterThanOrEqual(0.95);
  });

  it.each(NUMERIC_FAMILIES)('by half the threshold are not ($name)', (family) => {
    const scores = replay({ family, n: 20_000, m: 3000, shift: 0.05 }, REPLAYS, 17, 50);
    expect(shareOf(scores, ({ verdict }) => verdict === 'drifted')).toBe(0);
  });
});

describe('what a window could have seen', () => {
  it.each(NUMERIC_FAMILIES)('is seen as more than nothing in four of five windows ($name)', (family) => {
    const [score] = replay({ family, n: 20_000, m: 2000 }, 1, 19);
    const shift = score?.detectable as number;
    expect(shift).toBeGreaterThan(0.04);
    expect(shift).toBeLessThan(0.1);
    const scores = replay({ family, n: 20_000, m: 2000, shift }, REPLAYS, 23, 50);
    expect(shareOf(scores, ({ lowerBound = 0 }) => lowerBound > 0)).toBeGreaterThanOrEqual(0.8);
  });
});

describe('the bounds of an effect', () => {
  const SHIFTS = [0.1, 0.2, 0.5];
  const CASES = NUMERIC_FAMILIES.flatMap((family) =>
    SHIFTS.map((shift) => ({ name: family.name, family, shift })),
  );

  // 300 replays of a 95 % bound: 92.2 % is three standard errors below.
  it.each(CASES)('hold what is true in 95 % of windows ($name, $shift σ)', ({ family, shift }) => {
    const scores = replay({ family, n: 20_000, m: 2000, shift }, 300, 29, 100);
    expect(shareOf(scores, ({ lowerBound = 1 }) => lowerBound <= shift)).toBeGreaterThan(0.922);
    expect(shareOf(scores, ({ upperBound = 0 }) => upperBound >= shift)).toBeGreaterThan(0.922);
  });

  it.each([0.15, 0.3])(
    'of shares hold what is true in 95 %% of windows (a favourite of %d more)',
    (favourite) => {
      const even = new Array<number>(10).fill(0.1);
      const moved = favouring(even, favourite);
      const truth = jensenShannonDistance(even, moved) as number;
      const random = seededRandom(37);
      const effects = Array.from({ length: 400 }, () =>
        sharesEffect(multinomial(20_000, even, random), multinomial(1500, moved, random)),
      );
      expect(shareOf(effects, (effect) => (effect?.lower(1.645) ?? 1) <= truth)).toBeGreaterThan(0.917);
      expect(shareOf(effects, (effect) => (effect?.upper(1.645) ?? 0) >= truth)).toBeGreaterThan(0.917);
    },
  );

  it('of shares see what they say they could have seen in four windows of five', () => {
    const even = new Array<number>(10).fill(0.1);
    const random = seededRandom(41);
    const detectable = sharesEffect(
      even.map(() => 2000),
      even.map(() => 150),
    )?.detectable(1.645) as number;
    // By bisection, the favourite that makes just that distance.
    let [low, high] = [0, 0.5];
    for (let i = 0; i < 40; i++) {
      const middle = (low + high) / 2;
      const far = jensenShannonDistance(even, favouring(even, middle)) as number;
      if (far < detectable) low = middle;
      else high = middle;
    }
    const effects = Array.from({ length: 400 }, () =>
      sharesEffect(multinomial(20_000, even, random), multinomial(1500, favouring(even, low), random)),
    );
    const seen = shareOf(effects, (effect) => (effect?.lower(1.645) ?? 0) > 0);
    expect(seen).toBeGreaterThan(0.75);
    expect(seen).toBeLessThan(0.95);
  });

  it.each(CATEGORICAL_FAMILIES)('of shares reach down to zero where nothing changed ($name)', (family) => {
    const scores = replay({ family, n: 20_000, m: 2000 }, 300, 31, 100);
    expect(
      shareOf(scores, ({ checks }) => checks.some((c) => c.aspect === 'values' && c.lowerBound === 0)),
    ).toBeGreaterThan(0.922);
  });
});

function favouring(shares: readonly number[], favourite: number): number[] {
  return shares.map((share, i) => share * (1 - favourite) + (i === 0 ? favourite : 0));
}
