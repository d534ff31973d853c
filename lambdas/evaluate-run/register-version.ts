import { ConflictError } from '../../lib/domain/errors.ts';
import { gatesOf } from '../../lib/domain/evaluation/gates.ts';
import type { Approval } from '../../lib/domain/registry/approval.ts';
import type { Head } from '../../lib/domain/registry/head.ts';
import type { Run } from '../../lib/domain/registry/run.ts';
import type { GoldenResult, ModelVersion } from '../../lib/domain/registry/version.ts';
import type { ModelSpec } from '../../lib/domain/spec.ts';
import { evaluatedEntry } from '../../lib/domain/training/evaluated-entry.ts';
import { featuresHash } from '../../lib/domain/training/features-hash.ts';
import type { TrainingResult } from '../../lib/domain/training/job-plan.ts';
import { judgeRun, type RunVerdict } from '../../lib/domain/training/judge-run.ts';
import { learnedUntil } from '../../lib/domain/training/learned-until.ts';
import { keys } from '../../lib/names.ts';
import type { Decision, Write } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { known, requiredItem } from '../../lib/stores/required.ts';
import type { EvaluateRunDeps } from './deps.ts';
import type { MeasuredRun } from './measure-run.ts';

/**
 * One decision: the version with its metrics and gates, its approval if people must decide, the run's new status, what counts as
 * learned from, and the run lock freed. Answers the run as it is afterwards; a run that was evaluated before is answered as it is.
 */
export async function registerVersion(
  evaluated: Run,
  spec: ModelSpec,
  measured: MeasuredRun,
  deps: EvaluateRunDeps,
): Promise<Run> {
  const { model, id } = evaluated;
  const at = deps.now().toISOString();
  const { challengerKey } = measured.document;
  const { modelDataUrl } = await requiredItem<TrainingResult>(deps.registry, model, sk.result(challengerKey));
  const reportKey = keys.report(model, id);
  await deps.artifacts.putJson(reportKey, reportOf(evaluated, spec, measured));
  return deps.registry.decide<Run>(model, async (current): Promise<Decision<Run>> => {
    const head = known(model, current);
    const run = await requiredItem<Run>(deps.registry, model, sk.run(id));
    if (run.version !== undefined) return { answer: run };
    if (run.status !== 'running' || run.attempt !== evaluated.attempt)
      throw new ConflictError(`attempt ${evaluated.attempt} of run ${id} must be running, got ${run.status}`);
    const { metrics, fairness } = measured;
    const champions = { measured: run.champion, serving: head.champion };
    const verdict = judgeRun(spec, { ...metrics, ...(fairness && { fairness }) }, champions);
    const version = versionOf({ run, spec, measured, head, verdict, modelDataUrl, at });
    const after = runAfter(run, version, at);
    const { outcome } = verdict;
    const platform = deps.release;
    const metric = spec.evaluation.metric;
    const { influenced } = measured.document.prepared;
    return {
      answer: after,
      entry: evaluatedEntry({ run, version, outcome, metric, platform, reportKey, at, influenced }),
      head: headAfter(head, run),
      writes: writesOf(after, version, at),
    };
  });
}

interface Registration {
  readonly run: Run;
  readonly spec: ModelSpec;
  readonly measured: MeasuredRun;
  readonly head: Head;
  readonly verdict: RunVerdict;
  readonly modelDataUrl: string;
  readonly at: string;
}

function versionOf({ run, spec, measured, head, verdict, modelDataUrl, at }: Registration): ModelVersion {
  const { document, metrics, reference, fairness } = measured;
  return {
    model: run.model,
    number: head.nextVersion,
    status: verdict.outcome === 'rejected' ? 'rejected' : 'candidate',
    runId: run.id,
    specHash: run.specHash,
    featuresHash: featuresHash(spec),
    codeHash: document.codeHash,
    image: document.image,
    modelDataUrl,
    metrics: metrics.challenger,
    baselineMetrics: metrics.baseline,
    ...(metrics.champion && { championMetrics: metrics.champion }),
    ...(metrics.golden && { golden: goldenOf(spec, measured) }),
    holdoutRows: document.prepared.rows.holdout,
    gates: verdict.gates,
    ...reference,
    ...(fairness && { fairness }),
    trainedUntil: document.prepared.trainedUntil,
    createdAt: at,
  };
}

function goldenOf({ evaluation }: ModelSpec, { document, metrics }: MeasuredRun): GoldenResult {
  const { challenger, champion } = metrics.golden ?? { challenger: {} };
  const rows = document.prepared.rows.golden ?? 0;
  return {
    dataset: evaluation.golden ?? '',
    rows,
    metrics: challenger,
    ...(champion && { championMetrics: champion }),
  };
}

function headAfter({ nextVersion, runLock, retraining }: Head, run: Run): Partial<Head> {
  const labelledUntil = learnedUntil(retraining.labelledUntil, run);
  return {
    nextVersion: nextVersion + 1,
    retraining: { ...retraining, labelledUntil },
    ...(runLock?.holder === run.id && { runLock: undefined }),
  };
}

function runAfter(run: Run, { number, status }: ModelVersion, at: string): Run {
  if (status === 'rejected')
    return { ...run, status: 'closed', outcome: 'rejected', version: number, closedAt: at };
  return { ...run, status: 'awaiting-approval', version: number };
}

function writesOf(run: Run, version: ModelVersion, at: string): readonly Write[] {
  const writes: Write[] = [
    { sk: sk.run(run.id), item: run },
    { sk: sk.version(version.number), item: version, condition: 'absent' },
  ];
  if (version.status === 'rejected') return writes;
  const approval = approvalOf(run, version, at);
  return [...writes, { sk: sk.approval(approval.id), item: approval, kind: 'approval', sortedAt: at }];
}

function approvalOf({ model, id, trigger }: Run, { number }: ModelVersion, requestedAt: string): Approval {
  return {
    model,
    id: `${model}-v${number}`,
    version: number,
    runId: id,
    status: 'open',
    ...(trigger.kind === 'person' && { starter: trigger.token }),
    requestedAt,
  };
}

function reportOf(run: Run, spec: ModelSpec, { document, metrics }: MeasuredRun) {
  return {
    model: run.model,
    runId: run.id,
    attempt: run.attempt,
    range: { from: run.from, holdoutFrom: run.holdoutFrom, to: run.to },
    datasets: run.datasets,
    rows: document.prepared.rows,
    influenced: document.prepared.influenced,
    features: document.prepared.featureColumns,
    gates: gatesOf(spec.evaluation),
    champion: run.champion,
    metrics,
  };
}
