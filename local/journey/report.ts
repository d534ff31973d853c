import type { Entry, LineageGraph } from '../../bin/mooring/answers.ts';
import { allOf } from '../../bin/mooring/client.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import type { MetricName } from '../../lib/domain/spec.ts';
import type { AlertInbox, AlertRead } from './alerts.ts';
import type { Rejection } from './bring-data.ts';
import type { MonthSeen } from './monitor-month.ts';
import type { People } from './people.ts';
import { must } from './step-error.ts';

export interface ReportedVersion {
  readonly model: string;
  readonly number: number;
  readonly outcome: 'promoted' | 'rejected' | 'failed' | 'open';
  readonly metrics: ModelVersion['metrics'];
  readonly baselineMetrics: ModelVersion['baselineMetrics'];
  /** The champion's at the time, on the same rows. */
  readonly championMetrics?: ModelVersion['championMetrics'];
  readonly holdoutRows: number;
  /** What every gate said. */
  readonly reasons: readonly string[];
  /** What the gates said that it did not pass. */
  readonly failedGates: readonly string[];
}

export interface Decision {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What the journey did and found; also the JSON of `npm start -- --report FILE`. */
export interface JourneyReport {
  readonly ok: boolean;
  /** Seconds a step. */
  readonly durations: Readonly<Record<string, number>>;
  readonly model: string;
  readonly metric: MetricName;
  readonly versions: readonly ReportedVersion[];
  readonly decisions: readonly Decision[];
  readonly rejections: readonly Rejection[];
  readonly months: readonly MonthSeen[];
  readonly lineage: { readonly prediction: string; readonly graph: LineageGraph };
  readonly alerts: readonly AlertRead[];
  readonly ledger: { readonly entries: number; readonly verified: boolean };
}

export interface ReportInput {
  readonly model: string;
  readonly people: People;
  readonly inbox: AlertInbox;
  readonly durations: Readonly<Record<string, number>>;
  readonly rejections: readonly Rejection[];
  readonly months: readonly MonthSeen[];
  /** A served prediction to trace to its raw objects. */
  readonly prediction: string;
}

const LINEAGE_DEPTH = 8;

export async function makeReport({
  model,
  people,
  inbox,
  prediction,
  ...seen
}: ReportInput): Promise<JourneyReport> {
  const reader = people.scientist;
  const { spec } = await reader.model(model);
  const versions = await allOf((page) => reader.versions(model, page));
  const runs = new Map((await allOf((page) => reader.runs(model, page))).map((run) => [run.id, run]));
  const entries = await allOf((page) => reader.ledger(model, page));
  const verification = await reader.verifyLedger(model);
  must(
    verification.verified,
    `the ledger must verify, broken at ${'brokenAt' in verification ? verification.brokenAt : '?'}`,
  );
  const graph = await reader.lineage('prediction', `${model}/${prediction}`, {
    direction: 'in',
    depth: LINEAGE_DEPTH,
  });
  must(
    graph.nodes.some((n) => n.kind === 'object'),
    'lineage of a prediction must reach its raw objects',
  );
  return {
    ok: true,
    model,
    metric: spec.evaluation.metric,
    ...seen,
    versions: versions.map((v) => reported(v, runs.get(v.runId)?.outcome ?? 'open')),
    decisions: entries.map(decision),
    lineage: { prediction, graph },
    alerts: await inbox.read(),
    ledger: { entries: verification.entries, verified: verification.verified },
  };
}

function reported(version: ModelVersion, outcome: ReportedVersion['outcome']): ReportedVersion {
  const { model, number, metrics, baselineMetrics, championMetrics, holdoutRows, gates } = version;
  return {
    model,
    number,
    outcome,
    metrics,
    baselineMetrics,
    ...(championMetrics && { championMetrics }),
    holdoutRows,
    reasons: gates.map((g) => g.reason),
    failedGates: gates.filter((g) => g.verdict !== 'pass').map((g) => g.reason),
  };
}

function decision({ seq, at, actor, action, subject, facts }: Entry): Decision {
  return { seq, at, actor, action, subject, facts };
}
