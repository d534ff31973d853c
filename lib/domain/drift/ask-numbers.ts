import type { NumericProfile } from '../profile/column-profile.ts';
import { HUGE } from '../profile/huge-values.ts';
import { shareQuestion } from './ask-categories.ts';
import { rangeName } from './contributions.ts';
import { equalGroups, sumOver } from './equal-groups.ts';
import { fewestNumbers, numericEffect, unitOf } from './numeric-effect.ts';
import type { Question } from './question.ts';
import { effectText, whichSharesMoved } from './sentence.ts';
import { fewestForShares, sharesEffect } from './shares-effect.ts';
import { whereNumbersMoved } from './where-numbers-moved.ts';

export interface AskNumbers {
  readonly reference: NumericProfile;
  readonly window: NumericProfile;
  readonly edges: readonly number[];
  readonly threshold: number;
  /** Of measure, for the sentence. */
  readonly unit?: string | undefined;
}

/** Whether a column's numbers lie elsewhere. */
export function askNumbers(input: AskNumbers): Question {
  const { reference, window, edges, threshold, unit } = input;
  const base = { aspect: 'values', statistic: 'wasserstein', threshold, values: window.n } as const;
  // A column that never had values has none to change; that it has some now is its missing values' question.
  if (reference.n === 0)
    return { ...base, fewest: 1, otherwise: 'stable', sentence: () => 'has no values in the reference' };
  if (unitOf(reference) === 0) return askConstant(input);
  if (!isMeasurable(input)) return askRanges(input);
  const fewest = fewestNumbers(reference, edges, threshold);
  const effect = numericEffect(reference, window, edges);
  if (effect === undefined)
    return { ...base, fewest, otherwise: 'insufficient-data', sentence: () => 'has no values to compare' };
  const sentence = () =>
    effect.estimate === 0
      ? 'did not move beyond chance'
      : `moved ${effectText('wasserstein', effect.estimate)}, ${whereNumbersMoved(reference, window, edges, unit)}`;
  return { ...base, fewest, effect, otherwise: 'insufficient-data', sentence };
}

/** Whether a shift in deviations, and the squares that its error is made of, are numbers that a double holds. */
function isMeasurable({ reference, window }: AskNumbers): boolean {
  const low = Math.min(reference.min ?? 0, window.min ?? 0);
  const range = Math.max(reference.max ?? 0, window.max ?? 0) - low;
  return Math.max(range, range / unitOf(reference)) <= HUGE;
}

/** Enough to see a change, few enough to see it in small windows. */
const RANGES = 32;

/** Whose numbers reach too far for that is compared by how many lie in each range. */
function askRanges({ reference, window, edges, threshold }: AskNumbers): Question {
  const groups = equalGroups(reference.bins.counts, RANGES);
  const [before, after] = [sumOver(reference.bins.counts, groups), sumOver(window.bins.counts, groups)];
  const names = groups.map(([first, last]) => rangeName(edges[first - 1], edges[last]));
  return shareQuestion('values', { reference: before, window: after }, threshold, () =>
    whichSharesMoved(names, before, after),
  );
}

/** A constant has no unit to measure a shift in: what changes is how many rows have another value. */
function askConstant({ reference, window, threshold }: AskNumbers): Question {
  const bin = reference.bins.counts.findIndex((count) => count > 0);
  const same = window.bins.counts[bin] as number;
  const [before, after] = [
    [reference.n, 0],
    [same, window.n - same],
  ] as const;
  const effect = sharesEffect(before, after);
  const names = [`${reference.min}`, 'other numbers'];
  return {
    aspect: 'values',
    statistic: 'jensen-shannon',
    threshold,
    values: window.n,
    fewest: fewestForShares(before, threshold),
    otherwise: 'insufficient-data',
    ...(effect && { effect }),
    sentence: () =>
      effect === undefined
        ? 'has no values to compare'
        : effect.estimate === 0
          ? 'did not move beyond chance'
          : `moved ${effectText('jensen-shannon', effect.estimate)}, ${whichSharesMoved(names, before, after)}`,
  };
}
