import { type JointProfile, requireOneScale } from './joint-profile.ts';
import { fitComponents, pcaResidual } from './pca-residual.ts';
import { rffMmd2 } from './rff-mmd2.ts';

/**
 * The 95 % point, in deviations, of a χ² with one degree of freedom about its mean: chance makes the discrepancy a mixture of
 * such, and no mixture is more skewed than one alone.
 */
const CHANCE_95 = 2.01;

/** Of a standard normal: what is seen in four of five samples. */
const Z_SEEN = 0.842;

/** Discrepancies beyond this share of the largest that a shift can show stand for the same shift. */
const MOST_OF_ALL = 0.999;

/** How far numeric columns moved together. */
export interface JointDrift {
  readonly columns: readonly string[];
  /** Rows of either side that were looked at. */
  readonly rows: { readonly reference: number; readonly window: number };
  /** The unbiased squared discrepancy, by random features. */
  readonly mmd2: number;
  /** The shift, in σ, of one of as many independent normal columns that shows as much; with bounds at 95 %, one-sided. */
  readonly effect: number;
  readonly lowerBound: number;
  readonly upperBound: number;
  /** The smallest effect that this window would have shown in four of five samples. */
  readonly detectable: number;
  /** Mean squared residual beside the reference's main components, over the reference's own; 1 for no change. */
  readonly residualRatio?: number;
}

/**
 * Joint drift of a window: correlations that changed show here though no column shows it alone.
 *
 * @returns undefined when either side has fewer than two rows, or the reference no four neighbouring ones
 * Throws when the two are of different columns or scales.
 * Source: Gretton et al., J. Mach. Learn. Res. 13 (2012): under no drift the variance is 2·E[k̃²]·(1/n + 1/m)²; beside a drift, at
 * most 4·MMD²·√E[k̃²]·(1/n + 1/m) is added.
 * @example of 4,000 rows against 4,000 whose correlation fell from 0.8 to 0: an effect of about 0.35 σ
 */
export function scoreJoint(reference: JointProfile, window: JointProfile): JointDrift | undefined {
  requireOneScale(reference, window);
  const mmd2 = rffMmd2(reference.features, window.features);
  if (mmd2 === undefined || reference.quadruples.n === 0) return undefined;
  const { columns, dimension, bandwidth } = reference.features;
  const [n, m] = [reference.features.n, window.features.n];
  const sizes = 1 / n + 1 / m;
  // Features stand for the kernel up to a variance of one over their number.
  const kernel = reference.quadruples.squares / reference.quadruples.n / 4 + 1 / dimension;
  const chance = Math.sqrt(2 * kernel) * sizes;
  const beside = Math.sqrt(kernel) * sizes;
  const bound = boundsOf(mmd2, CHANCE_95, chance, beside);
  const shift = (value: number) => shiftOf(value, columns.length, bandwidth);
  return {
    columns,
    rows: { reference: n, window: m },
    mmd2,
    effect: shift(mmd2),
    lowerBound: shift(bound.lower),
    upperBound: shift(bound.upper),
    detectable: shift(boundsOf(CHANCE_95 * chance, Z_SEEN, chance, beside).upper),
    ...residual(reference, window),
  };
}

/** Where the estimate is z deviations away, each with the deviation that it would have there: |v − L| = z·√(chance² + 4·L·beside). */
function boundsOf(value: number, z: number, chance: number, beside: number) {
  const middle = value + 2 * z ** 2 * beside;
  const reach = Math.sqrt(Math.max(0, middle ** 2 - value ** 2 + (z * chance) ** 2));
  return { lower: middle - reach, upper: middle + reach };
}

/** N(0, I) against N(δ, I) has MMD² = 2c(1 − e^(−δ²/(2(σ² + 2)))) with c = (σ²/(σ² + 2))^(d/2). */
function shiftOf(mmd2: number, d: number, bandwidth: number): number {
  const square = bandwidth * bandwidth;
  const largest = 2 * (square / (square + 2)) ** (d / 2);
  const share = Math.min(MOST_OF_ALL, Math.max(0, mmd2) / largest);
  return Math.sqrt(-2 * (square + 2) * Math.log1p(-share));
}

function residual(reference: JointProfile, window: JointProfile): { readonly residualRatio?: number } {
  const components = fitComponents(reference.moments);
  if (components === undefined) return {};
  const before = pcaResidual(components, reference.moments) ?? 0;
  const after = pcaResidual(components, window.moments);
  return before === 0 || after === undefined ? {} : { residualRatio: after / before };
}
