import type { NumericProfile } from '../profile/column-profile.ts';
import { type BinPiece, binPieces } from '../statistics/bin-pieces.ts';
import { type BridgePiece, integralOfBridge } from './brownian-bridge.ts';

/** A stretch of the number line between two edges. */
export interface Stretch extends BinPiece {
  readonly width: number;
  /** What of its width values fill: a tail is as long as its farthest value, and nearly empty. */
  readonly filledWidth: number;
}

/** A distance with what its uncertainty is made of, all in the column's unit. */
export interface WassersteinEstimate {
  readonly distance: number;
  /** What two samples of these sizes from one distribution show on average, and the standard deviation of that. */
  readonly expectedByChance: number;
  readonly chanceDeviation: number;
  /** Of the distance, with the signs of F − G held: what matters where they do differ. */
  readonly standardError: number;
}

/**
 * Wasserstein-1 distance of two columns counted under the same bins: how far, on average, a value must move to turn one
 * distribution into the other. Exact in every bin in which the two distribution functions do not cross, else a lower bound;
 * bin sums are what makes it so.
 *
 * @param edges the bins' edges
 * @returns undefined when either has no finite value
 * Source: Vallender (1974), W1 = ∫|F − G|; with bin sums, ∫F over [a, b) = F(a)·(b − a) + (count·b − sum)/n.
 * @example with an edge at every value, of [0, 1] and [1, 2]: distance 1
 */
export function wasserstein(
  reference: NumericProfile,
  window: NumericProfile,
  edges: readonly number[],
): WassersteinEstimate | undefined {
  if (reference.n === 0 || window.n === 0) return undefined;
  const stretches = stretchesOf(reference, window, edges);
  const chance = chanceOf(stretches, reference.n, window.n);
  return {
    distance: stretches.reduce((sum, { area }) => sum + Math.abs(area), 0),
    expectedByChance: chance.mean,
    chanceDeviation: chance.deviation,
    standardError: standardError(stretches, reference.n, window.n),
  };
}

export function stretchesOf(
  reference: NumericProfile,
  window: NumericProfile,
  edges: readonly number[],
): readonly Stretch[] {
  return binPieces(reference, window, edges).map((piece, i) => {
    const width = piece.right - piece.left;
    const ends = { first: i === 0, last: i === edges.length };
    return {
      ...piece,
      width,
      filledWidth: Math.min(width, tailWidth({ ...piece, ...ends }, reference, window, i)),
    };
  });
}

/** ∫√(1 − H) over an exponential tail of scale a that starts at 1 − p is 2a√p: as of a stretch of this many a at its middle. */
const TAIL_WIDTH_IN_SCALES = 2 * Math.SQRT2;

function tailWidth(
  tail: { left: number; right: number; first: boolean; last: boolean },
  reference: NumericProfile,
  window: NumericProfile,
  bin: number,
): number {
  const count = (reference.bins.counts[bin] as number) + (window.bins.counts[bin] as number);
  if (count === 0 || tail.first === tail.last) return Number.POSITIVE_INFINITY;
  const mean = ((reference.bins.sums[bin] as number) + (window.bins.sums[bin] as number)) / count;
  return TAIL_WIDTH_IN_SCALES * Math.max(0, tail.last ? mean - tail.left : tail.right - mean);
}

/** F − G of two samples of one distribution H is about √(1/n + 1/m) times a Brownian bridge at H, estimated from both. */
function chanceOf(stretches: readonly Stretch[], n: number, m: number) {
  const pieces = stretches.map(({ filledWidth: width, before, inside }): BridgePiece => {
    const [f, g] = [before.f + inside.f / 2, before.g + inside.g / 2];
    return { width, level: (f * n + g * m) / (n + m) };
  });
  const { mean, deviation } = integralOfBridge(pieces);
  const scale = Math.sqrt(1 / n + 1 / m);
  return { mean: mean * scale, deviation: deviation * scale };
}

/**
 * Delta method: with the signs of F − G held, the distance is a difference of means of one piecewise linear function, whose
 * variance follows from the counts.
 */
function standardError(stretches: readonly Stretch[], n: number, m: number): number {
  let height = 0;
  const sums = { f: 0, ff: 0, g: 0, gg: 0 };
  for (const { area, width, inside } of stretches) {
    const step = Math.sign(area) * width;
    const middle = height + step / 2;
    sums.f += inside.f * middle;
    sums.ff += inside.f * middle * middle;
    sums.g += inside.g * middle;
    sums.gg += inside.g * middle * middle;
    height += step;
  }
  return Math.sqrt(Math.max(0, sums.ff - sums.f ** 2) / n + Math.max(0, sums.gg - sums.g ** 2) / m);
}
