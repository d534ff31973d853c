import { findRoot } from './special/find-root.ts';
import { normalCdf, normalQuantile } from './special/normal.ts';

/** Statistics of which a normal column shows by how many σ its mean moved. */
export type ShiftStatistic =
  | 'wasserstein'
  | 'kolmogorov-smirnov'
  | 'psi-10'
  | 'jensen-shannon-10'
  | 'jensen-shannon-32'
  | 'hellinger'
  | 'total-variation';

/** No shift beyond it is worth telling from it: normal curves 20 σ apart have nothing in common. */
const LARGEST_SHIFT = 20;

/**
 * What a statistic shows when the mean of a normal column moves by some σ: the one scale on which thresholds of different
 * statistics can be compared.
 *
 * @param shift 0 and up, in σ
 * @returns without any chance in it; the name's number is of cells that the reference fills equally
 * Source: closed forms of N(0, 1) against N(shift, 1); over cells, by their shares.
 * @example shiftShows('kolmogorov-smirnov', 0.1) // 0.0399
 */
export function shiftShows(statistic: ShiftStatistic, shift: number): number {
  if (statistic === 'wasserstein') return shift;
  if (statistic === 'kolmogorov-smirnov' || statistic === 'total-variation')
    return 2 * normalCdf(shift / 2) - 1;
  if (statistic === 'hellinger') return Math.sqrt(-Math.expm1((-shift * shift) / 8));
  if (statistic === 'psi-10') return overCells(10, shift, (p, q) => (p - q) * Math.log(p / q));
  const cells = statistic === 'jensen-shannon-10' ? 10 : 32;
  return Math.sqrt(overCells(cells, shift, (p, q) => (half(p, q) + half(q, p)) / 2));
}

/**
 * The shift of a normal column's mean that a value of a statistic stands for.
 *
 * @param value 0 and up
 * @returns 0 and up, in σ; undefined for a value that no shift up to 20 σ shows
 * @example equivalentShift('psi-10', 0.1) // 0.3235, three times what a Wasserstein distance of 0.1 σ tolerates
 */
export function equivalentShift(statistic: ShiftStatistic, value: number): number | undefined {
  if (!(value >= 0) || shiftShows(statistic, LARGEST_SHIFT) < value) return undefined;
  return value === 0 ? 0 : findRoot((shift) => shiftShows(statistic, shift) - value, 0, LARGEST_SHIFT);
}

function overCells(cells: number, shift: number, term: (p: number, q: number) => number): number {
  let [sum, below] = [0, 0];
  for (let i = 1; i <= cells; i++) {
    const upTo = i === cells ? 1 : normalCdf(normalQuantile(i / cells) - shift);
    sum += term(1 / cells, Math.max(upTo - below, Number.MIN_VALUE));
    below = upTo;
  }
  return Math.max(0, sum);
}

function half(p: number, q: number): number {
  return p * Math.log((2 * p) / (p + q));
}
