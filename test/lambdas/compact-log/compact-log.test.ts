import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compactLog } from '../../../lambdas/compact-log/compact-log.ts';
import { mergeDay } from '../../../lambdas/merge-day/merge-day.ts';
import { NotFoundError } from '../../../lib/domain/errors.ts';
import type { CompactedDay, DayProfile } from '../../../lib/domain/monitoring/compacted-day.ts';
import type { Profile } from '../../../lib/domain/profile/profile.ts';
import type { ModelVersion } from '../../../lib/domain/registry/version.ts';
import { readParquetRows } from '../../../lib/engine/read/rows.ts';
import { withTempFolder } from '../../../lib/runtime/temp-folder.ts';
import { sk } from '../../../lib/stores/registry/sort-keys.ts';
import { requiredItem } from '../../../lib/stores/required.ts';
import { aServingWorld, serve } from '../../support/a-log.ts';
import { delaySpec, MODEL, trips, type World } from '../../support/a-world.ts';
import { compactDay } from '../../support/compact-day.ts';

const compact = (world: World) => compactDay({ model: MODEL, version: 1, date: '2013-02-01' }, world);
const rowsOf = (world: World, key: string) =>
  withTempFolder(async (folder) => {
    const file = join(folder, 'day.parquet');
    await writeFile(file, (await world.data.get(key)) ?? '');
    return readParquetRows(file, undefined, world.engine);
  });
const profilesOf = async (world: World) => {
  const item = await world.registry.get<CompactedDay>(MODEL, sk.day('2013-02-01', 1));
  return (await world.data.getJson<DayProfile>(item?.profileKey ?? ''))?.slices ?? [];
};
const rows = trips('2013-02-01', 1, 40);

describe('compact-log', () => {
  it('flattens a day into typed columns and one profile', async () => {
    const world = await aServingWorld();
    const [first] = await serve(world, rows, 'm1');
    const { rowKeys, rows: count } = await compact(world);
    expect(count).toBe(40);
    expect((await rowsOf(world, rowKeys[0] ?? ''))[0]).toEqual({
      predictionId: first?.predictionId,
      id: rows[0]?.trip,
      _time: rows[0]?.at,
      receivedAt: rows[0]?.at,
      'input.trip': rows[0]?.trip,
      'input.at': rows[0]?.at,
      'input.temp': rows[0]?.temp,
      'input.carrier': rows[0]?.carrier,
      'feature.fahrenheit': first?.feature.fahrenheit,
      'feature.carrier': rows[0]?.carrier,
      'feature.hour': 0,
      'output.score': first?.output.score,
      'output.label': String(first?.output.label),
    });
    const [slice] = await profilesOf(world);
    expect(slice?.profile.rows).toBe(40);
    expect(slice?.profile.columns['output.label']).toMatchObject({ kind: 'categorical', n: 40 });
  });

  it('counts a prediction once, however often it was delivered', async () => {
    const world = await aServingWorld();
    await serve(world, rows, 'm1');
    await serve(world, rows.slice(0, 10), 'm1-again-under-another-name');
    expect((await compact(world)).rows).toBe(40);
  });

  it('writes the same files again, and others when the log has changed', async () => {
    const world = await aServingWorld();
    await serve(world, rows, 'm1');
    const first = await compact(world);
    const bytes = await world.data.get(first.rowKeys[0] ?? '');
    expect(await compact(world)).toEqual(first);
    expect(await world.data.get(first.rowKeys[0] ?? '')).toEqual(bytes);
    await serve(world, trips('2013-02-01', 1, 7), 'late');
    const second = await compact(world);
    expect(second.rowKeys).toHaveLength(1);
    expect(second.rowKeys).not.toEqual(first.rowKeys);
  });

  it('profiles each hour by itself where windows are hours', async () => {
    const world = await aServingWorld(delaySpec({ monitoring: { window: 'hour', drift: {} } }));
    await serve(world, rows, 'm1');
    await compact(world);
    const slices = await profilesOf(world);
    expect(slices).toHaveLength(24);
    expect(slices.reduce((sum, slice) => sum + slice.profile.rows, 0)).toBe(40);
  });

  it('says which rules for serving the day breaks, in rows of the day itself', async () => {
    const constraints = [
      { id: 'known', kind: 'vocabulary', column: 'carrier', values: ['AA', 'BB'], environments: ['serving'] },
      { id: 'cold', kind: 'sql', sql: 'temp < -50', environments: ['training'], severity: 'warning' },
    ];
    const { schema } = delaySpec();
    const world = await aServingWorld(
      delaySpec({ schema: { ...schema, constraints }, monitoring: { window: 'hour', drift: {} } }),
    );
    await serve(
      world,
      rows.map((row, i) => ({ ...row, carrier: 'AA', temp: i < 30 ? null : 100 })),
      'm1',
    );
    const { rowKeys } = await compact(world);
    const slices = await profilesOf(world);
    const hot = slices
      .flatMap((slice) => slice.reports[0]?.findings ?? [])
      .filter((f) => f.column === 'temp');
    expect(hot.reduce((sum, finding) => sum + (finding.rows ?? 0), 0)).toBe(40);
    const last = hot.findLast((finding) => finding.rule === 'float-type-big-float');
    expect(last).toMatchObject({
      severity: 'error',
      object: rowKeys[0],
      examples: [{ row: 40, value: '100.0' }],
    });
    expect(
      slices.flatMap((slice) => slice.reports[0]?.findings ?? []).some((f) => f.constraint !== undefined),
    ).toBe(false);
  });

  it("counts the numeric features together by the reference's scale, without those that are ignored", async () => {
    const world = await aServingWorld();
    await serve(world, rows, 'm1');
    await compact(world);
    const [slice] = await profilesOf(world);
    const version = await requiredItem<ModelVersion>(world.registry, MODEL, sk.version(1));
    const reference = await world.artifacts.getJson<Profile>(version.referenceProfileKey);
    expect(slice?.profile.joint).toMatchObject({
      scale: { columns: ['feature.fahrenheit', 'feature.hour'] },
      moments: { n: 40 },
    });
    expect(slice?.profile.joint?.scale).toEqual(reference?.joint?.scale);
    const drift = { ignore: ['feature.hour'] };
    const ignoring = await aServingWorld(delaySpec({ monitoring: { window: 'day', drift } }));
    await serve(ignoring, rows, 'm1');
    await compact(ignoring);
    const [other] = await profilesOf(ignoring);
    expect(other?.profile.joint?.scale.columns).toEqual(['feature.fahrenheit', 'input.temp']);
  });

  it('keeps a column that is null all day', async () => {
    const world = await aServingWorld();
    await serve(
      world,
      rows.map((row) => ({ ...row, temp: null })),
      'm1',
    );
    await compact(world);
    const [slice] = await profilesOf(world);
    expect(slice?.profile.columns['input.temp']).toMatchObject({ n: 0, counts: { null: 40 } });
  });

  it('does not know a part or a day that nobody planned', async () => {
    const world = await aServingWorld();
    const input = { model: MODEL, version: 9, date: '2013-02-01', revision: 'r' };
    await expect(compactLog(input, world)).rejects.toThrow(NotFoundError);
    await expect(mergeDay(input, world)).rejects.toThrow(NotFoundError);
  });
});
