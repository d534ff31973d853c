import { describe, expect, it } from 'vitest';
import type { JointProfile } from '../../../lib/domain/statistics/joint/joint-profile.ts';
import { jointProfileOf } from '../../../lib/domain/statistics/joint/joint-profile.ts';
import { profileJoint } from '../../../lib/engine/profile/profile-joint.ts';
import { profiledRelation } from '../../../lib/engine/profile/profiled-relation.ts';
import { anEngine } from '../a-folder.ts';

const { engine, path } = anEngine();
const scale = { columns: ['feature.a', 'feature.b'], means: [0, 10], sigmas: [1, 4] };

async function aFile(name: string, rows: number, more = ''): Promise<string> {
  const file = path(`${name}.parquet`);
  const sql = `SELECT sin(range) AS "feature.a", range % 20 AS "feature.b"${more} FROM range(${rows})`;
  await engine().copy(sql, file);
  return file;
}

async function profiled(file: string | readonly string[], range?: { from: number; to: number }) {
  const relation = await profiledRelation(file, range, engine());
  return profileJoint({ scale, file, range }, relation, engine());
}

const means = ({ moments }: JointProfile) => moments.sum.map((sum) => sum / moments.n);

describe('profileJoint', () => {
  it('counts every row of a small file, whatever their order', async () => {
    const all = await profiled(await aFile('small', 3000));
    const numbers = Array.from({ length: 3000 }, (_, i) => i);
    const wanted = jointProfileOf(scale, [
      [Float64Array.from(numbers, Math.sin), Float64Array.from(numbers, (i) => i % 20)],
    ]);
    expect(all.moments.n).toBe(3000);
    all.features.sum.forEach((sum, k) => {
      expect(sum).toBeCloseTo(wanted.features.sum[k] as number, 8);
    });
    expect(all.moments.products[1]).toBeCloseTo(wanted.moments.products[1] as number, 8);
  });

  it('takes about 20,000 rows of a large one, evenly where rows come round in turn, and the same ones again', async () => {
    const file = await aFile('large', 300_000);
    const sample = await profiled(file);
    expect(Math.abs(sample.moments.n - 20_000)).toBeLessThan(20);
    // 300,000 / 20,000 = 15 shares a divisor with the 20 values in turn: every 15th row would see four of them.
    expect(Math.abs((means(sample)[1] as number) - (9.5 - 10) / 4)).toBeLessThan(0.01);
    expect(await profiled(file)).toEqual(sample);
  });

  it('takes of a range and of several files what is theirs', async () => {
    const [one, two] = [await aFile('one', 1000), await aFile('two', 500)];
    expect((await profiled(one, { from: 100, to: 300 })).moments.n).toBe(200);
    expect((await profiled([one, two])).moments.n).toBe(1500);
  });

  it('compares rows that lie far apart for what chance does, not neighbours that are alike', async () => {
    const file = path('sorted.parquet');
    await engine().copy(
      'SELECT range / 1000.0 - 2 AS "feature.a", range / 250.0 + 2 AS "feature.b" FROM range(4000)',
      file,
    );
    const { quadruples } = await profiled(file);
    expect(quadruples.n).toBe(1000);
    expect(quadruples.squares / quadruples.n).toBeGreaterThan(0.05);
  });

  it('takes a missing value, and a column that the file lacks, for the middle', async () => {
    const file = path('gaps.parquet');
    await engine().copy('SELECT NULL::DOUBLE AS "feature.a" FROM range(8)', file);
    const { moments } = await profiled(file);
    expect([moments.n, ...moments.sum]).toEqual([8, 0, 0]);
  });

  it('counts no rows of an empty file', async () => {
    const { moments, features, quadruples } = await profiled(await aFile('none', 0));
    expect([moments.n, features.n, quadruples.n]).toEqual([0, 0, 0]);
  });
});
