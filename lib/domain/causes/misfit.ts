import type { Moments } from './moments.ts';
import type { UnitMap } from './unit-maps.ts';

/** How much a column's moments move from window to window while all is well. */
export interface Tolerance {
  /** Shift of the mean, in standard deviations. */
  readonly shift: number;
  /** Change of the natural logarithm of the standard deviation. */
  readonly spread: number;
}

/** Until a few windows have shown how the column moves, seasons are expected: half a deviation, a fifth more or less spread. */
const UNKNOWN: Tolerance = { shift: 0.5, spread: 0.2 };
/** Once known, a column that hardly moves may be judged more strictly, but not by less than this. */
const KNOWN_LEAST: Tolerance = { shift: 0.15, spread: 0.08 };
/** No column may excuse more than this: beyond a whole deviation a change is what it looks like. */
const MOST: Tolerance = { shift: 1, spread: 0.5 };
/** A handful of steps, doubled, bounds the steps to come. */
const STEPS_TO_KNOW = 3;
const MARGIN = 2;

/**
 * The tolerance that a column's own past shows: the largest step from one good window to the next.
 *
 * @param past the reference and then the good windows, oldest first; at least the reference
 * @param positive whether the column has no negative values: then a deviation of many times the mean is made by few rows, and is
 *   itself uncertain by as much
 */
export function toleranceOf(past: readonly Moments[], positive: boolean): Tolerance {
  const [first] = past;
  const steps = past.slice(1).map((now, i) => distances(now, past[i] as Moments));
  const known = steps.length >= STEPS_TO_KNOW;
  const [least, factor] = known ? [KNOWN_LEAST, MARGIN] : [UNKNOWN, 1];
  const widest = (part: keyof Tolerance) =>
    Math.min(MOST[part], Math.max(least[part], ...steps.map((step) => factor * step[part])));
  const few = positive && first && first.mean > 0 ? Math.max(1, first.deviation / first.mean) : 1;
  return { shift: widest('shift'), spread: widest('spread') * few };
}

/**
 * How badly moments fit what is expected, in squared tolerances: about 2 for a window like any other, and as -2 ln of a Gaussian
 * likelihood a difference of 9 between two readings of the same window is 90 to 1.
 *
 * @param expected what it may look like (the reference, the last good window); the nearest counts
 */
export function misfit(moments: Moments, expected: readonly Moments[], tolerance: Tolerance): number {
  const each = expected.map((one) => {
    const { shift, spread } = distances(moments, one);
    return (shift / tolerance.shift) ** 2 + (spread / tolerance.spread) ** 2;
  });
  return Math.min(...each);
}

/** Moments as they were before a change of unit. */
export function undone({ n, mean, deviation }: Moments, { slope, intercept }: UnitMap): Moments {
  return { n, mean: (mean - intercept) / slope, deviation: deviation / Math.abs(slope) };
}

function distances(a: Moments, b: Moments): Tolerance {
  return {
    shift: Math.abs(a.mean - b.mean) / b.deviation,
    spread: Math.abs(Math.log(a.deviation / b.deviation)),
  };
}
