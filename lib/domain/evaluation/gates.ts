import { judgeBiasGate } from '../fairness/bias-gate.ts';
import type { FairnessReport } from '../fairness/fairness-report.ts';
import { short } from '../figures.ts';
import type { GateSpec, MetricGate, MetricName, ModelSpec } from '../spec.ts';
import type { Metrics } from './evaluate.ts';
import type { GateResult } from './gate-result.ts';

interface Contestants {
  readonly challenger: Metrics;
  readonly baseline: Metrics;
  /** Absent while no version is in service. */
  readonly champion?: Metrics;
}

export interface MeasuredSets extends Contestants {
  /** The same models on the golden set, if there is one. */
  readonly golden?: Contestants;
  /** How alike the challenger treats the declared groups of the holdout. */
  readonly fairness?: FairnessReport;
}

/** Metrics of which less is better. */
const LOWER_IS_BETTER: ReadonlySet<MetricName> = new Set(['logLoss', 'brier', 'rmse', 'mae']);

/**
 * Whether a challenger may take the next step: every gate must pass, and what cannot be measured does not. A margin is how much
 * better than the other it must be, in the metric's unit, whichever direction is better.
 *
 * @example judgeGates([{ metric: 'auc', atLeast: 0.7 }], { challenger: { auc: 0.72 }, baseline: {} }).passed // true
 */
export function judgeGates(
  gates: readonly GateSpec[],
  measured: MeasuredSets,
): { readonly passed: boolean; readonly results: readonly GateResult[] } {
  const results = gates.map((gate) =>
    'bias' in gate
      ? judgeBiasGate(gate, measured.fairness)
      : judgeGate(gate, gate.set === 'golden' ? (measured.golden ?? UNMEASURED) : measured),
  );
  return { passed: results.every((result) => result.verdict === 'pass'), results };
}

/** Who was not scored has no metrics. */
const UNMEASURED: Contestants = { challenger: {}, baseline: {}, champion: {} };

/**
 * The gates of a spec, with the one that a golden set brings along: unless a gate says otherwise, no challenger may be worse on
 * it than the champion.
 *
 * @example gatesOf({ metric: 'auc', gates: [], golden }).at(-1) // { metric: 'auc', set: 'golden', against: 'champion', margin: 0 }
 */
export function gatesOf({ metric, gates, golden }: ModelSpec['evaluation']): readonly GateSpec[] {
  if (golden === undefined || gates.some((gate) => 'metric' in gate && gate.set === 'golden')) return gates;
  return [...gates, { metric, set: 'golden', against: 'champion', margin: 0 }];
}

function judgeGate(gate: MetricGate, contestants: Contestants): GateResult {
  const { metric } = gate;
  const challenger = finite(contestants.challenger[metric]);
  const measured = challenger === undefined ? {} : { challenger };
  const result = (verdict: GateResult['verdict'], reason: string, required?: number): GateResult => ({
    gate,
    verdict,
    metric,
    ...measured,
    ...(required === undefined ? {} : { required }),
    reason,
  });
  const where = gate.set === 'golden' ? ' on the golden set' : '';
  if (challenger === undefined)
    return result('not-measurable', `${metric} of the challenger${where} cannot be measured`);
  if ('against' in gate && gate.against === 'champion' && contestants.champion === undefined)
    return result('pass', 'no champion yet');
  const required = requirement(gate, contestants);
  if (required === undefined)
    return result(
      'not-measurable',
      `${metric} of the ${'against' in gate ? gate.against : ''}${where} cannot be measured`,
    );
  const atMost = 'atMost' in gate || ('against' in gate && LOWER_IS_BETTER.has(metric));
  const passes = atMost ? challenger <= required : challenger >= required;
  const wanted = `${atMost ? 'at most' : 'at least'} ${short(required, 4)}${'against' in gate ? ` (${gate.against} with margin ${gate.margin})` : ''}`;
  return result(
    passes ? 'pass' : 'fail',
    `${metric}${where} is ${short(challenger, 4)}, wanted ${wanted}`,
    required,
  );
}

function requirement(gate: MetricGate, contestants: Contestants): number | undefined {
  if ('atLeast' in gate) return gate.atLeast;
  if ('atMost' in gate) return gate.atMost;
  const other = finite(contestants[gate.against]?.[gate.metric]);
  if (other === undefined) return undefined;
  return LOWER_IS_BETTER.has(gate.metric) ? other - gate.margin : other + gate.margin;
}

function finite(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}
