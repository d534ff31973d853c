import type { ColumnBinning } from '../profile/binning.ts';
import { type ColumnProfile, missingOf } from '../profile/column-profile.ts';
import { TEXT_EDGES, type TextProfile } from '../profile/text-profile.ts';
import { askCategories, question, shareQuestion } from './ask-categories.ts';
import { askNumbers } from './ask-numbers.ts';
import { askTimes } from './ask-times.ts';
import { isBoolean } from './category-cells.ts';
import type { Question } from './question.ts';
import { changesMuch, fewestForRate, type Rate, rateEffect } from './rate-effect.ts';
import { whichSharesMoved } from './sentence.ts';
import { MISSING_CHANGE, MISSING_CHANGE_AT_ANY_RATIO } from './thresholds.ts';
import type { DriftKind } from './verdict.ts';

export interface AskColumn {
  readonly name: string;
  readonly reference: ColumnProfile;
  readonly window: ColumnProfile;
  readonly binning: ColumnBinning;
  readonly threshold: number;
  readonly unit?: string | undefined;
}

/**
 * All that is asked of a column: whether its values changed (the first question, which decides whether there is enough data) and
 * whether it has one as often as before. Throws when the two profiles are of different kinds.
 */
export function askColumn(input: AskColumn): readonly Question[] {
  return [...askValues(input), askMissing(input)];
}

export function kindOf({ reference, window }: Pick<AskColumn, 'reference' | 'window'>): DriftKind {
  if (reference.kind !== 'categorical' || window.kind !== 'categorical') return window.kind;
  return isBoolean(reference, window) ? 'boolean' : 'categorical';
}

function askValues({ name, reference, window, binning, threshold, unit }: AskColumn): readonly Question[] {
  if (reference.kind === 'numeric' && window.kind === 'numeric' && binning.kind === 'numeric')
    return [askNumbers({ reference, window, edges: binning.edges, threshold, unit })];
  if (reference.kind === 'categorical' && window.kind === 'categorical')
    return askCategories({ reference, window, threshold });
  if (reference.kind === 'text' && window.kind === 'text') return askText(reference, window, threshold);
  if (reference.kind === 'timestamp' && window.kind === 'timestamp')
    return askTimes(reference, window, threshold);
  throw new Error(`a column has one kind, got ${reference.kind} and ${window.kind} for ${name}`);
}

/** Cells that the 1,024 of the trigram histogram are folded into: more would ask for more texts than a window has. */
const WORDING_CELLS = 64;

function askText(reference: TextProfile, window: TextProfile, threshold: number): readonly Question[] {
  const length = askNumbers({
    reference: reference.length,
    window: window.length,
    edges: TEXT_EDGES,
    threshold,
    unit: 'characters',
  });
  const cells = { reference: wordingCells(reference), window: wordingCells(window) };
  return [
    length,
    shareQuestion('wording', cells, threshold, () => 'in the sequences of letters it is made of'),
  ];
}

/** Trigrams of one text come together, so a text counts as one of them: fewer than there are, never more. */
function wordingCells({ trigrams, n }: TextProfile): readonly number[] {
  const cells = new Array<number>(WORDING_CELLS).fill(0);
  trigrams.forEach((count, i) => {
    cells[i % WORDING_CELLS] = (cells[i % WORDING_CELLS] as number) + count;
  });
  const total = cells.reduce((sum, count) => sum + count, 0);
  return total === 0 ? cells : cells.map((count) => Math.round((count * n) / total));
}

function askMissing({ reference, window }: AskColumn): Question {
  const rate = (column: ColumnProfile): Rate => {
    const missing = missingOf(column);
    return { having: missing, rows: column.n + missing };
  };
  const [before, after] = [rate(reference), rate(window)];
  const threshold = changesMuch(before, after) ? MISSING_CHANGE : MISSING_CHANGE_AT_ANY_RATIO;
  const [a, b] = [missingCells(reference), missingCells(window)];
  return question({
    aspect: 'missing',
    statistic: 'missing-change',
    threshold,
    values: after.rows,
    fewest: fewestForRate(before, threshold),
    effect: rateEffect('missing-change', before, after),
    otherwise: 'insufficient-data',
    sentence: () => {
      const which = whichSharesMoved(MISSING_NAMES, a, b);
      return which === '' ? 'has a value as often as before' : `has a value in other rows: ${which}`;
    },
  });
}

const MISSING_NAMES = ['values', 'null', 'NaN', '+Infinity', '-Infinity'];

function missingCells(column: ColumnProfile): readonly number[] {
  const { counts, n } = column;
  if (column.kind !== 'numeric') return [n, counts.null, 0, 0, 0];
  return [n, counts.null, column.counts.nan, column.counts.posInf, column.counts.negInf];
}
