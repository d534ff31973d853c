import type { EvaluatedRow } from '../evaluation/evaluated-row.ts';
import { binOf } from '../profile/edges.ts';
import type { Task } from '../spec.ts';
import type { Calibration, Contribution, ContributionName } from './calibration.ts';

/** What one row adds to each measure of its task that is a mean over rows. */
export type RowContribution = Readonly<Partial<Record<ContributionName, number>>>;

/**
 * What one labelled row adds to the measures of its task.
 *
 * @param positive the positive class of a binary task; without it only accuracy is counted
 * @example rowContribution('regression', { label: 3, prediction: { label: 2.5, score: 2.5 } }) // { mae: 0.5, mse: 0.25 }
 */
export function rowContribution(
  task: Task,
  row: EvaluatedRow,
  positive: string | undefined,
): RowContribution {
  const { label, prediction } = row;
  if (task === 'regression') {
    const distance = Math.abs(prediction.score - Number(label));
    return { mae: distance, mse: distance ** 2 };
  }
  const accuracy = Number(String(label) === String(prediction.label));
  if (task === 'multiclass' || positive === undefined) return { accuracy };
  return { accuracy, brier: (prediction.score - Number(String(label) === positive)) ** 2 };
}

/** What the rows of each score bin add to the measures of the task. */
export function contributionsOf(
  task: Task,
  edges: readonly number[],
  rows: readonly EvaluatedRow[],
  positive: string | undefined,
): Calibration['contributions'] {
  const found: Partial<Record<ContributionName, Contribution>> = {};
  for (const row of rows) {
    const bin = binOf(row.prediction.score, edges);
    for (const [name, value] of Object.entries(rowContribution(task, row, positive))) {
      found[name as ContributionName] ??= { sums: zeros(edges.length + 1), squares: zeros(edges.length + 1) };
      const { sums, squares } = found[name as ContributionName] as Contribution;
      sums[bin] = (sums[bin] as number) + value;
      squares[bin] = (squares[bin] as number) + value ** 2;
    }
  }
  return found;
}

function zeros(length: number): number[] {
  return new Array<number>(length).fill(0);
}
