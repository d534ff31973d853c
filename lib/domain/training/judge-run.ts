import type { GateResult } from '../evaluation/gate-result.ts';
import { gatesOf, judgeGates, type MeasuredSets } from '../evaluation/gates.ts';
import type { ModelSpec } from '../spec.ts';

/** The champion's are absent when the run had none. */
export type RunMetrics = MeasuredSets;

export interface RunVerdict {
  readonly outcome: 'rejected' | 'awaiting-approval' | 'approved';
  readonly gates: readonly GateResult[];
}

/**
 * What becomes of an evaluated run's version: rejected by a gate, left to people, or approved by policy.
 *
 * @param champions who the run was measured against, and who serves now: a champion that changed meanwhile was not measured,
 * and no challenger may replace it by another one's numbers
 * @example judgeRun(spec, metrics, { measured: 1, serving: 1 }).outcome // 'awaiting-approval'
 */
export function judgeRun(
  spec: ModelSpec,
  metrics: RunMetrics,
  champions: { readonly measured?: number | undefined; readonly serving?: number | undefined },
): RunVerdict {
  const { measured, serving } = champions;
  const judged = judgeGates(gatesOf(spec.evaluation), metrics);
  const changed = measured !== serving;
  const reason = `the run was measured against ${named(measured)}, and ${named(serving)} serves now`;
  const gates = judged.results.map((result) =>
    changed && isAgainstChampion(result) ? unmeasured(result, reason) : result,
  );
  if (gates.some(({ verdict }) => verdict !== 'pass')) return { outcome: 'rejected', gates };
  return { outcome: spec.approval.policy === 'automatic' ? 'approved' : 'awaiting-approval', gates };
}

function isAgainstChampion({ gate }: GateResult): boolean {
  return 'against' in gate && gate.against === 'champion';
}

function unmeasured({ gate, metric }: GateResult, reason: string): GateResult {
  return { gate, metric, verdict: 'not-measurable', reason };
}

function named(version: number | undefined): string {
  return version === undefined ? 'no champion' : `version ${version}`;
}
