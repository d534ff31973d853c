import { join } from 'node:path';
import type { PresetThresholds } from '../../lib/domain/drift/preset-thresholds.ts';
import type { EvaluatedRow } from '../../lib/domain/evaluation/evaluated-row.ts';
import { type Binning, combineBinnings } from '../../lib/domain/profile/binning.ts';
import { attachColumns } from '../../lib/domain/profile/merge-profiles.ts';
import type { Profile } from '../../lib/domain/profile/profile.ts';
import { outputColumns } from '../../lib/domain/profile/profiled-columns.ts';
import { withThresholdEdge } from '../../lib/domain/quality/threshold-edge.ts';
import type { Run } from '../../lib/domain/registry/run.ts';
import type { Task } from '../../lib/domain/spec.ts';
import type { PreparedSet } from '../../lib/domain/training/prepared-set.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import { learnPreset } from '../../lib/engine/profile/learn-preset.ts';
import { profileFile } from '../../lib/engine/profile/profile-file.ts';
import { proposeBinning } from '../../lib/engine/profile/propose-binning.ts';
import { writeParquetRows } from '../../lib/engine/read/rows.ts';
import { keys } from '../../lib/names.ts';
import { withTempFolder } from '../../lib/runtime/temp-folder.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import { requiredJson } from '../../lib/stores/required.ts';
import { holdoutThreshold, saveCalibration } from './version-calibration.ts';

export interface VersionReference {
  readonly binningKey: string;
  readonly referenceProfileKey: string;
  readonly calibrationKey?: string;
  /** Of each feature for the version's answers: see `featureImportance`. */
  readonly importance?: Readonly<Record<string, number>>;
  /** What NannyML would have learned from the reference, where the spec asks for it. */
  readonly presetThresholds?: PresetThresholds;
}

interface Work {
  readonly run: Run;
  readonly task: Task;
  readonly prepared: PreparedSet;
  /** The holdout, each row with its label and the version's answer. */
  readonly rows: readonly EvaluatedRow[];
}

const OUTPUTS = [
  { name: 'output.score', type: 'number' },
  { name: 'output.label', type: 'string' },
] as const;

/**
 * What the version's windows will be compared with: inputs and features of its training rows, and its own answers on the
 * holdout, the only rows that it has not learned from.
 */
export async function saveReference(
  work: Work,
  { artifacts, engine }: { readonly artifacts: ObjectStore; readonly engine: Engine },
): Promise<VersionReference> {
  const { run, task, prepared, rows } = work;
  const outputs = await profileOutputs(work, engine);
  const binning = combineBinnings(
    await requiredJson<Binning>(artifacts, prepared.binningKey),
    outputs.binning,
  );
  const trained = await requiredJson<Profile>(artifacts, prepared.profileKey);
  const reference = attachColumns(trained, outputs.profile, binning);
  const binningKey = keys.binning(run.model, `run-${run.id}`);
  const referenceProfileKey = keys.profile(run.model, `run-${run.id}`);
  await artifacts.putJson(binningKey, binning);
  await artifacts.putJson(referenceProfileKey, reference);
  const calibrated = await saveCalibration(
    { model: run.model, runId: run.id, task, binning, rows },
    artifacts,
  );
  const learned = prepared.presetThresholds && { ...prepared.presetThresholds, ...outputs.thresholds };
  return { binningKey, referenceProfileKey, ...calibrated, ...(learned && { presetThresholds: learned }) };
}

function profileOutputs({ run, task, prepared, rows: holdout }: Work, engine: Engine) {
  return withTempFolder(async (folder) => {
    const file = join(folder, 'outputs.parquet');
    const rows = holdout.map(({ prediction: p }) => ({
      'output.score': p.score,
      'output.label': String(p.label),
    }));
    await writeParquetRows(rows, OUTPUTS, file, engine);
    const proposed = await proposeBinning({ file, columns: outputColumns(task) }, engine);
    const binning = withThresholdEdge(proposed, holdoutThreshold(task, holdout));
    const profile = await profileFile({ file, binning, source: `holdout/${run.id}` }, engine);
    const thresholds = prepared.presetThresholds && (await learnPreset({ file, binning, profile }, engine));
    return { binning, profile, thresholds };
  });
}
