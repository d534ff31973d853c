/** What stands behind a window, in the words of an operator. */
export type Cause = FaultCause | 'covariate-shift' | 'concept-shift' | 'too-few-rows' | 'none';

/** Something upstream broke: the data does not say what it said when the model learned. */
export type FaultCause = (typeof FAULT_CAUSES)[number];

export const FAULT_CAUSES = [
  'schema-changed',
  'type-changed',
  'null-surge',
  'unit-changed',
  'vocabulary-renamed',
  'volume-duplicated',
  'volume-missing',
] as const;

/** Who deals with it: people by an incident, the guard of retraining, nobody yet, nobody. */
export type CauseRoute = 'incident' | 'guard' | 'wait' | 'none';

/** One thing that is behind a window, with what speaks for it. */
export interface FoundCause {
  readonly cause: Cause;
  /** `input.x`, sorted; empty for what concerns all rows. */
  readonly columns: readonly string[];
  /** A sentence with the numbers. */
  readonly evidence: string;
  /** The first part of the window (a day, an hour) that shows it, and the object that holds it. */
  readonly firstBad?: BadPart;
}

export interface BadPart {
  /** ISO 8601 UTC, half open. */
  readonly start: string;
  readonly end: string;
  /** Key of the compacted log object, or of a refused call, in the data bucket; absent when there is none: no traffic. */
  readonly object?: string;
}

const FAULTS = new Set<Cause>(FAULT_CAUSES);

export function isFault(found: FoundCause): found is FoundCause & { readonly cause: FaultCause } {
  return FAULTS.has(found.cause);
}

/**
 * What is to be done about a window. A fault comes before a shift: what broken data seems to say is no reason to learn from it;
 * and too few rows come before a shift, because they say nothing yet.
 *
 * @example routeOf([{ cause: 'covariate-shift', columns: [], evidence }]) // 'guard'
 */
export function routeOf(causes: readonly FoundCause[]): CauseRoute {
  if (causes.some(isFault)) return 'incident';
  const names = new Set(causes.map(({ cause }) => cause));
  if (names.has('too-few-rows')) return 'wait';
  return names.has('covariate-shift') || names.has('concept-shift') ? 'guard' : 'none';
}
