/** How many Model Monitor writes. */
const BUCKETS = 10;

export interface Bucket {
  readonly lower_bound: number;
  readonly upper_bound: number;
  readonly count: number;
}

interface Bins {
  /** Bin i holds [edges[i-1], edges[i]); the first and last are open. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  readonly min: number;
  readonly max: number;
}

/**
 * Bins joined to at most ten buckets about equally wide, so that every count stays exact.
 *
 * @returns from the smallest value to the largest; one bucket for a constant
 * @example tenBuckets({ edges: [1, 2], counts: [3, 1, 1], min: 0, max: 3 })[0] // { lower_bound: 0, upper_bound: 1, count: 3 }
 */
export function tenBuckets({ edges, counts, min, max }: Bins): readonly Bucket[] {
  const inside = edges.filter((edge) => edge > min && edge < max);
  const ends = new Set<number>();
  for (let k = 1; k < BUCKETS && inside.length > 0; k += 1)
    ends.add(nearest(inside, min + (k * (max - min)) / BUCKETS));
  const bounds = [min, ...[...ends].sort((a, b) => a - b), max];
  return bounds.slice(1).map((upper, i) => {
    const lower = bounds[i] as number;
    const last = i === bounds.length - 2;
    const count = counts.reduce((sum, rows, bin) => {
      const from = bin === 0 ? Number.NEGATIVE_INFINITY : (edges[bin - 1] as number);
      const within = (i === 0 || from >= lower) && (last || from < upper);
      return within ? sum + rows : sum;
    }, 0);
    return { lower_bound: lower, upper_bound: upper, count };
  });
}

function nearest(values: readonly number[], wanted: number): number {
  return values.reduce((best, value) => (Math.abs(value - wanted) < Math.abs(best - wanted) ? value : best));
}
