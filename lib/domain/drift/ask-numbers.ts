import type { NumericProfile } from '../profile/column-profile.ts';
import { fewestNumbers, numericEffect, unitOf } from './numeric-effect.ts';
import type { Question } from './question.ts';
import { effectText, whereNumbersMoved, whichSharesMoved } from './sentence.ts';
import { fewestForShares, sharesEffect } from './shares-effect.ts';

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
