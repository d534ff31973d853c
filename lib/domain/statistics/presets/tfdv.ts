import { jensenShannonDivergence } from '../jensen-shannon.ts';
import { lInfinity } from '../l-infinity.ts';
import { type Counts, totalOf } from '../result.ts';
import type { ColumnPair, Shape } from './column-pair.ts';
import { linspace } from './equal-width.ts';
import type { PresetMethod } from './preset.ts';

/** Of TFDV's standard histogram. */
const BUCKETS = 10;

/** TFDV has no default; its guide's examples use this one for both comparators. */
const EXAMPLE_THRESHOLD = 0.01;

const comparator = { threshold: EXAMPLE_THRESHOLD, alarm: 'above' } as const;

/**
 * TensorFlow Data Validation's drift and skew comparators. Numbers are compared by the standard histograms of either side, ten
 * equally wide buckets each. Infinite values count as cells that only their side has.
 */
export const TFDV = {
  jensen_shannon_divergence: {
    title: 'Jensen-Shannon divergence, base 2',
    appliesTo: 'both',
    ...comparator,
    score: divergence,
  },
  infinity_norm: {
    title: 'L-infinity distance',
    appliesTo: 'categorical',
    ...comparator,
    score: (pair) => {
      const { reference, current } = pair.categories();
      return lInfinity(reference, current)?.distance;
    },
  },
  normalized_abs_difference: {
    title: 'largest difference of counts over all rows of both',
    appliesTo: 'categorical',
    ...comparator,
    score: (pair) => {
      const { reference, current } = pair.categories();
      const rows = totalOf(reference) + totalOf(current);
      return Math.max(...reference.map((count, i) => Math.abs(count - (current[i] as number)))) / rows;
    },
  },
} as const satisfies Record<string, PresetMethod>;

export type TfdvMethod = keyof typeof TFDV;

/** A histogram bucket; one without width is a point. */
interface Bucket {
  readonly low: number;
  readonly high: number;
  readonly rows: number;
}

function divergence(pair: ColumnPair): number | undefined {
  const cells = pair.kind === 'numeric' ? alignedCells(pair) : pair.categories();
  return jensenShannonDivergence(cells.reference, cells.current, 2);
}

/** Both standard histograms cut at the edges of either, rows spread evenly within a bucket. */
function alignedCells(pair: ColumnPair): { readonly reference: Counts; readonly current: Counts } {
  const [a, b] = [bucketsOf(pair, 'reference'), bucketsOf(pair, 'current')];
  const wide = [...a, ...b].filter(({ low, high }) => low < high);
  const edges = [...new Set(wide.flatMap(({ low, high }) => [low, high]))].sort((x, y) => x - y);
  const points = [...new Set([...a, ...b].filter(({ low, high }) => low === high).map(({ low }) => low))];
  const { nan, infinite } = pair.nonFinite;
  // TFDV pairs either side's NaN with nothing, so that even equal shares of NaN differ; but it loses them when it has to cut
  // buckets, that is when the two sides do not share all edges. Infinite values it pairs with nothing always.
  const sameEdges = edgeSet(a) === edgeSet(b);
  const own = (side: 'reference' | 'current', other: boolean) => [
    other || !sameEdges ? 0 : nan[side],
    other && sameEdges ? nan[side] : 0,
    other ? 0 : infinite[side],
    other ? infinite[side] : 0,
  ];
  return {
    reference: [...spread(a, edges, points), ...own('reference', true)],
    current: [...spread(b, edges, points), ...own('current', false)],
  };
}

function edgeSet(buckets: readonly Bucket[]): string {
  return JSON.stringify(buckets.filter(({ low, high }) => low < high).map(({ low, high }) => [low, high]));
}

function bucketsOf(pair: ColumnPair, side: 'reference' | 'current'): readonly Bucket[] {
  if (pair.rows[side] === 0) return [];
  const { min, max }: Shape = pair.shape(side);
  if (min === max) return [{ low: min, high: max, rows: pair.rows[side] }];
  const edges = linspace(min, max, BUCKETS);
  const rows = pair.histogram(edges)[side];
  return rows.map((count, i) => ({ low: edges[i] as number, high: edges[i + 1] as number, rows: count }));
}

function spread(buckets: readonly Bucket[], edges: readonly number[], points: readonly number[]): number[] {
  const cells = edges.slice(1).map((high, i) => {
    const low = edges[i] as number;
    const bucket = buckets.find((one) => one.low < one.high && one.low <= low && high <= one.high);
    return bucket === undefined ? 0 : (bucket.rows * (high - low)) / (bucket.high - bucket.low);
  });
  const atPoints = points.map((at) => buckets.find((one) => one.low === at && one.high === at)?.rows ?? 0);
  return [...cells, ...atPoints];
}
