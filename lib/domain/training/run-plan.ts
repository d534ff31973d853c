import { contentHash } from '../canonical-json.ts';
import type { DatasetVersion } from '../registry/dataset.ts';
import type { LeftOut, Run, Trigger } from '../registry/run.ts';
import type { ModelSpec } from '../spec.ts';
import { datasetsKnownAt, type Knowledge, type SpoiledWindow } from './known-datasets.ts';
import { lackingColumns, leftOutOf, leftOutSentence } from './lacking-columns.ts';
import { MOST_DATASETS } from './run-datasets.ts';

export interface RunRequest {
  readonly model: string;
  readonly spec: ModelSpec;
  readonly specHash: string;
  /** Every dataset version of the model, in any order; only accepted ones count. */
  readonly datasets: readonly DatasetVersion[];
  readonly trigger: Trigger;
  /** What makes it this run and no other: the signal, or the caller's idempotency key. */
  readonly request: string;
  /** End of the event-time range, exclusive, ISO 8601 UTC; by default just after the newest labelled row, at most `asOf`. */
  readonly to?: string;
  /** Knowledge time, wall clock, ISO 8601 UTC; by default `at`. What was accepted later is not read. */
  readonly asOf?: string;
  /** Windows that data faults spoiled: their exports are not read. */
  readonly spoiled?: readonly SpoiledWindow[];
  readonly champion?: number;
  /** Wall clock, ISO 8601 UTC. */
  readonly at: string;
}

export type RunPlan =
  | { readonly planned: true; readonly run: Run }
  | { readonly planned: false; readonly reason: string };

const DAY_MS = 86_400_000;
/** Later than any time of acceptance. */
const END_OF_TIME = '9999-12-31T23:59:59.999Z';

/** The run's id names SageMaker jobs of at most 63 characters: 30 of the model, these, and role, attempt and retry. */
const ID_HASH_LENGTH = 12;

/**
 * Which data a run reads: every dataset version accepted by `asOf`, labelled predictions included, that has rows in
 * `[to - training.days, to)`, of which the newest `holdoutDays` are held out. What was accepted later, spoiled windows and the
 * golden set are left out, and so is what was accepted under an older spec and lacks a column that may not be null: the run says so.
 *
 * @returns the run, not yet started; or the reason why there is nothing to learn from
 * @example planRun({ …, datasets: [] }) // { planned: false, reason: 'model churn has no accepted dataset …' }
 */
export function planRun(request: RunRequest): RunPlan {
  const { model, spec, at, asOf = at, spoiled } = request;
  const { golden } = spec.evaluation;
  const cases = request.datasets.filter((d) => d.id === golden && d.status === 'accepted');
  if (golden !== undefined && cases.length === 0)
    return refused(`model ${model} has no accepted dataset ${golden}, which evaluation.golden names`);
  const unfit = leftOutOf(cases, spec);
  if (unfit.length > 0) return refused('evaluation.golden names a dataset that cannot judge', unfit);
  const accepted = datasetsKnownAt(request.datasets, { asOf, golden, ...(spoiled && { spoiled }) }).filter(
    isReadable,
  );
  const whole = accepted.filter((d) => lackingColumns(d, spec).length === 0);
  const newest = whole.map((d) => Date.parse(d.to)).sort((a, b) => b - a)[0];
  if (newest === undefined)
    return refused(`model ${model} has no accepted dataset with event times yet`, leftOutOf(accepted, spec));
  const toMs = request.to === undefined ? Math.min(newest + 1, Date.parse(asOf)) : Date.parse(request.to);
  const fromMs = toMs - spec.training.days * DAY_MS;
  const holdoutMs = toMs - spec.training.holdoutDays * DAY_MS;
  const isIn = (d: Readable) => Date.parse(d.from) < toMs && Date.parse(d.to) >= fromMs;
  const read = whole.filter(isIn);
  const leftOut = leftOutOf(accepted.filter(isIn), spec);
  const range = { from: iso(fromMs), holdoutFrom: iso(holdoutMs), to: iso(toMs) };
  if (!read.some((d) => Date.parse(d.from) < holdoutMs))
    return refused(
      `model ${model} has no accepted dataset with rows from ${range.from} to ${range.holdoutFrom}`,
      leftOut,
    );
  if (!read.some((d) => Date.parse(d.to) >= holdoutMs))
    return refused(
      `model ${model} has no accepted dataset with rows to hold out after ${range.holdoutFrom}`,
      leftOut,
    );
  if (read.length > MOST_DATASETS)
    return refused(
      `model ${model} has ${read.length} accepted datasets with rows from ${range.from} on, of which a run may read ${MOST_DATASETS}: set training.days lower, or monitoring.window longer`,
    );
  const datasets = read.map((d) => d.id).sort();
  return { planned: true, run: newRun(request, range, { datasets, leftOut }) };
}

