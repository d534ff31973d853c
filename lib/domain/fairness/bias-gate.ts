import type { GateResult } from '../evaluation/gate-result.ts';
import type { BiasGate } from '../spec/bias-gate.ts';
import type { FairnessReport } from './fairness-report.ts';

/**
 * Whether a challenger treats the groups of a column within the bounds of a gate: the worst compared group decides. What has too
 * few rows is not measurable and does not pass.
 *
 * @example judgeBiasGate({ bias: 'DI', column: 'sex', atLeast: 0.8 }, report).reason // 'DI of sex f is 0.627, wanted at least 0.8'
 */
export function judgeBiasGate(gate: BiasGate, report: FairnessReport | undefined): GateResult {
  const { bias: metric, column, atLeast, atMost } = gate;
  const compared = (report?.comparisons ?? []).filter((comparison) => comparison.column === column);
  const found = compared.map(({ group, findings }) => {
    const finding = findings.find(({ measure }) => measure === metric);
    const enough = finding !== undefined && finding.verdict !== 'too-few-to-judge';
    return { group, value: enough ? (finding.value ?? Number.POSITIVE_INFINITY) : undefined };
  });
  const unmeasured = found.find(({ value }) => value === undefined);
  if (found.length === 0 || unmeasured !== undefined) {
    const what = `${metric} of ${column} ${unmeasured?.group ?? ''}`.trim();
    return { gate, metric, verdict: 'not-measurable', reason: `${what} has too few rows to be judged` };
  }
  // A measure may be infinite, so a bound that is not asked for must not be.
  const beyond = (value = 0) =>
    Math.max(
      atLeast === undefined ? Number.NEGATIVE_INFINITY : atLeast - value,
      atMost === undefined ? Number.NEGATIVE_INFINITY : value - atMost,
    );
  const worst = found.reduce((a, b) => (beyond(b.value) > beyond(a.value) ? b : a));
  const value = worst.value as number;
  const bounds = [
    atLeast !== undefined && `at least ${atLeast}`,
    atMost !== undefined && `at most ${atMost}`,
  ];
  return {
    gate,
    metric,
    verdict: beyond(value) > 0 ? 'fail' : 'pass',
    ...(Number.isFinite(value) && { challenger: value }),
    reason: `${metric} of ${column} ${worst.group} is ${Number.isFinite(value) ? Number(value.toPrecision(4)) : 'infinite'}, wanted ${bounds.filter(Boolean).join(' and ')}`,
  };
}
