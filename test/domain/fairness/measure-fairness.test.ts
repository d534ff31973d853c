import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareGroup } from '../../../lib/domain/fairness/compare-group.ts';
import { fairnessReportSchema } from '../../../lib/domain/fairness/fairness-report.ts';
import { gammaDraw } from '../../../lib/domain/fairness/gamma-draw.ts';
import { type GroupCounts, mergeGroupCounts } from '../../../lib/domain/fairness/group-counts.ts';
import {
  type AnsweredRow,
  fairnessColumns,
  measureFairness,
  reportOf,
} from '../../../lib/domain/fairness/measure-fairness.ts';
import { binomial } from '../../../lib/domain/statistics/random/draw-counts.ts';
import { seededRandom } from '../../../lib/domain/statistics/random/generator.ts';
import { aCell } from './a-cell.ts';

const counts = (cells: GroupCounts['cells']): GroupCounts => ({ column: 'sex', unknown: 0, cells });
const find = (of: ReturnType<typeof compareGroup>, measure: string) =>
  of.findings.find((f) => f.measure === measure);
const answered = (n: number, sex: string | null, predicted: number, label?: number): AnsweredRow[] =>
  Array.from({ length: n }, () => ({
    predicted: String(predicted),
    groups: [sex],
    ...(label !== undefined && { label: String(label) }),
  }));
const spec = { groups: [{ column: 'sex' }], minRows: 50 };

describe('measureFairness', () => {
  const rows = [
    ...answered(200, 'm', 1, 1),
    ...answered(100, 'm', 0, 0),
    ...answered(60, 'f', 1, 1),
    ...answered(140, 'f', 0, 0),
    ...answered(30, 'f', 0),
    ...answered(7, null, 1, 1),
  ];

  it('compares the smaller of two groups with the other and finds it outside four fifths', () => {
    const report = fairnessReportSchema.parse(measureFairness(rows, spec, ['1']));
    expect(report.verdict).toBe('outside');
    expect(report.comparisons).toHaveLength(1);
    expect(report.comparisons[0]).toMatchObject({ column: 'sex', group: 'f', rows: 230, labelled: 200 });
    const impact = report.comparisons[0] && find(report.comparisons[0], 'DI');
    // Answers alone count every row, labelled or not.
    expect(impact?.value).toBeCloseTo(60 / 230 / (200 / 300), 12);
    expect(impact).toMatchObject({ verdict: 'outside', of: 'predictions' });
    expect(report.counts[0]).toMatchObject({ column: 'sex', unknown: 7 });
  });

  it('says the same of the counts of two halves, added up', () => {
    const halves = [rows.filter((_, i) => i % 2 === 0), rows.filter((_, i) => i % 2 === 1)];
    const [a, b] = halves.map((half) => measureFairness(half, spec, ['1']).counts[0] as GroupCounts);
    const merged = mergeGroupCounts(a as GroupCounts, b as GroupCounts);
    expect(reportOf([merged], spec, ['1'])).toEqual(measureFairness(rows, spec, ['1']));
  });

  it('does not judge by few rows, and says that it does not', () => {
    const few = measureFairness([...answered(500, 'm', 1, 1), ...answered(49, 'f', 0, 0)], spec, ['1']);
    expect(few.verdict).toBe('too-few-to-judge');
    expect(few.comparisons[0] && find(few.comparisons[0], 'DI')).toMatchObject({
      value: 0,
      verdict: 'too-few-to-judge',
    });
    // Of 60 women none deserved it: recall has no base, whatever the group's size.
    const none = measureFairness([...answered(500, 'm', 1, 1), ...answered(60, 'f', 1, 0)], spec, ['1']);
    expect(none.comparisons[0] && find(none.comparisons[0], 'RD')?.verdict).toBe('too-few-to-judge');
    expect(measureFairness([], spec, ['1'])).toMatchObject({ verdict: 'too-few-to-judge', comparisons: [] });
  });

  it('compares what the spec declares: values, or rows above a number, within strata', () => {
    const people = [20, 30, 70, 80].flatMap((age, i) =>
      Array.from(
        { length: 60 },
        (_, k): AnsweredRow => ({
          predicted: String(k % 2),
          label: '1',
          groups: [String(age), i % 2 ? 'x' : 'y', 'abc'[k % 3] ?? null],
        }),
      ),
    );
    const declared = {
      groups: [
        { column: 'age', above: 65, within: 'branch' },
        { column: 'origin', values: ['a', 'z'] },
      ],
      minRows: 50,
    };
    expect(fairnessColumns(declared)).toEqual(['age', 'branch', 'origin']);
    const report = measureFairness(people, declared, ['1']);
    expect(report.comparisons.map(({ column, group, rows: n }) => [column, group, n])).toEqual([
      ['age', 'above', 120],
      ['origin', 'a', 80],
      ['origin', 'z', 0],
    ]);
    expect(report.counts[0]?.cells.map((cell) => [cell.group, cell.within])).toEqual([
      ['above', 'x'],
      ['above', 'y'],
      ['rest', 'x'],
      ['rest', 'y'],
    ]);
  });

  it('takes a column with a value for every row for no group, without growing', () => {
    const ids = Array.from(
      { length: 5000 },
      (_, i): AnsweredRow => ({ predicted: '1', groups: [`id-${i}`] }),
    );
    const report = measureFairness(ids, spec, ['1']);
    expect(report.counts[0]?.cells).toHaveLength(100);
    expect(report.counts[0]?.unknown).toBe(4900);
    expect(report.comparisons).toHaveLength(24);
    expect(report.note).toBe('76 smaller groups are in the counts and not compared');
    expect(JSON.stringify(report).length).toBeLessThan(200_000);
  });
});

