import { contentHash } from '../canonical-json.ts';
import { routeOf } from '../causes/cause.ts';
import { isSpoiled } from '../causes/spoiled.ts';
import type { NewEntry } from '../ledger.ts';
import type { Incident } from '../registry/incident.ts';
import type { DriftWindow } from '../registry/window.ts';

/** Enough of a hash that two windows of one model never share an id. */
const ID_LENGTH = 16;

/** How long before the end of the newest window drift is news: as long as late labels may still change what a window says. */
const NEWS_DAYS = 92;
const DAY_MS = 86_400_000;

/**
 * Until when windows are too old to be signalled for, seen from the newest one.
 *
 * @returns ISO 8601 UTC
 * @example newsSince({ end: '2013-04-03T00:00:00.000Z' }) // '2013-01-01T00:00:00.000Z'
 */
export function newsSince({ end }: Pick<DriftWindow, 'end'>): string {
  return new Date(Date.parse(end) - NEWS_DAYS * DAY_MS).toISOString();
}

/**
 * Whether a model's drift is to be signalled for a window: one of the champion whose questions drifted or whose causes are the
 * guard's. Questions may stay as they were while their answers change: labels show it, and a retraining helps. What drifted under
 * another version says nothing about the one that serves, and what a fault made of a window says nothing about the world, so
 * one that was not looked at for faults yet waits. The newest such window speaks for those before it.
 *
 * @param incidents all of the model
 */
export function isDrift(
  window: DriftWindow,
  champion: number | undefined,
  incidents: readonly Incident[],
): boolean {
  return (
    window.version === champion &&
    window.causes !== undefined &&
    (window.verdict === 'drifted' || routeOf(window.causes) === 'guard') &&
    !isSpoiled(incidents, window)
  );
}

/**
 * The id of a window's drift signal: the same window is the same signal, whatever revision it is scored at.
 *
 * @example signalId({ model: 'churn', version: 1, start }).startsWith('drift-') // true
 */
export function signalId({
  model,
  version,
  start,
}: Pick<DriftWindow, 'model' | 'version' | 'start'>): string {
  return `drift-${contentHash({ model, version, start }).slice(0, ID_LENGTH)}`;
}

/** The ledger entry that the guard answers. */
export function driftEntry(window: DriftWindow, signal: string, at: string): NewEntry {
  const { model, version, start, end, explanation, shareDrifted, causes = [] } = window;
  return {
    at,
    actor: 'platform/raise-signal',
    action: 'drift-found',
    subject: `signal/${signal}`,
    inputs: [{ kind: 'window', id: `${model}/${start}-v${version}` }],
    facts: {
      signal,
      version,
      start,
      end,
      shareDrifted,
      explanation,
      causes: causes.map(({ cause, evidence }) => ({ cause, evidence })),
    },
  };
}
