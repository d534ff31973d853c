import type { Run } from '../registry/run.ts';

/**
 * Up to which event time labels count as learned from once a run has been evaluated: whoever started it, and whatever came of it.
 * A run of an earlier range takes nothing back, and none has learned from what lies beyond its knowledge time.
 *
 * @param before what counted until then
 * @returns ISO 8601 UTC
 * @example learnedUntil(undefined, { to: '2026-11-01T00:00:00.000Z', asOf: '2026-11-24T12:00:00.000Z' }) // '2026-10-31T23:59:59.999Z'
 */
export function learnedUntil(before: string | undefined, { to, asOf }: Pick<Run, 'to' | 'asOf'>): string {
  const reached = new Date(Math.min(Date.parse(to) - 1, Date.parse(asOf))).toISOString();
  return before !== undefined && before > reached ? before : reached;
}
