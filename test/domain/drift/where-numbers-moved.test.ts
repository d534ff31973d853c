import { describe, expect, it } from 'vitest';
import { whereNumbersMoved } from '../../../lib/domain/drift/where-numbers-moved.ts';
import { nextUp } from '../../../lib/domain/profile/edges.ts';
import { normalQuantile } from '../../../lib/domain/statistics/special/normal.ts';
import { aNumericColumn } from '../profile/a-profile.ts';

const ATOM = [0, nextUp(0), 1];
const ROWS = 2_000;
const EDGES = Array.from({ length: 31 }, (_, i) => 20 + 5 * normalQuantile((i + 1) / 32));

/** A bell around 20 with a deviation of 5. */
const bell = Array.from({ length: ROWS }, (_, i) => 20 + 5 * normalQuantile((i + 0.5) / ROWS));
const moved = (values: readonly number[]) =>
  whereNumbersMoved(aNumericColumn(bell, EDGES), aNumericColumn(values, EDGES), EDGES);

describe('where numbers moved', () => {
  it('is said of an atom as of a value, never by the edge behind it', () => {
    const [dry, wet] = [aNumericColumn([0, 0, 0, 2], ATOM), aNumericColumn([0, 2, 2, 2], ATOM)];
    expect(whereNumbersMoved(dry, wet, ATOM, 'mm')).toBe(
      'mostly above 0 mm (25 % → 75 % of values, mean 0.5 → 1.5 mm)',
    );
    expect(whereNumbersMoved(wet, dry, ATOM)).toBe('mostly up to 0 (25 % → 75 % of values, mean 1.5 → 0.5)');
  });

  it('is said by the edge of a range', () => {
    const [low, high] = [aNumericColumn([0, 1], [0.5]), aNumericColumn([1, 1], [0.5])];
    expect(whereNumbersMoved(high, low, [0.5])).toMatch(/^mostly below 0\.5 /);
  });

  it('lies halfway of a shift', () => {
    expect(moved(bell.map((value) => value + 2.5))).toMatch(/^mostly above 21\.\d+ \(.+, mean 20 → 22\.5\)$/);
    expect(moved(bell.map((value) => value - 2.5))).toMatch(/^mostly below 18\.\d+ \(.+, mean 20 → 17\.5\)$/);
  });

  it('is where a few values far away make the distance, and not where half of the rows are', () => {
    const sentinels = moved(bell.map((value, i) => (i % 100 === 0 ? -999 : value)));
    expect(sentinels).toMatch(/^mostly below 10\.69 \(3\.1 % → 4\.\d* % of values/);
    const outliers = moved(bell.map((value, i) => (i % 200 === 7 ? value * 100 : value)));
    expect(outliers).toMatch(/^mostly above 29\.31 \(3\.15 % → 3\.65 % of values/);
  });

  it('says both sides of a column that widened or narrowed', () => {
    expect(moved(bell.map((value) => 20 + (value - 20) * 1.6))).toMatch(
      /^both below 13\.\d+ .+ and above 26\.\d+ .+, standard deviation 4\.998 → 7\.997$/,
    );
    expect(moved(bell.map((value) => 20 + (value - 20) * 0.6))).toMatch(
      /, standard deviation 4\.998 → 2\.999$/,
    );
  });

  it('is the other side where the whole change lies beyond the last edge', () => {
    const known = aNumericColumn([0, 1, 2, 3, 900], [0.5, 1.5, 2.5]);
    expect(whereNumbersMoved(known, aNumericColumn([0, 1, 2, 3, 4], [0.5, 1.5, 2.5]), [0.5, 1.5, 2.5])).toBe(
      'within its bins (mean 181.2 → 2)',
    );
    const fewer = aNumericColumn([0, 1, 2, 2, 2], [0.5, 1.5, 2.5]);
    expect(whereNumbersMoved(known, fewer, [0.5, 1.5, 2.5])).toMatch(
      /^mostly above 2\.5 \(40 % → 0 % of values/,
    );
  });
});
