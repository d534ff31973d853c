import { describe, expect, it } from 'vitest';
import type { ColumnDrift } from '../../../lib/domain/drift/column-drift.ts';
import { rank } from '../../../lib/domain/drift/priority.ts';

describe('rank', () => {
  const drift = (column: string, effect: number) =>
    ({ column, effect, threshold: 0.1, verdict: 'drifted', statistic: 'wasserstein' }) as ColumnDrift;

  it('puts what the model leans on before what moved farther', () => {
    const ranked = rank([drift('input.far', 0.3), drift('input.near', 0.2)], {
      'input.far': 1,
      'input.near': 5,
    });
    expect(ranked.columns.map(({ column }) => column)).toEqual(['input.near', 'input.far']);
    expect(ranked.columns[0]).toMatchObject({ importance: 5 });
    expect(ranked.columns[0]?.priority).toBeCloseTo(10, 9);
    expect(ranked.priority).toBeCloseTo((5 * 2 + 1 * 3) / 6, 9);
  });

  it('gives an input the weight of the feature that is a copy of it, and what is named nowhere the mean', () => {
    const { columns } = rank([drift('input.x', 0.3), drift('feature.y', 0.3), drift('output.score', 0.2)], {
      'feature.y': 0.6,
      'feature.z': 0.2,
    });
    const weights = Object.fromEntries(columns.map((column) => [column.column, column.importance]));
    expect(weights).toEqual({ 'input.x': 0.6, 'feature.y': 0.6, 'output.score': undefined });
    expect(columns.find(({ column }) => column === 'output.score')?.priority).toBeCloseTo(0.8, 9);
  });

  it('counts no column as more than four thresholds', () => {
    expect(rank([drift('input.x', 9)], {}).priority).toBe(4);
  });

  it('shares the shift out, copies of a column counted once', () => {
    const { columns } = rank([drift('input.x', 0.3), drift('feature.x', 0.3), drift('input.y', 0.1)], {});
    expect(columns.map(({ shareOfShift }) => shareOfShift)).toEqual(
      [0.75, 0.75, 0.25].map((share) => expect.closeTo(share, 9)),
    );
  });

  it('shares the shift out among inputs that moved alike, which are no copies of one another', () => {
    const { columns } = rank(
      [drift('input.x', 0.3), drift('input.y', 0.3), drift('feature.y', 0.3), drift('output.score', 0.3)],
      { 'feature.y': 0.6 },
    );
    const [x, y] = ['input.x', 'input.y'].map((name) => columns.find(({ column }) => column === name));
    expect([x, y].map((column) => column?.importance)).toEqual([undefined, 0.6]);
    expect(columns.map(({ shareOfShift }) => shareOfShift)).toEqual(Array(4).fill(expect.closeTo(1 / 3, 9)));
  });
});
