import { describe, expect, it } from 'vitest';
import { scoreWindow } from '../../../lambdas/score-window/score-window.ts';
import type { DriftWindow } from '../../../lib/domain/registry/window.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { aServingWorld, serve } from '../../support/a-log.ts';
import { delaySpec, MODEL, trips } from '../../support/a-world.ts';
import { compactDay } from '../../support/compact-day.ts';

const CONSTRAINTS = [
  { id: 'known', kind: 'vocabulary', column: 'carrier', values: ['AA', 'UA'], tolerance: 0.1 },
  { id: 'enough', kind: 'volume', minRows: 1000, environments: ['serving'], severity: 'warning' },
];

describe('the findings of a window', () => {
  it('are those of its days together, by the rules for serving', async () => {
    const { schema } = delaySpec();
    const world = await aServingWorld(delaySpec({ schema: { ...schema, constraints: CONSTRAINTS } }));
    // A third of the first day has a code that nobody knows, which is a sixth of both days.
    for (const [i, date] of ['2013-02-01', '2013-02-02'].entries()) {
      const rows = trips(date, 1, 60).map((row, j) =>
        i === 0 && j % 3 === 0 ? { ...row, carrier: 'ZZ' } : row,
      );
      await serve(world, rows, `m${i}`);
      await compactDay({ model: MODEL, version: 1, date }, world);
    }
    const [start, end] = ['2013-02-01T00:00:00.000Z', '2013-03-01T00:00:00.000Z'];
    await scoreWindow({ model: MODEL, version: 1, start, end }, world);
    const window = await world.registry.get<DriftWindow>(MODEL, sk.window(start, 'drift', 1));
    expect(window?.findings).toMatchObject([
      {
        rule: 'enum-type-unexpected-string-values',
        alias: 'categorical_values_check',
        constraint: 'known',
        column: 'carrier',
        severity: 'error',
        rows: 20,
        share: 20 / 120,
      },
      { rule: 'dataset-low-num-examples', constraint: 'enough', severity: 'warning' },
    ]);
  });
});
