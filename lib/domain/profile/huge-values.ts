import { finite } from './finite.ts';
import { type Moments, mergeMoments } from './moments.ts';

/** Beyond it the squares of a million million values may add up to more than a double holds. */
export const HUGE = 1e140;

/** A power of two, so that scaling rounds nothing; squares of scaled values stay within a double. */
const SCALE = 2 ** -600;

/** Values beyond `HUGE`: their moments and sums of bins, counted where they cannot overflow. */
export interface HugeValues {
  add(value: number, bin: number): void;
  /** The moments of a column with these values among its others. */
  withMoments(others: Moments): Moments;
  /** Adds to the sums of bins. */
  addSums(sums: number[]): void;
}

export function hugeValues(): HugeValues {
  let moments: Moments = { n: 0, mean: 0, m2: 0 };
  const sums = new Map<number, number>();
  return {
    add(value, bin) {
      const scaled = value * SCALE;
      moments = mergeMoments(moments, { n: 1, mean: scaled, m2: 0 });
      sums.set(bin, (sums.get(bin) ?? 0) + scaled);
    },
    withMoments(others) {
      if (moments.n === 0) return others;
      const scaled = { n: others.n, mean: others.mean * SCALE, m2: others.m2 * SCALE * SCALE };
      const { n, mean, m2 } = mergeMoments(scaled, moments);
      return { n, mean: finite(mean / SCALE), m2: finite(m2 / SCALE / SCALE) };
    },
    addSums(all) {
      for (const [bin, sum] of sums) all[bin] = finite(((all[bin] as number) * SCALE + sum) / SCALE);
    },
  };
}
