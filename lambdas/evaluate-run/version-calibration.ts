import type { EvaluatedRow } from '../../lib/domain/evaluation/evaluated-row.ts';
import { positiveClass } from '../../lib/domain/evaluation/positive-class.ts';
import type { Binning } from '../../lib/domain/profile/binning.ts';
import { decisionThreshold } from '../../lib/domain/quality/decision-threshold.ts';
import { learnCalibration } from '../../lib/domain/quality/learn-calibration.ts';
import type { Task } from '../../lib/domain/spec.ts';
import { keys } from '../../lib/names.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';

/** The score from which the version calls a row positive, as its answers on the holdout show it; only of a binary task. */
export function holdoutThreshold(task: Task, rows: readonly EvaluatedRow[]): number | undefined {
  const positive = task === 'binary' ? positiveClass(rows) : undefined;
  if (positive === undefined) return undefined;
  return decisionThreshold(
    rows.map((row) => row.prediction.score),
    rows.map((row) => String(row.prediction.label) === positive),
  );
}

interface Work {
  readonly model: string;
  readonly runId: string;
  readonly task: Task;
  readonly binning: Binning;
  readonly rows: readonly EvaluatedRow[];
}

/** Saves what the holdout taught about the version's scores; a holdout that teaches nothing leaves no document. */
export async function saveCalibration(
  { model, runId, task, binning, rows }: Work,
  artifacts: ObjectStore,
): Promise<{ readonly calibrationKey?: string }> {
  const score = binning.columns['output.score'];
  const calibration = score?.kind === 'numeric' ? learnCalibration(task, score.edges, rows) : undefined;
  if (calibration === undefined) return {};
  const calibrationKey = keys.calibration(model, `run-${runId}`);
  await artifacts.putJson(calibrationKey, calibration);
  return { calibrationKey };
}
