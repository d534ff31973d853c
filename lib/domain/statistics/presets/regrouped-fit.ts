import { chiSquareFit } from '../chi-square-fit.ts';
import { type Counts, type TestResult, totalOf } from '../result.ts';

/** Expected rows below which a category is small: with two categories, with more; and how many of those may be small. */
const SMALL = { two: 10, more: 5, shareAllowed: 0.2 };

/**
 * χ² goodness of fit of the current counts to the reference's shares, after joining small categories. Categories that the
 * reference does not have are left out, as Deequ does.
 *
 * @returns undefined when fewer than two categories are left
 * Source: Deequ `Distance.categoricalChiSquareTest` and `regroupCategories`; of equally small categories the first is joined.
 * @example regroupedFit([500, 300, 6, 1], [480, 320, 1, 2]) // of [500, 300, 7] and [480, 320, 3]
 */
export function regroupedFit(reference: Counts, current: Counts): TestResult | undefined {
  const known = reference
    .map((count, i) => ({ before: count, now: current[i] as number }))
    .filter((c) => c.before > 0);
  const scale = totalOf(known.map((c) => c.now)) / totalOf(reference);
  const cells = known.sort((a, b) => a.before - b.before);
  const tooSmall = () => {
    const limit = cells.length === 2 ? SMALL.two : SMALL.more;
    const allowed = cells.length === 2 ? 0 : Math.floor(SMALL.shareAllowed * cells.length);
    return cells.filter((c) => c.before * scale < limit).length > allowed;
  };
  while (cells.length >= 2 && tooSmall()) {
    const smallest = cells.shift();
    const second = cells.shift();
    if (smallest === undefined || second === undefined) break;
    cells.push({ before: smallest.before + second.before, now: smallest.now + second.now });
    cells.sort((a, b) => a.before - b.before);
  }
  return chiSquareFit(
    cells.map((c) => c.before),
    cells.map((c) => c.now),
  );
}
