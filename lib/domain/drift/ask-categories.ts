import { percent } from '../figures.ts';
import type { CategoricalProfile } from '../profile/column-profile.ts';
import { categoryCells, expectedUnseen, isBoolean, trueRate } from './category-cells.ts';
import type { Question } from './question.ts';
import { cohenEffect, excessEffect, fewestForExcess, fewestForRate, rateEffect } from './rate-effect.ts';
import { effectText, whichSharesMoved } from './sentence.ts';
import { fewestForShares, sharesEffect } from './shares-effect.ts';
import { COHEN_PER_THRESHOLD, RATE_PER_THRESHOLD, UNSEEN_SHARE } from './thresholds.ts';

/** At most this many new categories in a sentence. */
const NAMED_UNSEEN = 5;

export interface AskCategories {
  readonly reference: CategoricalProfile;
  readonly window: CategoricalProfile;
  readonly threshold: number;
}

/** Whether categories have other shares, and whether there are new ones; of true and false, how often it is true. */
export function askCategories(input: AskCategories): readonly Question[] {
  const { reference, window } = input;
  if (reference.n === 0)
    return [
      {
        aspect: 'values',
        statistic: 'jensen-shannon',
        threshold: input.threshold,
        values: window.n,
        fewest: 1,
        otherwise: 'stable',
        sentence: () => 'has no values in the reference',
      },
    ];
  return isBoolean(reference, window) ? askTruth(input) : [askShares(input), ...askUnseen(input)];
}

function askShares({ reference, window, threshold }: AskCategories): Question {
  const cells = categoryCells(reference, window);
  return shareQuestion('values', cells, threshold, () =>
    whichSharesMoved(cells.names, cells.reference, cells.window),
  );
}

/** The question of a Jensen-Shannon distance over any cells. */
export function shareQuestion(
  aspect: Question['aspect'],
  cells: { readonly reference: readonly number[]; readonly window: readonly number[] },
  threshold: number,
  which: () => string,
): Question {
  const effect = sharesEffect(cells.reference, cells.window);
  const sentence = () => {
    if (effect === undefined) return 'has no values to compare';
    if (effect.estimate === 0) return 'did not move beyond chance';
    return `moved ${effectText('jensen-shannon', effect.estimate)}, ${which()}`;
  };
  return {
    aspect,
    statistic: 'jensen-shannon',
    threshold,
    values: cells.window.reduce((sum, count) => sum + count, 0),
    fewest: fewestForShares(cells.reference, threshold),
    otherwise: 'insufficient-data',
    ...(effect && { effect }),
    sentence,
  };
}

function askTruth({ reference, window, threshold }: AskCategories): readonly Question[] {
  const [before, after] = [trueRate(reference), trueRate(window)];
  const base = {
    values: after.rows,
    otherwise: 'insufficient-data',
    sentence: () =>
      after.rows === 0
        ? 'has no values to compare'
        : `is true in ${percent(after.having / after.rows)} of rows, was in ${percent(before.having / before.rows)}`,
  } as const;
  const rate = {
    threshold: threshold * RATE_PER_THRESHOLD,
    effect: rateEffect('rate-change', before, after),
  };
  const cohen = { threshold: threshold * COHEN_PER_THRESHOLD, effect: cohenEffect(before, after) };
  const fewest = fewestForRate(before, rate.threshold);
  return [
    question({ ...base, aspect: 'values', statistic: 'rate-change', fewest, ...rate }),
    question({ ...base, aspect: 'rare-rate', statistic: 'cohen-h', fewest, ...cohen }),
  ];
}

function askUnseen({ reference, window }: AskCategories): readonly Question[] {
  const { named } = categoryCells(reference, window);
  if (!named) return [];
  const known = new Set(reference.values.map(([value]) => value));
  const unseen = window.values.filter(([value]) => !known.has(value)).sort(([, a], [, b]) => b - a);
  const found = { having: unseen.reduce((sum, [, rows]) => sum + rows, 0), rows: window.n };
  const expected = expectedUnseen(reference);
  const names = unseen.slice(0, NAMED_UNSEEN).map(([value]) => value);
  return [
    question({
      aspect: 'unseen',
      statistic: 'unseen-share',
      threshold: UNSEEN_SHARE,
      values: window.n,
      fewest: fewestForExcess(expected, UNSEEN_SHARE),
      effect: excessEffect('unseen-share', found, expected),
      otherwise: 'insufficient-data',
      sentence: () =>
        names.length === 0
          ? 'has no new category'
          : `has categories that the reference does not know in ${percent(found.having / found.rows)} of rows: ${names.join(', ')}`,
    }),
  ];
}

/** With `effect` left out where it could not be measured. */
export function question({
  effect,
  ...rest
}: Omit<Question, 'effect'> & { readonly effect: Question['effect'] | undefined }): Question {
  return effect === undefined ? rest : { ...rest, effect };
}
