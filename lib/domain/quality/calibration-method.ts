import { isotonic } from './isotonic.ts';

/** One row of the holdout: its score, the bin of it, and whether it was positive. */
export interface ScoredOutcome {
  readonly bin: number;
  readonly score: number;
  readonly positive: boolean;
}

/** Rows are dealt to this many folds in turn; ten leave nine tenths to learn from. */
const FOLDS = 10;

/**
 * Whether scores are good probabilities as they are, or better ones once mapped: each fold is judged by a map that was fitted on
 * the others, by the Brier score, which rewards honest probabilities. A tie leaves the scores alone.
 *
 * @param bins how many score bins there are
 * @example calibrationMethod(rowsOfAnOverconfidentModel, 64) // 'isotonic'
 */
export function calibrationMethod(outcomes: readonly ScoredOutcome[], bins: number): 'identity' | 'isotonic' {
  // A score outside 0–1 (a margin, a log-odds) is no probability at all.
  if (outcomes.some(({ score }) => score < 0 || score > 1)) return 'isotonic';
  const held = Array.from({ length: FOLDS }, (_, fold) => outcomes.filter((_, i) => i % FOLDS === fold));
  const folds = held.map((rows) => countsOf(rows, bins));
  const total = countsOf(outcomes, bins);
  let mapped = 0;
  let plain = 0;
  held.forEach((rows, fold) => {
    const fit = isotonic(total.map((bin, i) => without(bin, folds[fold]?.[i])));
    for (const { bin, score, positive } of rows) {
      plain += (score - Number(positive)) ** 2;
      mapped += ((fit?.shares[bin] ?? score) - Number(positive)) ** 2;
    }
  });
  return mapped < plain ? 'isotonic' : 'identity';
}

interface Count {
  rows: number;
  positives: number;
}

function countsOf(outcomes: readonly ScoredOutcome[], bins: number): readonly Count[] {
  const counts = Array.from({ length: bins }, () => ({ rows: 0, positives: 0 }));
  for (const { bin, positive } of outcomes) {
    const count = counts[bin] as Count;
    count.rows++;
    count.positives += Number(positive);
  }
  return counts;
}

function without(all: Count, part: Count | undefined): Count {
  return { rows: all.rows - (part?.rows ?? 0), positives: all.positives - (part?.positives ?? 0) };
}
