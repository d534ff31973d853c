import { describe, expect, it } from 'vitest';
import { statisticsDocument } from '../../../lib/domain/model-monitor/statistics-document.ts';
import { tenBuckets } from '../../../lib/domain/model-monitor/ten-buckets.ts';
import { aBinning, aProfile } from '../profile/a-profile.ts';

const EDGES = Array.from({ length: 39 }, (_, i) => (i + 1) / 2);
const binning = aBinning(EDGES);
const rows = Array.from({ length: 200 }, (_, i) => ({
  x: (i % 20) + (i < 20 ? 0.25 : 0),
  s: 'ab'[i % 2] as string,
}));

describe('a profile as Model Monitor’s statistics.json', () => {
  it('has the documented fields of a number and of categories', () => {
    const { version, dataset, features } = statisticsDocument(aProfile(rows, 'all', binning), binning);
    expect([version, dataset]).toEqual([0, { item_count: 200 }]);
    const x = features.find(({ name }) => name === 'input.x');
    expect(x).toEqual({
      name: 'input.x',
      inferred_type: 'Fractional',
      numerical_statistics: {
        common: { num_present: 200, num_missing: 0 },
        mean: expect.closeTo(9.525, 12),
        sum: expect.closeTo(1905, 9),
        std_dev: expect.closeTo(Math.sqrt(rows.reduce((sum, r) => sum + (r.x - 9.525) ** 2, 0) / 200), 12),
        min: 0,
        max: 19.25,
        distribution: { kll: { buckets: expect.any(Array) } },
      },
    });
    expect(features.find(({ name }) => name === 'input.s')).toEqual({
      name: 'input.s',
      inferred_type: 'String',
      string_statistics: {
        common: { num_present: 200, num_missing: 0 },
        distinct_count: expect.any(Number),
        distribution: {
          categorical: {
            buckets: [
              { value: 'a', count: 100 },
              { value: 'b', count: 100 },
            ],
          },
        },
      },
    });
  });

  it('has ten buckets whose counts are those of the rows between their bounds', () => {
    const [x] = statisticsDocument(aProfile(rows, 'all', binning), binning).features.filter(
      ({ name }) => name === 'input.x',
    );
    const buckets = x?.numerical_statistics?.distribution?.kll.buckets ?? [];
    expect(buckets).toHaveLength(10);
    for (const [i, { lower_bound: from, upper_bound: to, count }] of buckets.entries())
      expect(count).toBe(rows.filter((r) => r.x >= from && (i === 9 ? r.x <= to : r.x < to)).length);
  });

  it('knows no moments of no values', () => {
    const [x] = statisticsDocument(aProfile([], 'none', binning), binning).features.filter(
      ({ name }) => name === 'input.x',
    );
    expect(x?.numerical_statistics).toEqual({ common: { num_present: 0, num_missing: 0 } });
  });
});

describe('tenBuckets', () => {
  it('is one bucket for a constant', () => {
    expect(tenBuckets({ edges: [1, 2], counts: [0, 5, 0], min: 1, max: 1 })).toEqual([
      { lower_bound: 1, upper_bound: 1, count: 5 },
    ]);
  });
});
