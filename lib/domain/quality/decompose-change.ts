import { z } from 'zod';
import { type Interval, intervalSchema, normalInterval } from './interval.ts';

/** Rows of one stratum on one side, and what they add to a measure that is a mean over rows. */
export interface StratumSide {
  readonly rows: number;
  readonly sum: number;
  /** Sum of each row's squared contribution, for the standard error. */
  readonly squares: number;
}

/** A part of the cases that both sides have: a bin of scores, a value of a column. */
export interface Stratum {
  readonly name: string;
  readonly reference: StratumSide;
  readonly window: StratumSide;
}

export const decompositionSchema = z.object({
  /** Window less reference, in the measure's unit. */
  change: intervalSchema,
  /** What the changed mix of cases makes of it, were each stratum as good as before. */
  mix: intervalSchema,
  /** What changed within the strata: the relation between cases and outcomes. */
  concept: intervalSchema,
});

export type Decomposition = z.infer<typeof decompositionSchema>;

/**
 * Splits the change of a mean into what a changed mix of strata explains and what changed within them. The two add up to the
 * change exactly. A stratum that only one side has tells nothing about a change within it: it counts as mix.
 *
 * @returns undefined when either side has no rows
 * Source: Kitagawa, Components of a Difference between Two Rates (1955); standard errors by the delta method, shares multinomial.
 * @example decomposeChange(strata) // { change: −0.065, mix: −0.05, concept: −0.015 }, each with its interval
 */
export function decomposeChange(strata: readonly Stratum[]): Decomposition | undefined {
  const rows = (side: 'reference' | 'window') => strata.reduce((sum, s) => sum + s[side].rows, 0);
  const [before, now] = [rows('reference'), rows('window')];
  if (before === 0 || now === 0) return undefined;
  const averages: Pair = [
    averageVariance(strata.map((s) => s.reference)),
    averageVariance(strata.map((s) => s.window)),
  ];
  const parts = strata
    .filter((s) => s.reference.rows + s.window.rows > 0)
    .map((s) => partOf(s, [before, now], averages));
  const mix = total(parts, (p) => (p.windowShare - p.referenceShare) * p.level);
  const concept = total(parts, (p) => p.weight * p.shift);
  const error = (of: (part: Part) => Slopes) =>
    standardError(
      parts.map((p) => [p, of(p)]),
      before,
      now,
    );
  return {
    change: interval(
      mix + concept,
      error((p) => ({ shares: [-p.before, p.now], means: [-p.referenceShare, p.windowShare] })),
    ),
    mix: interval(
      mix,
      error((p) => ({ shares: [-p.level, p.level], means: p.mixSlopes })),
    ),
    concept: interval(
      concept,
      error((p) => ({ shares: [p.shift / 2, p.shift / 2], means: p.conceptSlopes })),
    ),
  };
}

interface Part {
  readonly referenceShare: number;
  readonly windowShare: number;
  /** Mean of the measure on each side; the other side's where a side has no rows. */
  readonly before: number;
  readonly now: number;
  /** Variance of each side's mean. */
  readonly variances: Pair;
  readonly level: number;
  readonly shift: number;
  readonly weight: number;
  readonly mixSlopes: Pair;
  readonly conceptSlopes: Pair;
}

/** Of the reference, of the window. */
type Pair = readonly [number, number];

/** How a result moves with a stratum's shares and means. */
interface Slopes {
  readonly shares: Pair;
  readonly means: Pair;
}

function partOf({ reference, window }: Stratum, rows: Pair, averages: Pair): Part {
  const [p, q] = [reference.rows / rows[0], window.rows / rows[1]];
  const both = reference.rows > 0 && window.rows > 0;
  const a = mean(reference.rows > 0 ? reference : window);
  const b = mean(window.rows > 0 ? window : reference);
  const weight = (p + q) / 2;
  const half = (q - p) / 2;
  return {
    referenceShare: p,
    windowShare: q,
    before: a,
    now: b,
    variances: [varianceOfMean(reference, averages[0]), varianceOfMean(window, averages[1])],
    level: (a + b) / 2,
    shift: b - a,
    weight,
    // With one side only, its mean stands for both.
    mixSlopes: both ? [half, half] : [-p, q],
    conceptSlopes: both ? [-weight, weight] : [0, 0],
  };
}

function mean({ rows, sum }: StratumSide): number {
  return sum / rows;
}

/** Squared distances of the rows from the mean of their stratum. */
function spreadOf({ rows, sum, squares }: StratumSide): number {
  return rows === 0 ? 0 : Math.max(0, squares - sum ** 2 / rows);
}

/** Variance of a row within its stratum, over all strata of a side. */
function averageVariance(sides: readonly StratumSide[]): number {
  const freedom = sides.reduce((sum, side) => sum + Math.max(0, side.rows - 1), 0);
  return freedom === 0 ? 0 : sides.reduce((sum, side) => sum + spreadOf(side), 0) / freedom;
}

/** One row of average spread more: a stratum of one row, or of equal ones, does not know its mean for certain. */
function varianceOfMean(side: StratumSide, average: number): number {
  return side.rows === 0 ? 0 : (spreadOf(side) + average) / side.rows ** 2;
}

function standardError(slopes: readonly (readonly [Part, Slopes])[], before: number, now: number): number {
  let variance = 0;
  const drift = [0, 0];
  for (const [part, { shares, means }] of slopes) {
    const share = [part.referenceShare, part.windowShare];
    [before, now].forEach((rows, side) => {
      const [slope, size] = [shares[side] as number, share[side] as number];
      variance +=
        (means[side] as number) ** 2 * (part.variances[side] as number) + (slope ** 2 * size) / rows;
      drift[side] = (drift[side] as number) + slope * size;
    });
  }
  return Math.sqrt(
    Math.max(0, variance - (drift[0] as number) ** 2 / before - (drift[1] as number) ** 2 / now),
  );
}

function total(parts: readonly Part[], of: (part: Part) => number): number {
  return parts.reduce((sum, part) => sum + of(part), 0);
}

function interval(estimate: number, error: number): Interval {
  return normalInterval(estimate, error) ?? { estimate, lower: estimate, upper: estimate };
}
