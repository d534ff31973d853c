import { join } from 'node:path';
import { fairnessColumns } from '../../lib/domain/fairness/measure-fairness.ts';
import { profiledColumns } from '../../lib/domain/profile/profiled-columns.ts';
import type { ModelSpec } from '../../lib/domain/spec.ts';
import { jointScale } from '../../lib/domain/statistics/joint/joint-scale.ts';
import type { PreparedSet } from '../../lib/domain/training/prepared-set.ts';
import { requireEnoughData } from '../../lib/domain/training/too-little-data.ts';
import { computeFile } from '../../lib/engine/features/compute-file.ts';
import { learnPreset } from '../../lib/engine/profile/learn-preset.ts';
import { profileFile } from '../../lib/engine/profile/profile-file.ts';
import { proposeBinning } from '../../lib/engine/profile/propose-binning.ts';
import { splitNewest, writeJsonLines } from '../../lib/engine/read/rows.ts';
import { checkedColumns, type FeatureColumn } from '../../lib/engine/spec-sql/check-features.ts';
import { quoteIdentifier, quoteString } from '../../lib/engine/sql-text.ts';
import { keys } from '../../lib/names.ts';
import type { PrepareDataDeps } from './deps.ts';
import { uploadGolden, uploadGoldenLabels } from './golden-set.ts';
import { type SetWork, upload } from './set-work.ts';

/** Makes a prepared set's files of a run's raw ones and uploads them; the set's own document comes last. */
export async function prepareSet(work: SetWork, deps: PrepareDataDeps): Promise<PreparedSet> {
  const { run, spec, contentKey } = work;
  const columns = await checkedColumns(spec);
  const groups = fairnessColumns(spec.fairness);
  const train = await splitTraining(work, deps);
  const holdout = await labelledRows(
    { work, spec, from: run.holdoutFrom, to: run.to, name: 'holdout', groups },
    deps,
  );
  requireEnoughData({ ...train.rows, classes: train.classes, holdout: holdout.rows, range: run }, spec.task);
  const features = columns.map((column) => column.name);
  const golden = spec.evaluation.golden && (await goldenPart(work, features, deps));
  await uploadHoldout({ work, file: holdout.file, features, folder: 'holdout' }, deps);
  const labels = join(work.folder, 'labels.parquet');
  const kept = [spec.schema.label, ...groups.map((name) => `group.${name}`)];
  await deps.engine.copy(
    `SELECT ${kept.map(quoteIdentifier).join(', ')} FROM ${parquet(holdout.file)}`,
    labels,
  );
  await upload(work, 'train/part-0.parquet', train.older, deps);
  await upload(work, 'validation/part-0.parquet', train.newer, deps);
  await upload(work, 'labels/part-0.parquet', labels, deps);
  const reference = await saveReference(work, columns, deps);
  const set: PreparedSet = {
    contentKey,
    rows: { ...train.rows, holdout: holdout.rows, ...(golden && { golden }) },
    ...(train.influenced &&
      holdout.influenced && {
        influenced: { training: train.influenced, holdout: holdout.influenced },
      }),
    trainedUntil: train.to,
    label: spec.schema.label,
    featureColumns: features,
    ...reference,
  };
  await deps.data.putJson(keys.prepared(run.model, contentKey, 'set.json'), set);
  return set;
}

async function goldenPart(work: SetWork, features: readonly string[], deps: PrepareDataDeps) {
  const rows = await uploadGolden({ work, spec: work.spec, features, folder: 'holdout' }, deps);
  await uploadGoldenLabels(work, deps);
  return rows;
}

interface LabelledRows {
  readonly work: SetWork;
  /** Whose features: the run's, or the champion's. */
  readonly spec: ModelSpec;
  readonly from: string;
  readonly to: string;
  readonly name: string;
  /** Input columns that go along as `group.x`. */
  readonly groups?: readonly string[];
}

/**
 * Features and label of the rows of a range that have a label, oldest first. Those that the model influenced are capped within
 * the range, whoever reads it; cases of the golden set are in none.
 */
export async function labelledRows(
  { work, spec, from, to, name, groups = [] }: LabelledRows,
  { engine }: PrepareDataDeps,
) {
  const all = join(work.folder, `${name}-all.parquet`);
  const file = join(work.folder, `${name}.parquet`);
  const { training, influenced, golden } = work.raw;
  const share = { files: influenced, maxShare: work.spec.training.maxInfluencedShare };
  const computed = await computeFile(
    { inputs: training, spec, output: all, from, to, influenced: share, without: golden, groups },
    engine,
  );
  const label = quoteIdentifier(spec.schema.label);
  const rows = await engine.copy(`SELECT * FROM ${parquet(all)} WHERE ${label} IS NOT NULL`, file);
  return { ...computed, file, rows, to: computed.to ?? to };
}

async function splitTraining(work: SetWork, deps: PrepareDataDeps) {
  const { run, spec, folder } = work;
  const { file, to, influenced } = await labelledRows(
    { work, spec, from: run.from, to: run.holdoutFrom, name: 'train' },
    deps,
  );
  const [older, newer] = [join(folder, 'older.parquet'), join(folder, 'newer.parquet')];
  const split = await splitNewest({ file, share: spec.training.validationShare, older, newer }, deps.engine);
  const label = quoteIdentifier(spec.schema.label);
  const [counted] = await deps.engine.query<{ classes: number }>(
    `SELECT count(DISTINCT ${label}) AS classes FROM ${parquet(older)}`,
  );
  const rows = { train: split.older, validation: split.newer };
  return { older, newer, rows, to, influenced, classes: counted?.classes ?? 0 };
}

export interface HoldoutUpload {
  readonly work: SetWork;
  readonly file: string;
  readonly features: readonly string[];
  readonly folder: string;
}

/** The input of the batch transform: features alone, one JSON object a line; the label lies elsewhere. */
export async function uploadHoldout({ work, file, features, folder }: HoldoutUpload, deps: PrepareDataDeps) {
  const lines = join(work.folder, `${folder}.jsonl`);
  await writeJsonLines({ file, columns: features, output: lines }, deps.engine);
  await upload(work, `${folder}/part-0.jsonl`, lines, deps);
}

async function saveReference(work: SetWork, features: readonly FeatureColumn[], deps: PrepareDataDeps) {
  const { run, spec, contentKey, raw, folder } = work;
  const file = join(folder, 'reference.parquet');
  const range = { from: run.from, to: run.holdoutFrom };
  const inputs = { inputs: raw.training, without: raw.golden };
  await computeFile({ ...inputs, spec, output: file, ...range, columns: 'profile' }, deps.engine);
  const { segments = [] } = spec.monitoring;
  const columns = profiledColumns(spec, features);
  const binning = await proposeBinning({ file, columns, segments }, deps.engine);
  const joint = jointScale(binning.columns, spec.monitoring.drift.ignore);
  const source = `prepared/${contentKey}`;
  const profile = await profileFile({ file, binning, source, joint }, deps.engine);
  const binningKey = keys.binning(run.model, contentKey);
  const profileKey = keys.profile(run.model, contentKey);
  await deps.artifacts.putJson(binningKey, binning);
  await deps.artifacts.putJson(profileKey, profile);
  if (spec.monitoring.drift.preset !== 'nannyml') return { binningKey, profileKey };
  const learned = await learnPreset({ file, binning, profile, orderBy: '_time' }, deps.engine);
  return { binningKey, profileKey, presetThresholds: learned };
}

function parquet(file: string): string {
  return `read_parquet(${quoteString(file)})`;
}
