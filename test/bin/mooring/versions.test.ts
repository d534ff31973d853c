import { describe, expect, it } from 'vitest';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { aWorld, withModel } from '../../lambdas/api/world.ts';
import { anApiTerminal } from './an-api-terminal.ts';

const gate = (verdict: 'pass' | 'fail', reason: string) => ({ metric: 'auc', verdict, reason });
const aVersion = (number: number, more: object) => ({
  number,
  metrics: { auc: 0.7, brier: 0.2 },
  baselineMetrics: { auc: 0.69, brier: 0.21 },
  gates: [gate('pass', 'auc is 0.7, wanted at least 0.6')],
  trainedUntil: '2026-01-01T00:00:00.000Z',
  ...more,
});
const aRelease = (id: string, closedAt: string, from?: number) => ({
  id,
  status: 'completed',
  from,
  closedAt,
});

describe('mooring versions', () => {
  it('says who served until when, by what numbers, and which gate stopped the others', async () => {
    const world = await withModel(aWorld());
    const put = (key: string, item: object) => world.registry.put('churn', key, item);
    const [since, until] = ['2026-02-01T10:00:00.000Z', '2026-03-01T10:00:00.000Z'];
    await put(sk.version(1), aVersion(1, { status: 'approved', inServiceSince: since }));
    await put(sk.version(2), aVersion(2, { status: 'in-service', inServiceSince: until }));
    const failed = gate('fail', 'auc is 0.7, wanted at least 0.73 (champion with margin 0.01)');
    await put(
      sk.version(3),
      aVersion(3, { status: 'rejected', gates: [failed], championMetrics: { auc: 0.72 } }),
    );
    await put(sk.release('r1'), aRelease('r1', since));
    await put(sk.release('r2'), aRelease('r2', until, 1));
    const { run, out } = anApiTerminal(world);
    expect(await run('versions', 'churn')).toBe(0);
    expect(out.map((line) => line.split(/ {2,}/))).toEqual([
      ['version', 'status', 'metrics', 'baseline', 'champion', 'trained until', 'stopped by'],
      [
        '1',
        'approved, served until 2026-03-01T10:00Z',
        'auc 0.700 brier 0.200',
        'auc 0.690',
        '–',
        '2026-01-01T00:00:00.000Z',
        '–',
      ],
      [
        '2',
        'in-service since 2026-03-01T10:00Z',
        'auc 0.700 brier 0.200',
        'auc 0.690',
        '–',
        '2026-01-01T00:00:00.000Z',
        '–',
      ],
      [
        '3',
        'rejected',
        'auc 0.700 brier 0.200',
        'auc 0.690',
        'auc 0.720',
        '2026-01-01T00:00:00.000Z',
        failed.reason,
      ],
    ]);
  });
});
