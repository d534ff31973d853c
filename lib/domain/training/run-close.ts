import type { Action, Alert, LineageNode, NewEntry } from '../ledger.ts';
import type { Head } from '../registry/head.ts';
import type { Release } from '../registry/release.ts';
import type { Run, RunError } from '../registry/run.ts';

export interface Failure {
  readonly model: string;
  readonly attempt: number;
  readonly error: RunError;
  readonly actor: string;
  /** Wall clock, ISO 8601 UTC. */
  readonly at: string;
}

export interface RunClosing {
  readonly run: Run;
  readonly head: Partial<Pick<Head, 'runLock'>>;
  readonly entry: NewEntry;
}

/**
 * A training run that failed: closed with its error, its lock freed, a person told.
 *
 * @returns undefined when there is nothing to close: another attempt is on its way, or this one has ended already
 */
export function failRun(run: Run | undefined, head: Head, failure: Failure): RunClosing | undefined {
  if (run === undefined || run.status !== 'running' || run.attempt !== failure.attempt) return undefined;
  const closed = failedRun(run, failure);
  return {
    run: closed,
    // Undefined frees it; a lock that another run holds by now stays.
    head: head.runLock?.holder === run.id ? { runLock: undefined } : {},
    entry: failureEntry(failure, {
      action: 'run-closed',
      subject: `run/${run.id}`,
      inputs: [],
      facts: { runId: run.id, outcome: 'failed' },
      alert: {
        severity: 'critical',
        sentence: `Training run ${run.id} of ${run.model} failed: ${failure.error.cause}`,
        link: `runs/${run.id}`,
      },
    }),
  };
}

export function failedRun(run: Run, { at, error }: Failure): Run {
  return { ...run, status: 'closed', outcome: 'failed', closedAt: at, error };
}

export interface ReleaseClosing {
  readonly release: Release;
  /** The run whose version it was, when it waited for this release. */
  readonly run?: Run;
  readonly head: Partial<Pick<Head, 'releaseLock'>>;
  readonly entry: NewEntry;
}

/** A release that failed: its lock is freed and its run closed; the champion keeps the traffic. */
export function failRelease(
  release: Release | undefined,
  run: Run | undefined,
  head: Head,
  failure: Failure,
): ReleaseClosing | undefined {
  if (release === undefined || release.status !== 'running' || release.attempt !== failure.attempt)
    return undefined;
  const { model, id, version } = release;
  const serving =
    head.champion === undefined ? 'no version is in service' : `version ${head.champion} stays in service`;
  return {
    release: { ...release, status: 'failed', closedAt: failure.at, error: failure.error },
    ...(run?.status === 'releasing' && { run: failedRun(run, failure) }),
    head: head.releaseLock?.holder === id ? { releaseLock: undefined } : {},
    entry: failureEntry(failure, {
      action: 'release-failed',
      subject: `release/${id}`,
      inputs: [{ kind: 'version', id: `${model}/${version}` }],
      facts: { releaseId: id, version, champion: head.champion },
      alert: {
        severity: 'critical',
        sentence: `Release of version ${version} of ${model} failed and ${serving}: ${failure.error.cause}`,
        link: `releases/${id}`,
      },
    }),
  };
}

interface FailureWords {
  readonly action: Action;
  readonly subject: string;
  readonly inputs: readonly LineageNode[];
  readonly facts: Readonly<Record<string, unknown>>;
  readonly alert: Alert;
}

export function failureEntry({ at, actor, attempt, error }: Failure, words: FailureWords): NewEntry {
  return { at, actor, ...words, facts: { ...words.facts, attempt, error: error.name, cause: error.cause } };
}
