import { biasSentences } from '../fairness/bias-sentences.ts';
import type { Alert, LineageNode, NewEntry } from '../ledger.ts';
import type { Run } from '../registry/run.ts';
import type { ModelVersion } from '../registry/version.ts';
import type { MetricName } from '../spec.ts';
import type { RunVerdict } from './judge-run.ts';
import type { PreparedSet } from './prepared-set.ts';
import { datasetInputs } from './run-datasets.ts';

export interface EvaluatedRun {
  readonly run: Run;
  readonly version: ModelVersion;
  readonly outcome: RunVerdict['outcome'];
  /** The metric that people quote. */
  readonly metric: MetricName;
  /** The platform's own release. */
  readonly platform: string;
  readonly reportKey: string;
  /** Rows whose outcome the model influenced, as far as its data had any. */
  readonly influenced?: PreparedSet['influenced'];
  readonly at: string;
}

/**
 * The ledger entry of an evaluated run: the registered version, what it was made of, and every gate with its numbers.
 *
 * @example evaluatedEntry({ run, version, outcome: 'rejected', … }).alert?.severity // 'warning'
 */
export function evaluatedEntry(evaluated: EvaluatedRun): NewEntry {
  const { run, version, outcome, at } = evaluated;
  const alert = alertOf(evaluated);
  return {
    at,
    actor: 'platform/evaluate-run',
    action: 'run-evaluated',
    subject: `run/${run.id}`,
    inputs: madeOf(evaluated),
    outputs: [{ kind: 'version', id: `${run.model}/${version.number}` }],
    facts: {
      runId: run.id,
      version: version.number,
      outcome,
      metrics: version.metrics,
      baselineMetrics: version.baselineMetrics,
      championMetrics: version.championMetrics,
      champion: run.champion,
      holdoutRows: version.holdoutRows,
      gates: version.gates,
      golden: version.golden,
      influenced: evaluated.influenced,
      report: evaluated.reportKey,
    },
    ...(alert && { alert }),
  };
}

function madeOf({ run, version, platform }: EvaluatedRun): readonly LineageNode[] {
  const { model } = run;
  return [
    ...datasetInputs(run),
    ...goldenOf(version),
    { kind: 'run', id: `${model}/${run.id}` },
    { kind: 'spec', id: `${model}/${version.specHash}` },
    { kind: 'features', id: `${model}/${version.featuresHash}` },
    { kind: 'code', id: version.codeHash },
    { kind: 'image', id: version.image },
    { kind: 'platform', id: platform },
  ];
}

function goldenOf({ model, golden }: ModelVersion): readonly LineageNode[] {
  return golden === undefined ? [] : [{ kind: 'dataset', id: `${model}/${golden.dataset}` }];
}

function alertOf({ run, version, outcome, metric }: EvaluatedRun): Alert | undefined {
  const { model } = run;
  const name = `Version ${version.number} of ${model}`;
  const link = `versions/${version.number}`;
  if (outcome === 'rejected') {
    const failed = version.gates.find((gate) => gate.verdict !== 'pass');
    const sentence = `${name} was rejected: ${failed?.reason ?? 'no gate passed'}. The version in service stays.`;
    return { severity: 'warning', sentence, link };
  }
  const bias = biasOf(version);
  if (outcome === 'approved')
    return bias ? { severity: 'warning', sentence: `${name} was approved. ${bias}`, link } : undefined;
  const value = version.metrics[metric];
  const quoted =
    value === undefined ? '' : ` (${metric} ${value.toFixed(3)} on ${version.holdoutRows} held-out rows)`;
  const waits = `${name}${quoted} passed its gates and waits for approval.`;
  const sentence = bias ? `${waits} ${bias}` : waits;
  return { severity: bias ? 'warning' : 'info', sentence, link: `approvals/${model}-v${version.number}` };
}

/** Findings that one sentence holds; the version has all of them. */
const TOLD = 3;

function biasOf({ fairness }: ModelVersion): string | undefined {
  const found = biasSentences(fairness);
  if (found.length === 0) return undefined;
  const more = found.length > TOLD ? ` and ${found.length - TOLD} more` : '';
  return `Bias on its holdout: ${found
    .slice(0, TOLD)
    .map(({ sentence }) => sentence)
    .join('; ')}${more}.`;
}
