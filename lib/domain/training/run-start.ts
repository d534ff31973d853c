import type { NewEntry } from '../ledger.ts';
import type { LineageEdge } from '../lineage.ts';
import type { Head, RetrainCounters } from '../registry/head.ts';
import type { Run } from '../registry/run.ts';
import { leftOutSentence } from './lacking-columns.ts';
import { datasetInputs, datasetLinks } from './run-datasets.ts';

export interface StartRequest {
  readonly head: Head;
  readonly run: Run;
  /** `token/<id>` or `platform/guard-retrain`. */
  readonly actor: string;
  /** Wall clock, ISO 8601 UTC. */
  readonly at: string;
  /** When the lock ends by itself: later than the execution can run. */
  readonly leaseExpiresAt: string;
  /** Why, for the ledger. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

export type RunStart =
  | {
      readonly verdict: 'started';
      readonly run: Run;
      readonly entry: NewEntry;
      readonly links: readonly LineageEdge[];
      readonly head: Pick<Head, 'runLock' | 'retraining'>;
    }
  | { readonly verdict: 'refused'; readonly reason: string };

/**
 * What changes when a run starts: it takes the model's run lock, and its entry is what starts the execution. One run
 * at a time; an expired lock still counts, until the sweep has closed the run that held it.
 *
 * @example startRun({ head, run, … }).verdict // 'started'
 */
export function startRun(request: StartRequest): RunStart {
  const { head, run } = request;
  if (head.runLock !== undefined) return inProgress(head.runLock.holder);
  return started(request, run, 'run-started', countersAfter(head.retraining, run, request.at));
}

/**
 * The same run again from its recorded inputs, as one attempt more. Only a run that failed; results of its steps that
 * succeeded are found by their content.
 */
export function restartRun(request: StartRequest): RunStart {
  const { head, run } = request;
  if (run.outcome !== 'failed')
    return {
      verdict: 'refused',
      reason: `run ${run.id} must have failed to be started again, is ${stateOf(run)}`,
    };
  if (head.runLock !== undefined) return inProgress(head.runLock.holder);
  const { outcome: _outcome, error: _error, closedAt: _closedAt, version, ...inputs } = run;
  // Past evaluation the failure was the release's; the version is released again, not trained again.
  if (version !== undefined)
    return {
      verdict: 'refused',
      reason: `run ${run.id} has made version ${version}: release that version instead`,
    };
  const again: Run = { ...inputs, status: 'running', attempt: run.attempt + 1 };
  return started(request, again, 'run-restarted', head.retraining);
}

const inProgress = (holder: string): RunStart => ({
  verdict: 'refused',
  reason: `run ${holder} is in progress`,
});

const stateOf = (run: Run) => run.outcome ?? run.status;

function started(
  request: StartRequest,
  run: Run,
  action: 'run-started' | 'run-restarted',
  retraining: RetrainCounters,
): RunStart {
  const { model, id, datasets, leftOut, specHash, attempt, from, holdoutFrom, to, asOf, champion, trigger } =
    run;
  return {
    verdict: 'started',
    run,
    links: datasetLinks(run),
    head: { runLock: { holder: id, expiresAt: request.leaseExpiresAt }, retraining },
    entry: {
      at: request.at,
      actor: request.actor,
      action,
      subject: `run/${id}`,
      inputs: [...datasetInputs(run), { kind: 'spec', id: `${model}/${specHash}` }],
      outputs: [{ kind: 'run', id: `${model}/${id}` }],
      facts: {
        runId: id,
        attempt,
        trigger,
        from,
        holdoutFrom,
        to,
        asOf,
        champion,
        datasets: datasets.length,
        ...(leftOut && { leftOut: leftOutSentence(leftOut) }),
        ...request.facts,
      },
    },
  };
}

/** Budgets count what machines start. */
function countersAfter(counters: RetrainCounters, run: Run, at: string): RetrainCounters {
  if (run.trigger.kind === 'person') return counters;
  const { startedInDay, startedInMonth } = spent(counters, at);
  return {
    ...counters,
    lastStartedAt: at,
    day: at.slice(0, 10),
    startedInDay: startedInDay + 1,
    month: at.slice(0, 7),
    startedInMonth: startedInMonth + 1,
  };
}

/**
 * How many machine-started runs the UTC day and month of `at` have seen.
 *
 * @example spent({ day: '2026-11-23', startedInDay: 2, month: '2026-11', startedInMonth: 3 }, '2026-11-24T00:00:00.000Z')
 * // { startedInDay: 0, startedInMonth: 3 }
 */
export function spent(
  counters: RetrainCounters,
  at: string,
): Pick<RetrainCounters, 'startedInDay' | 'startedInMonth'> {
  return {
    startedInDay: counters.day === at.slice(0, 10) ? counters.startedInDay : 0,
    startedInMonth: counters.month === at.slice(0, 7) ? counters.startedInMonth : 0,
  };
}
