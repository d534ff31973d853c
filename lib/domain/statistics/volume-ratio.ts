import type { Counts } from './result.ts';

/**
 * Rows of a window over the median of comparable ones, such as the same weekday's.
 *
 * @param rows of the window @param history rows of comparable windows, in any order
 * @returns 0 and up, 1 as always; undefined without history or when its median is 0
 * Source: a robust volume monitor; the median of an even number of windows is the mean of the middle two.
 * @example volumeRatio(50, [100, 90, 400]) // 0.5
 */
export function volumeRatio(rows: number, history: Counts): number | undefined {
  const usual = usualVolume(history);
  return usual === 0 ? undefined : rows / usual;
}

/** The median of some windows' rows; 0 of none. */
export function usualVolume(history: Counts): number {
  const ascending = [...history].sort((a, b) => a - b);
  const middle = ascending.length / 2;
  return ((ascending[Math.ceil(middle) - 1] ?? 0) + (ascending[Math.floor(middle)] ?? 0)) / 2;
}
