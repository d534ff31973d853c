import { type Sample, sorted } from '../result.ts';
import type { Shape } from './column-pair.ts';

/**
 * Edges of equally wide bins, as many as Sturges's rule wants: log₂ n + 1.
 *
 * @param shape of all rows @param integers bins of whole numbers are at least 1 wide, as numpy 2 has it
 * @returns ascending, one more than there are bins
 * Source: Sturges (1926); numpy `histogram_bin_edges(bins='sturges')`.
 * @example sturgesEdges of 8 values from 0 to 4 // [0, 1, 2, 3, 4]
 */
export function sturgesEdges(shape: Shape, integers: boolean): readonly number[] {
  return equalEdges(shape, (shape.max - shape.min) / (Math.log2(shape.n) + 1), integers);
}

/**
 * The same by Doane's rule, which gives skewed data more bins; NannyML takes it over the reference.
 *
 * Source: Doane, American Statistician 30 (1976); numpy `histogram_bin_edges(bins='doane')`.
 * @example doaneEdges of a constant 5 // [4.5, 5.5]
 */
export function doaneEdges(shape: Shape): readonly number[] {
  const { n, skewness, sigma, min, max } = shape;
  if (n <= 2 || sigma === 0) return equalEdges(shape, 0, false);
  const error = Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)));
  const bins = 1 + Math.log2(n) + Math.log2(1 + Math.abs(skewness) / error);
  return equalEdges(shape, (max - min) / bins, false);
}

/** Edges from `from` to `to` with equal steps, computed as numpy `linspace` does. */
export function linspace(from: number, to: number, bins: number): readonly number[] {
  const step = (to - from) / bins;
  return Array.from({ length: bins + 1 }, (_, i) => (i === bins ? to : i * step + from));
}

/**
 * How many values lie in each of the bins: [a, b), the last one closed. Values outside are in none.
 *
 * Source: numpy `histogram`.
 * @example histogramOf([0, 1, 2, 5], [0, 1, 2]) // [1, 2]
 */
export function histogramOf(sample: Sample, edges: readonly number[]): number[] {
  const ascending = sorted(sample);
  let at = 0;
  const below = edges.map((edge, i) => {
    const closed = i === edges.length - 1;
    while (at < ascending.length && ((ascending[at] as number) < edge || (closed && ascending[at] === edge)))
      at++;
    return at;
  });
  return below.slice(1).map((count, i) => count - (below[i] as number));
}

/** A range without width gets half a unit on either side, and a width of 0 one bin. */
function equalEdges({ min, max }: Shape, width: number, integers: boolean): readonly number[] {
  const [from, to] = min === max ? [min - 0.5, max + 0.5] : [min, max];
  const used = integers && width > 0 ? Math.max(1, width) : width;
  return linspace(from, to, used > 0 ? Math.ceil((to - from) / used) : 1);
}
