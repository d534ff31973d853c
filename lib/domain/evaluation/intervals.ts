import type { Interval } from '../quality/interval.ts';
import type { MetricName, Task } from '../spec.ts';
import { wilson } from '../statistics/proportion-interval.ts';
import { auc } from './auc.ts';
import { aucInterval } from './auc-interval.ts';
import { type Confusion, confusion } from './confusion.ts';
import type { EvaluatedRow } from './evaluated-row.ts';
import { trueClassLoss } from './log-loss.ts';
import { meanInterval, rootMeanInterval } from './mean-interval.ts';
import { positiveClass } from './positive-class.ts';
import { r2Interval } from './r2-interval.ts';

export type MetricIntervals = Readonly<Partial<Record<MetricName, Interval>>>;

/**
 * The metrics of `evaluate` with the range that holds the true one 95 times of 100, had the rows been other ones of the same
 * kind. What cannot be measured, or has too few rows for a standard error, is absent.
 *
 * Shares by Wilson; f1 as the monotone image of the share TP/(TP+FP+FN); AUC by DeLong in log-odds; mean losses by the central
 * limit; RMSE and R² by the delta method.
 *
 * @param positive the positive class, where more is known than the rows show
 * @example metricIntervals('binary', rows).accuracy // { estimate: 0.8, lower: 0.71, upper: 0.87 }
 */
export function metricIntervals(
  task: Task,
  rows: readonly EvaluatedRow[],
  positive?: string,
): MetricIntervals {
  const measured = MEASURES[task](rows, positive);
  return Object.fromEntries(Object.entries(measured).filter(([, interval]) => interval !== undefined));
}

type Measured = Partial<Record<MetricName, Interval | undefined>>;

const MEASURES: Readonly<Record<Task, (rows: readonly EvaluatedRow[], positive?: string) => Measured>> = {
  binary(rows, known) {
    const accuracy = accuracyInterval(rows);
    const positive = known ?? positiveClass(rows);
    if (positive === undefined) return { accuracy };
    const actual = rows.map((row) => String(row.label) === positive);
    const scores = rows.map((row) => row.prediction.score);
    const counts = confusion(
      actual,
      rows.map((row) => String(row.prediction.label) === positive),
    );
    return {
      accuracy,
      auc: aucInterval(auc(actual, scores), actual, scores),
      ...shares(counts),
      logLoss: meanInterval(scores.map((score, i) => trueClassLoss(actual[i] ? score : 1 - score))),
      brier: meanInterval(scores.map((score, i) => (score - Number(actual[i])) ** 2)),
    };
  },
  multiclass(rows) {
    const given = rows.map(({ label, prediction }) => prediction.probabilities?.[String(label)] ?? 0);
    const known = rows.every(({ prediction }) => prediction.probabilities !== undefined);
    return {
      accuracy: accuracyInterval(rows),
      logLoss: known ? meanInterval(given.map(trueClassLoss)) : undefined,
    };
  },
  regression(rows) {
    const labels = rows.map((row) => Number(row.label));
    const predicted = rows.map((row) => row.prediction.score);
    const distances = labels.map((label, i) => Math.abs(label - (predicted[i] as number)));
    return {
      mae: meanInterval(distances),
      rmse: rootMeanInterval(distances.map((distance) => distance ** 2)),
      r2: r2Interval(labels, predicted),
    };
  },
};

function accuracyInterval(rows: readonly EvaluatedRow[]): Interval | undefined {
  const right = rows.filter((row) => String(row.label) === String(row.prediction.label)).length;
  return wilson(right, rows.length);
}

function shares({ truePositives, falsePositives, falseNegatives }: Confusion) {
  const overlap = wilson(truePositives, truePositives + falsePositives + falseNegatives);
  const dice = (share: number) => (2 * share) / (1 + share);
  return {
    precision: wilson(truePositives, truePositives + falsePositives),
    recall: wilson(truePositives, truePositives + falseNegatives),
    f1: overlap && {
      estimate: dice(overlap.estimate),
      lower: dice(overlap.lower),
      upper: dice(overlap.upper),
    },
  };
}
