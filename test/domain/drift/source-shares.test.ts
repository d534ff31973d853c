import { describe, expect, it } from 'vitest';
import type { AskColumn } from '../../../lib/domain/drift/ask-column.ts';
import { firstBadObject, type Slice, sourceShares } from '../../../lib/domain/drift/source-shares.ts';
import { mergeProfiles } from '../../../lib/domain/profile/merge-profiles.ts';
import type { Profile } from '../../../lib/domain/profile/profile.ts';
import { type ARow, aBinning, aProfile } from '../profile/a-profile.ts';

const binning = aBinning(Array.from({ length: 63 }, (_, i) => i / 63));
const NAME = 'input.x';
const rows = (count: number, shift = 0): readonly ARow[] =>
  Array.from({ length: count }, (_, i) => ({ x: ((i * 0.618_033_988_75) % 1) + shift, s: 'a' }));
const reference = aProfile(rows(10_000), 'reference', binning);
const VALUES = { aspect: 'values', effect: 0 };

/** A column of the reference against a window. */
function asked(window: Profile): AskColumn {
  return {
    name: NAME,
    reference: reference.columns[NAME] as never,
    window: window.columns[NAME] as never,
    binning: binning.columns[NAME] as never,
    threshold: 0.1,
  };
}

/** A slice of objects that each hold so many rows, shifted by so much; their keys are `<source>/<n>`. */
function aSlice(
  source: string,
  shifts: readonly number[],
  count = 500,
): Slice & { objects: readonly { object: string; profile: Profile }[] } {
  const objects = shifts.map((shift, i) => ({
    object: `${source}/${i}`,
    profile: aProfile(rows(count, shift), `${source}/${i}`, binning),
  }));
  return { source, objects, profile: objects.map(({ profile }) => profile).reduce(mergeProfiles) };
}

/** Shares of a window of slices, by the distance of its values. */
function shares(...slices: readonly Slice[]) {
  const input = asked(slices.map(({ profile }) => profile).reduce(mergeProfiles));
  return sourceShares(input, slices, { ...VALUES, effect: 0.5 });
}

describe('the objects of a window', () => {
  it('are named with the day that carries a shift: the one object of a day, or that of several which does', () => {
    const quiet = aSlice('day-1', [0]);
    expect(shares(quiet, aSlice('day-2', [0.8]))[0]).toMatchObject({ source: 'day-2', object: 'day-2/0' });
    expect(shares(quiet, aSlice('day-2', [0, 0.9, 0, 0]))[0]).toMatchObject({
      source: 'day-2',
      object: 'day-2/1',
    });
  });

  it('are not named where all objects of the day moved alike, nor before their profiles are read', () => {
    const quiet = aSlice('day-1', [0]);
    expect(shares(quiet, aSlice('day-2', [0.8, 0.8, 0.8]))[0]).not.toHaveProperty('object');
    const unread = aSlice('day-2', [0, 0.9, 0, 0]);
    const objects = unread.objects.map(({ object }) => ({ object }));
    expect(shares(quiet, { ...unread, objects })[0]).not.toHaveProperty('object');
  });

  it('are the pieces of a window that is one slice', () => {
    expect(shares(aSlice('day', [0.8]))).toEqual([{ source: 'day', rows: 500, share: 1, object: 'day/0' }]);
    const [first] = shares(aSlice('day', [0, 0, 0.9, 0]));
    expect(first).toMatchObject({ source: 'day', rows: 500, object: 'day/2' });
    expect(shares({ source: 'day', profile: reference })).toEqual([]);
  });
});

describe('the first bad object', () => {
  const first = (shifts: readonly number[]) => {
    const slice = aSlice('day', shifts);
    return firstBadObject(asked(slice.profile), slice);
  };

  it('is the first that moved about as far as the worst, however many did', () => {
    expect(first([0, 0, 0.5, 0.6, 0.55])).toBe('day/2');
    expect(first([0.5, 0.5, 0.5])).toBe('day/0');
    expect(first([0, 0.05, 0, 0.6])).toBe('day/3');
  });

  it('is none where nothing moved, or no profile was read', () => {
    const slice = aSlice('day', [0.5, 0.5]);
    expect(first([0, 0])).toBeUndefined();
    expect(firstBadObject(asked(slice.profile), { objects: [{ object: 'day/0' }] })).toBeUndefined();
  });
});