describe('compareGroup', () => {
  it('watches what only its value puts outside', () => {
    const found = compareGroup(
      counts([aCell('f', '', [22, 0, 0, 38]), aCell('m', '', [150, 0, 0, 150])]),
      'f',
      50,
    );
    expect(find(found, 'DI')).toMatchObject({ verdict: 'watch' });
    expect(find(found, 'DI')?.upper).toBeGreaterThan(0.8);
  });

  it('does not take a count of none for certainty', () => {
    const found = compareGroup(
      counts([aCell('f', '', [0, 0, 0, 60]), aCell('m', '', [6, 0, 0, 594])]),
      'f',
      50,
    );
    expect(find(found, 'DI')?.value).toBe(0);
    expect(find(found, 'DI')?.verdict).toBe('watch');
  });

  it('leaves infinite values out of what is stored', () => {
    const found = compareGroup(
      counts([aCell('f', '', [2, 0, 63, 30]), aCell('m', '', [0, 0, 60, 25])]),
      'f',
      50,
    );
    expect(find(found, 'DI')).not.toHaveProperty('value');
    expect(find(found, 'DI')).toMatchObject({ infinite: true, verdict: 'watch' });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it('holds the true value of 19 in 20 samples', () => {
    const random = seededRandom(9);
    const drawn = (n: number, rate: number, hit: number) => {
      const positive = binomial(n, rate, random);
      const tp = binomial(positive, hit, random);
      const fp = binomial(n - positive, 0.1, random);
      return [tp, fp, positive - tp, n - positive - fp] as const;
    };
    const truth = {
      DPL: 0.2,
      RD: 0.1,
      AD: 0.5 * 0.9 + 0.5 * 0.9 - (0.3 * 0.8 + 0.7 * 0.9),
      DI: (0.3 * 0.8 + 0.07) / (0.5 * 0.9 + 0.05),
      KL: 0.5 * Math.log(0.5 / 0.3) + 0.5 * Math.log(0.5 / 0.7),
      LP: 0.2 * Math.SQRT2,
      TVD: 0.2,
      KS: 0.2,
    };
    const held = { DPL: 0, RD: 0, AD: 0, DI: 0, KL: 0, LP: 0, TVD: 0, KS: 0 };
    for (let i = 0; i < 200; i++) {
      const found = compareGroup(
        counts([aCell('f', '', drawn(300, 0.3, 0.8)), aCell('m', '', drawn(500, 0.5, 0.9))]),
        'f',
        50,
      );
      for (const name of Object.keys(held) as (keyof typeof held)[]) {
        const { lower = 9, upper = -9 } = find(found, name) ?? {};
        held[name] += Number(lower <= truth[name] && truth[name] <= upper);
      }
    }
    for (const [name, times] of Object.entries(held)) {
      expect(times, name).toBeGreaterThanOrEqual(182);
      expect(times, name).toBeLessThan(200);
    }
  });
});

describe('distances of labels', () => {
  it('have intervals of distances: never below none, and of two labels as wide as the difference’s', () => {
    const found = compareGroup(
      counts([aCell('f', '', [60, 10, 40, 90]), aCell('m', '', [200, 40, 20, 40])]),
      'f',
      50,
    );
    const widthOf = (measure: string) => {
      const { lower = 9, upper = -9 } = find(found, measure) ?? {};
      return upper - lower;
    };
    for (const name of ['KL', 'JS', 'LP', 'TVD', 'KS'])
      expect(find(found, name)?.lower, name).toBeGreaterThanOrEqual(0);
    for (const name of ['TVD', 'KS'])
      expect(Math.abs(widthOf(name) / widthOf('DPL') - 1), name).toBeLessThan(0.15);
  });
});

describe('group counts', () => {
  const n = fc.integer({ min: 0, max: 30 });
  const cell = fc
    .tuple(fc.constantFrom('f', 'm', 'x'), fc.constantFrom('', 'b'), n, n, n, n)
    .map(([group, within, ...four]) => aCell(group, within, four));
  const anyCounts = fc
    .array(cell, { maxLength: 5 })
    .map((cells) => cells.map((c) => counts([c])).reduce(mergeGroupCounts, counts([])));

  it('add up in any order', () => {
    fc.assert(
      fc.property(anyCounts, anyCounts, anyCounts, (a, b, c) => {
        expect(mergeGroupCounts(a, b)).toEqual(mergeGroupCounts(b, a));
        expect(mergeGroupCounts(mergeGroupCounts(a, b), c)).toEqual(
          mergeGroupCounts(a, mergeGroupCounts(b, c)),
        );
        expect(mergeGroupCounts(a, counts([]))).toEqual(a);
      }),
    );
    expect(() => mergeGroupCounts(counts([]), { ...counts([]), column: 'age' })).toThrow('got sex and age');
  });
});

describe('gammaDraw', () => {
  it.each([0.5, 1, 7.5])('has mean and variance %d', (shape) => {
    const random = seededRandom(4);
    const draws = Array.from({ length: 40_000 }, () => gammaDraw(shape, random));
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
    expect(Math.abs(mean / shape - 1)).toBeLessThan(0.03);
    expect(Math.abs(variance / shape - 1)).toBeLessThan(0.06);
  });
});
