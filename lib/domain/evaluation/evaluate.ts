import type { MetricName, Task } from '../spec.ts';
import { accuracy } from './accuracy.ts';
import { auc } from './auc.ts';
import { brier } from './brier.ts';
import { confusion } from './confusion.ts';
import type { EvaluatedRow } from './evaluated-row.ts';
import { f1 } from './f1.ts';
import { logLoss } from './log-loss.ts';
import { mae } from './mae.ts';
import { positiveClass } from './positive-class.ts';
import { precision } from './precision.ts';
import { r2 } from './r2.ts';
import { recall } from './recall.ts';
import { rmse } from './rmse.ts';

export type Metrics = Readonly<Partial<Record<MetricName, number>>>;

/**
 * Every metric of the task that the rows can measure. What they cannot (one class only, no rows) is absent: never a NaN, never
 * a zero that looks like a bad model.
 *
 * @param positive the positive class of a binary task, where more is known than these rows show
 * @example evaluate('regression', [{ label: 3, prediction: { label: 2.5, score: 2.5 } }]) // { rmse: 0.5, mae: 0.5 }
 */
export function evaluate(task: Task, rows: readonly EvaluatedRow[], positive?: string): Metrics {
  const measured = MEASURES[task](rows, positive);
  return Object.fromEntries(Object.entries(measured).filter(([, value]) => Number.isFinite(value)));
}

type Measured = Partial<Record<MetricName, number | undefined>>;

const MEASURES: Readonly<Record<Task, (rows: readonly EvaluatedRow[], positive?: string) => Measured>> = {
  binary(rows, known) {
    const classes = { accuracy: accuracy(...texts(rows)) };
    const positive = known ?? positiveClass(rows);
    if (positive === undefined) return classes;
    const actual = rows.map((row) => String(row.label) === positive);
    const scores = rows.map((row) => row.prediction.score);
    const counts = confusion(
      actual,
      rows.map((row) => String(row.prediction.label) === positive),
    );
    return {
      ...classes,
      auc: auc(actual, scores),
      precision: precision(counts),
      recall: recall(counts),
      f1: f1(counts),
      logLoss: logLoss(scores.map((score, i) => (actual[i] ? score : 1 - score))),
      brier: brier(actual, scores),
    };
  },
  multiclass(rows) {
    // A class that the model does not know got no probability at all.
    const given = rows.map(
      ({ label, prediction }) => prediction.probabilities && (prediction.probabilities[String(label)] ?? 0),
    );
    return { accuracy: accuracy(...texts(rows)), logLoss: logLoss(given) };
  },
  regression(rows) {
    const labels = rows.map((row) => Number(row.label));
    const predicted = rows.map((row) => row.prediction.score);
    return { rmse: rmse(labels, predicted), mae: mae(labels, predicted), r2: r2(labels, predicted) };
  },
};

function texts(rows: readonly EvaluatedRow[]): [string[], string[]] {
  return [rows.map((row) => String(row.label)), rows.map((row) => String(row.prediction.label))];
}
