import type { GatedBias } from '../spec/bias-gate.ts';
import type { GateSpec, MetricName } from '../spec.ts';

/** What one gate said, with the numbers it said it by. */
export interface GateResult {
  readonly gate: GateSpec;
  readonly verdict: 'pass' | 'fail' | 'not-measurable';
  readonly metric: MetricName | GatedBias;
  readonly challenger?: number;
  /** The number it had to reach: the threshold, or the other's metric plus the margin. */
  readonly required?: number;
  readonly reason: string;
}