/**
 * The id of the run that a request asks for: the same request is the same run, whatever data and specs have come since.
 *
 * @example runId('churn', 'signal/w1') // 'churn-' and 12 hex digits
 */
export function runId(model: string, request: string): string {
  return `${model}-${contentHash({ model, request }).slice(0, ID_HASH_LENGTH)}`;
}

function newRun(
  request: RunRequest,
  range: Pick<Run, 'from' | 'holdoutFrom' | 'to'>,
  { datasets, leftOut }: { readonly datasets: readonly string[]; readonly leftOut: readonly LeftOut[] },
): Run {
  const { model, specHash, trigger, champion, at } = request;
  return {
    model,
    id: runId(model, request.request),
    status: 'running',
    attempt: 1,
    trigger,
    specHash,
    ...range,
    asOf: request.asOf ?? at,
    datasets,
    ...(leftOut.length > 0 && { leftOut }),
    ...(champion !== undefined && { champion }),
    startedAt: at,
  };
}

type Readable = DatasetVersion & { readonly from: string; readonly to: string };

const isReadable = (d: DatasetVersion): d is Readable => d.from !== undefined && d.to !== undefined;

function refused(reason: string, leftOut: readonly LeftOut[] = []): RunPlan {
  const why = leftOut.length === 0 ? '' : `; ${leftOutSentence(leftOut)}`;
  return { planned: false, reason: reason + why };
}

const iso = (ms: number) => new Date(ms).toISOString();

/**
 * How many labelled rows are newer than `labelledUntil`. An estimate from the datasets' own counts and ranges, because
 * the guard must not read data: rows are taken to be spread evenly between a dataset's oldest and newest event time,
 * and a row that is in two datasets counts twice. For datasets that begin after `labelledUntil`, as labelled
 * predictions do, it is exact. Of a window that was exported again only the newest export counts.
 *
 * @param labelledUntil ISO 8601 UTC; undefined counts every row
 * @returns a whole number of rows, rounded down
 * @example newLabels([{ …, rows: 100, from: '…01T00:00Z', to: '…03T00:00Z' }], '…02T00:00Z') // 50
 */
export function newLabels(
  datasets: readonly DatasetVersion[],
  labelledUntil: string | undefined,
  leftOut: Omit<Knowledge, 'asOf'> = {},
): number {
  const untilMs = labelledUntil === undefined ? Number.NEGATIVE_INFINITY : Date.parse(labelledUntil);
  const rows = datasetsKnownAt(datasets, { asOf: END_OF_TIME, ...leftOut })
    .filter(isReadable)
    .map((d) => d.rows * shareAfter(Date.parse(d.from), Date.parse(d.to), untilMs));
  return Math.floor(rows.reduce((sum, n) => sum + n, 0));
}

function shareAfter(fromMs: number, toMs: number, untilMs: number): number {
  if (fromMs > untilMs) return 1;
  if (toMs <= untilMs) return 0;
  return (toMs - untilMs) / (toMs - fromMs);
}
