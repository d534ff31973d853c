import { describe, expect, it } from 'vitest';
import type { PartProfile } from '../../../lib/domain/monitoring/compacted-day.ts';
import { mergePart, NO_PARTS, partsTogether } from '../../../lib/domain/monitoring/merge-parts.ts';
import { aProfile } from '../profile/a-profile.ts';

const START = '2013-04-01T00:00:00.000Z';
const LATER = '2013-04-01T05:00:00.000Z';
const ref = (n: number) => ({ below: `0${n}/`, revision: `r${n}` });

/** A part of some rows in each of some slices. */
function aPart(source: string, starts: readonly string[], rows: number): PartProfile {
  const slices = starts.map((start) => ({
    start,
    profile: aProfile(
      Array.from({ length: rows }, (_, i) => ({ x: i, s: 'a' })),
      `${source}@${start}`,
    ),
    report: { rows, findings: [] },
  }));
  return { rows: rows * starts.length, slices };
}

describe('the parts of a day', () => {
  it('add up slice by slice, in the order of time, and each slice knows its parts', () => {
    const first = mergePart(NO_PARTS, ref(1), aPart('a', [LATER], 10));
    const { slices } = mergePart(first, ref(2), aPart('b', [LATER, START], 5));
    expect(slices.map(({ start, profile }) => [start, profile.rows])).toEqual([
      [START, 5],
      [LATER, 15],
    ]);
    expect(slices.map(({ parts }) => parts.map(({ below, rows }) => [below, rows]))).toEqual([
      [['02/', 5]],
      [
        ['01/', 10],
        ['02/', 5],
      ],
    ]);
    expect(slices[1]?.reports).toHaveLength(2);
  });

  it('are counted once: the same part again is an error', () => {
    const merged = mergePart(NO_PARTS, ref(1), aPart('a', [START], 10));
    expect(() => mergePart(merged, ref(1), aPart('a', [START], 10))).toThrow('share no source');
  });

  it('say together what is missing, by the rows that each should have had', () => {
    const whole = mergePart(NO_PARTS, ref(1), aPart('a', [START], 100));
    const harmed = { ...aPart('b', [START], 50), coverage: 0.5, unreadable: ['x', 'y'] };
    expect(partsTogether(whole)).toEqual({ rows: 100, parts: [{ ...ref(1), rows: 100 }] });
    expect(partsTogether(mergePart(whole, ref(2), harmed))).toEqual({
      rows: 150,
      parts: [
        { ...ref(1), rows: 100 },
        { ...ref(2), rows: 50 },
      ],
      coverage: 0.75,
      unreadable: ['x', 'y'],
    });
  });

  it('name a hundred unreadable objects at most', () => {
    const unreadable = Array.from({ length: 150 }, (_, i) => `o${i}`);
    const merged = mergePart(NO_PARTS, ref(1), { ...aPart('a', [START], 1), coverage: 0.1, unreadable });
    expect(partsTogether(merged).unreadable).toHaveLength(100);
  });
});
