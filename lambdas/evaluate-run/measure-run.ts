import { evaluate } from '../../lib/domain/evaluation/evaluate.ts';
import type { EvaluatedRow } from '../../lib/domain/evaluation/evaluated-row.ts';
import { positiveClass } from '../../lib/domain/evaluation/positive-class.ts';
import type { FairnessReport } from '../../lib/domain/fairness/fairness-report.ts';
import { fairnessColumns, measureFairness } from '../../lib/domain/fairness/measure-fairness.ts';
import type { Run } from '../../lib/domain/registry/run.ts';
import type { SmokeSample } from '../../lib/domain/release/smoke-sample.ts';
import type { ModelSpec } from '../../lib/domain/spec.ts';
import { featureImportance } from '../../lib/domain/training/feature-importance.ts';
import type { RunMetrics } from '../../lib/domain/training/judge-run.ts';
import { GOLDEN_LABELS, GOLDEN_LINES } from '../../lib/domain/training/prepared-set.ts';
import type { RunDocument } from '../../lib/domain/training/run-document.ts';
import { keys } from '../../lib/names.ts';
import { requiredJson } from '../../lib/stores/required.ts';
import type { EvaluateRunDeps } from './deps.ts';
import {
  HOLDOUT_LINES,
  type Label,
  type Prediction,
  readGroups,
  readLabels,
  readPredictions,
} from './holdout-predictions.ts';
import { saveReference, type VersionReference } from './version-reference.ts';

export interface PredictionUris {
  readonly baseline: string;
  readonly challenger: string;
  readonly champion?: string | undefined;
}

export interface MeasuredRun {
  readonly document: RunDocument;
  readonly metrics: RunMetrics;
  readonly reference: VersionReference;
  /** How alike the holdout and the challenger's answers treat the declared groups; absent when none is declared. */
  readonly fairness?: FairnessReport;
}

const HOLDOUT_LABELS = 'labels/part-0.parquet';

/** Rows that a new endpoint must answer as batch scoring did. */
const SMOKE_ROWS = 5;

/** Measures every model of a run on the same labelled holdout, and saves what later steps compare with. */
export async function measureRun(
  run: Run,
  spec: ModelSpec,
  uris: PredictionUris,
  deps: EvaluateRunDeps,
): Promise<MeasuredRun> {
  const document = await requiredJson<RunDocument>(
    deps.artifacts,
    keys.runPlan(run.model, run.id, run.attempt),
  );
  const { prepared } = document;
  const holdout = await scoredSet(
    { document, spec, uris, labels: HOLDOUT_LABELS, lines: HOLDOUT_LINES },
    deps,
  );
  const golden =
    prepared.rows.golden !== undefined &&
    (await scoredSet({ document, spec, uris, labels: GOLDEN_LABELS, lines: GOLDEN_LINES }, deps));
  const metrics: RunMetrics = { ...holdout.metrics, ...(golden && { golden: golden.metrics }) };
  const { challenger } = holdout;
  const lines = await holdoutLines(document, deps);
  await saveSmokeSample(document, lines, challenger, deps);
  const saved = await saveReference({ run, task: spec.task, prepared, rows: holdout.rows }, deps);
  const reference = { ...saved, importance: importanceOf(lines, challenger) };
  const fairness = await holdoutFairness(document, spec, holdout.rows, deps);
  return { document, metrics, reference, ...(fairness && { fairness }) };
}

async function holdoutFairness(
  { model, prepared }: RunDocument,
  spec: ModelSpec,
  rows: readonly EvaluatedRow[],
  deps: EvaluateRunDeps,
): Promise<FairnessReport | undefined> {
  if (spec.fairness === undefined) return undefined;
  const favourable = spec.fairness.favourable ?? [positiveClass(rows) ?? ''];
  const columns = fairnessColumns(spec.fairness);
  const groups = await readGroups(model, prepared, { part: HOLDOUT_LABELS, columns }, deps);
  const answered = rows.map(({ label, prediction }, i) => ({
    predicted: String(prediction.label),
    label: String(label),
    groups: groups[i] ?? [],
  }));
  return measureFairness(answered, spec.fairness, favourable);
}

interface ScoredSet {
  readonly document: RunDocument;
  readonly spec: ModelSpec;
  readonly uris: PredictionUris;
  /** The set's labels, and the file of its features that was scored. */
  readonly labels: string;
  readonly lines: string;
}

/** Every model's metrics on one set of the same rows. */
async function scoredSet({ document, spec, uris, labels: part, lines }: ScoredSet, deps: EvaluateRunDeps) {
  const labels = await readLabels(document.model, document.prepared, part, deps);
  const read = (uri: string) => readPredictions(uri, { lines, rows: labels.length }, deps.artifacts);
  const measured = (predictions: readonly Prediction[]) => evaluate(spec.task, pairs(labels, predictions));
  const challenger = await read(uris.challenger);
  const metrics = {
    challenger: measured(challenger),
    baseline: measured(await read(uris.baseline)),
    ...(uris.champion !== undefined && { champion: measured(await read(uris.champion)) }),
  };
  return { metrics, challenger, rows: pairs(labels, challenger) };
}

function pairs(labels: readonly Label[], predictions: readonly Prediction[]) {
  return labels.map((label, i) => ({ label, prediction: predictions[i] as Prediction }));
}

async function holdoutLines(
  { model, prepared }: RunDocument,
  { data }: EvaluateRunDeps,
): Promise<readonly string[]> {
  const key = keys.prepared(model, prepared.contentKey, 'holdout/part-0.jsonl');
  const text = new TextDecoder().decode(await data.get(key));
  return text.split('\n').filter((line) => line.trim());
}

/** Rows that importance is measured on: enough to know it to a hundredth. */
const IMPORTANCE_ROWS = 20_000;

function importanceOf(lines: readonly string[], predictions: readonly Prediction[]) {
  const step = Math.ceil(lines.length / IMPORTANCE_ROWS);
  const chosen = lines.flatMap((line, i) =>
    i % step === 0 ? [{ features: JSON.parse(line), score: (predictions[i] as Prediction).score }] : [],
  );
  return featureImportance(chosen);
}

async function saveSmokeSample(
  { model, runId }: RunDocument,
  lines: readonly string[],
  predictions: readonly Prediction[],
  { artifacts }: EvaluateRunDeps,
): Promise<void> {
  const step = Math.max(1, Math.floor(lines.length / SMOKE_ROWS));
  const chosen = lines.flatMap((_, i) => (i % step === 0 ? [i] : [])).slice(0, SMOKE_ROWS);
  const sample: SmokeSample = {
    rows: chosen.map((i) => JSON.parse(lines[i] as string) as Record<string, unknown>),
    predictions: chosen.map((i) => predictions[i] as Prediction),
  };
  await artifacts.putJson(keys.smokeSample(model, runId), sample);
}
