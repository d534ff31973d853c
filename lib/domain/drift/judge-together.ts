import type { ColumnDrift } from './column-drift.ts';
import type { ColumnEvidence } from './evidence.ts';

/** Jensen-Shannon distance of two normals one deviation apart, for small shifts: 0.0346 for a tenth. */
const DISTANCE_PER_DEVIATION = 0.346;

/**
 * A column that its window alone cannot judge may be judged by all windows since the last that told of it: small windows add up.
 * It drifts when the evidence refutes "as it was" and the effect of all rows together reaches the threshold for sure; a window
 * that has enough rows speaks for itself.
 *
 * @param threshold in standard deviations for a number, in Jensen-Shannon distance for categories
 */
export function judgeTogether(
  column: ColumnDrift,
  evidence: ColumnEvidence | undefined,
  threshold: number,
): ColumnDrift {
  if (evidence === undefined) return column;
  const known = { ...column, evidence };
  const distance = column.kind === 'numeric' ? threshold * DISTANCE_PER_DEVIATION : threshold;
  const proven = evidence.changed && evidence.windows > 1 && evidence.lowerBound >= distance;
  if (column.verdict !== 'insufficient-data' || !proven) return known;
  const { windows, rows, since } = evidence;
  const many = `${windows} windows since ${since.slice(0, 10)} with ${rows} rows`;
  return {
    ...known,
    verdict: 'drifted',
    explanation: `${column.column} has changed over ${many} together, each too small to say so`,
  };
}
