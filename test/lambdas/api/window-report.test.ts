import { describe, expect, it } from 'vitest';
import type { DriftReport } from '../../../lib/domain/drift/drift-report.ts';
import { scoreProfiles } from '../../../lib/domain/drift/score-profiles.ts';
import type { DriftWindow } from '../../../lib/domain/registry/window.ts';
import { drift } from '../../../lib/domain/spec/drift.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { aBinning, aProfile } from '../../domain/profile/a-profile.ts';
import { aWorld, viewer, withModel } from './world.ts';

const start = '2026-01-01T00:00:00.000Z';
const rows = (count: number, far: number) =>
  Array.from({ length: count }, (_, i) => ({ x: (i % 10) + far, s: i % 3 ? 'a' : 'b' }));
const score = scoreProfiles({
  reference: aProfile(rows(5000, 0), 'r'),
  window: aProfile(rows(2000, 5), 'w'),
  binning: aBinning(),
  drift: drift.parse({ preset: 'evidently' }),
  start,
});

async function withWindow() {
  const world = await withModel(aWorld());
  const reportKey = 'profiles/churn/window-drift.json';
  await world.deps.artifacts.putJson(reportKey, score satisfies DriftReport);
  const window: Partial<DriftWindow> = { model: 'churn', kind: 'drift', version: 1, start, reportKey };
  await world.registry.put('churn', sk.window(start, 'drift', 1), window);
  return world;
}

const get = async (query: string) =>
  (await withWindow()).call(viewer, 'GET', `/models/churn/windows/report?${query}`);

describe('the report of a window', () => {
  it('has every column with all that was asked of it and all statistics', async () => {
    const { status, body } = await get(`start=${start}&version=1`);
    expect(status).toBe(200);
    const { evidence: _, shareDrifted: __, priority: ___, coverage: ____, ...all } = score;
    expect(body).toEqual(JSON.parse(JSON.stringify(all)));
    expect(body.columns[0]).toMatchObject({ column: 'input.x', verdict: 'drifted' });
    expect(body.columns[0].statistics).toHaveProperty('psi-10');
    expect(body.preset).toMatchObject({ preset: 'evidently' });
  });

  it('is found whatever way its start is written', async () => {
    for (const written of ['2026-01-01', '2026-01-01T00:00:00Z', '2026-01-01T01:00:00%2B01:00'])
      expect((await get(`start=${written}&version=1`)).status).toBe(200);
  });

  it('is of a window that was scored', async () => {
    expect((await get(`start=${start}&version=2`)).status).toBe(404);
    expect((await get('start=yesterday&version=1')).status).toBe(422);
  });
});
