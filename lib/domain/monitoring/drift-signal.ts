import { contentHash } from '../canonical-json.ts';
import { routeOf } from '../causes/cause.ts';
import { isSpoiled } from '../causes/spoiled.ts';
import type { NewEntry } from '../ledger.ts';
import type { Incident } from '../registry/incident.ts';
import type { DriftWindow } from '../registry/window.ts';

/** Enough of a hash that two windows of one model never share an id. */
const ID_LENGTH = 16;

/**
 * The window that a model's drift is to be signalled for: the newest one of the champion whose questions drifted or whose causes
 * are the guard's, unless it was signalled before. Questions may stay as they were while their answers change: labels show it, and
 * a retraining helps. What drifted under another version says nothing about the one that serves, and what a fault made of a
 * window says nothing about the world.
 *
 * @param windows drift windows, any order
 * @param incidents all of the model
 * @returns undefined when there is nothing new to say
 */
export function windowToSignal(
  windows: readonly DriftWindow[],
  champion: number | undefined,
  incidents: readonly Incident[],
): DriftWindow | undefined {
  const drifted = windows.filter(
    (w) =>
      w.version === champion &&
      (w.verdict === 'drifted' || routeOf(w.causes ?? []) === 'guard') &&
      !isSpoiled(incidents, w),
  );
  const newest = drifted.sort((a, b) => (a.start < b.start ? 1 : -1))[0];
  return newest?.signal === undefined ? newest : undefined;
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
