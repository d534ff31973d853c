import { fillGaps } from './fill-gaps.ts';

/** Rows of one score bin: how many, and of how many the outcome was positive. */
export interface OutcomeBin {
  readonly rows: number;
  readonly positives: number;
}

export interface Isotonic {
  /** Fitted share (0–1) of each bin, never falling; a bin without rows lies halfway between its neighbours. */
  readonly shares: readonly number[];
  /** Which pool of bins each bin was fitted with; −1 for a bin without rows. */
  readonly pools: readonly number[];
}

/**
 * The non-decreasing sequence nearest to the observed shares in squared distance weighted by rows: how often the outcome is
 * positive, as a function of the score. Bins whose shares fall are pooled until none does.
 *
 * @param bins in ascending order of score
 * @returns undefined when no bin has rows
 * Source: Ayer et al., An Empirical Distribution Function for Sampling with Incomplete Information (1955); scikit-learn
 * `IsotonicRegression` with the rows as weights. O(bins).
 * @example isotonic([{ rows: 2, positives: 1 }, { rows: 2, positives: 0 }, { rows: 1, positives: 1 }])?.shares // [0.25, 0.25, 1]
 */
export function isotonic(bins: readonly OutcomeBin[]): Isotonic | undefined {
  const pools: { rows: number; positives: number; bins: number[] }[] = [];
  bins.forEach(({ rows, positives }, bin) => {
    if (rows === 0) return;
    let pool = { rows, positives, bins: [bin] };
    for (let last = pools.at(-1); last !== undefined && falls(last, pool); last = pools.at(-1)) {
      pools.pop();
      pool = {
        rows: last.rows + pool.rows,
        positives: last.positives + pool.positives,
        bins: [...last.bins, ...pool.bins],
      };
    }
    pools.push(pool);
  });
  if (pools.length === 0) return undefined;
  const fitted = new Map(pools.flatMap((pool, i) => pool.bins.map((bin) => [bin, i] as const)));
  const poolOf = bins.map((_, bin) => fitted.get(bin) ?? -1);
  const shares = pools.map((pool) => pool.positives / pool.rows);
  return { shares: fillGaps(poolOf.map((pool) => shares[pool])) as readonly number[], pools: poolOf };
}

function falls(before: OutcomeBin, after: OutcomeBin): boolean {
  return before.positives * after.rows >= after.positives * before.rows;
}
