import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg } from '../../../lib/domain/statistics/bh-fdr.ts';
import { eBenjaminiHochberg } from '../../../lib/domain/statistics/e-bh.ts';
import {
  addToEProcess,
  type EProcess,
  logE,
  mergeEProcesses,
  startEProcess,
} from '../../../lib/domain/statistics/e-process.ts';
import { type Random, seededRandom } from '../../../lib/domain/statistics/random/generator.ts';
import { resampleCounts } from '../../../lib/domain/statistics/random/resample-counts.ts';
import { FREQUENT, UNSEEN } from './reference-pairs.ts';

describe('benjaminiHochberg', () => {
  it('adjusts as scipy 1.17.1 stats.false_discovery_control does', () => {
    const { adjusted, rejected } = benjaminiHochberg([0.01, 0.04, 0.03], 0.03);
    expect(adjusted).toEqual([0.03, 0.04, 0.04]);
    expect(rejected).toEqual([true, false, false]);
    const many = benjaminiHochberg([0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.975], 0.05);
    expect(many.adjusted[0]).toBeCloseTo(0.009, 12);
    expect(many.rejected).toEqual([true, true, false, false, false, false, false, false, false]);
  });

  it('has nothing to reject among nothing', () => {
    expect(benjaminiHochberg([])).toEqual({ rejected: [], adjusted: [] });
  });
});

describe('eBenjaminiHochberg', () => {
  it('rejects the largest k that each reach K/(kq)', () => {
    const logs = (es: readonly number[]) => es.map(Math.log);
    expect(eBenjaminiHochberg(logs([100, 2]))).toEqual([true, false]);
    expect(eBenjaminiHochberg(logs([21, 2, 20.5]))).toEqual([false, false, false]);
    expect(eBenjaminiHochberg(logs([31, 2, 30.5]))).toEqual([true, false, true]);
    expect(eBenjaminiHochberg([])).toEqual([]);
  });
});

describe('an e-process', () => {
  it('equals the formula with scipy 1.17.1 special.gammaln', () => {
    expect(logE({ reference: [500, 500], current: [80, 20] })).toBeCloseTo(7.251504809949779, 9);
    expect(logE({ reference: UNSEEN.a.slice(0, 4), current: UNSEEN.b.slice(0, 4) })).toBeCloseTo(
      54.4261749081561,
      9,
    );
    expect(logE({ reference: FREQUENT.a, current: FREQUENT.b }, 30)).toBeCloseTo(-1.3970533804667014, 9);
  });

  it('knows nothing before the first row', () => {
    expect(logE(startEProcess([3, 4]))).toBe(0);
  });

  it('comes to the same in any order and in any grouping of windows', () => {
    const windows = fc.array(fc.tuple(fc.nat(50), fc.nat(50), fc.nat(50)), { maxLength: 8 });
    fc.assert(
      fc.property(windows, fc.nat(8), (all, cut) => {
        const reference = [40, 30, 20];
        const seen = (some: readonly (readonly number[])[]) =>
          some.reduce<EProcess>(addToEProcess, startEProcess(reference));
        expect(mergeEProcesses(seen(all.slice(cut)), seen(all.slice(0, cut)))).toEqual(seen(all));
      }),
    );
  });

  it('refuses counts of other cells and processes of other references', () => {
    expect(() => addToEProcess(startEProcess([1, 2]), [1])).toThrow(
      'an e-process needs counts of its 2 cells, got 1',
    );
    expect(() => mergeEProcesses(startEProcess([1, 2]), startEProcess([2, 1]))).toThrow(
      'one reference, got two',
    );
  });

  it('alarms falsely in at most 5 % of 400 streams of 50 windows, looked at after each', () => {
    const random = seededRandom(20);
    const shares = [30, 20, 10, 10, 10, 8, 6, 3, 2, 1];
    const alarms = Array.from({ length: 400 }, () => alarmed(shares, shares, random)).filter(Boolean).length;
    expect(alarms / 400).toBeLessThanOrEqual(0.05);
  });

  it('sees a change that no single window could tell', () => {
    const random = seededRandom(21);
    const [before, after] = [
      [30, 20, 10, 10, 10, 8, 6, 3, 2, 1],
      [27, 20, 10, 10, 10, 8, 6, 3, 2, 4],
    ];
    const alarms = Array.from({ length: 100 }, () => alarmed(before, after, random)).filter(Boolean).length;
    expect(alarms).toBeGreaterThan(95);
  });
});

const LARGE_REFERENCE = 1000;
const ROWS_A_WINDOW = 2;

function alarmed(before: readonly number[], after: readonly number[], random: Random): boolean {
  const times = (shares: readonly number[], by: number) => shares.map((share) => share * by);
  let process = startEProcess(resampleCounts(times(before, LARGE_REFERENCE), random));
  for (let window = 0; window < 50; window++) {
    process = addToEProcess(process, resampleCounts(times(after, ROWS_A_WINDOW), random));
    if (logE(process) >= Math.log(20)) return true;
  }
  return false;
}
