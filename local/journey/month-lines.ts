import type { Signal } from '../../lib/domain/registry/signal.ts';
import type { DriftWindow, QualityWindow } from '../../lib/domain/registry/window.ts';

/** What one month's monitoring found, each as a line for people. */
export function driftLine({ version, rows, verdict, explanation }: DriftWindow): string {
  return `version ${version}, ${rows.toLocaleString('en')} rows: ${verdict}, ${explanation}`;
}

export function qualityLine({ version, metrics, labelCoverage }: QualityWindow): string {
  const auc = metrics.auc?.toFixed(3) ?? 'not measurable';
  return `version ${version}: auc ${auc} with ${(labelCoverage * 100).toFixed(0)} % of labels in`;
}

export function guardLine({ answer }: Signal): string {
  return answer.decision === 'start'
    ? `the guard starts a retraining: run ${answer.runId}`
    : `the guard starts nothing: ${answer.because} (${answer.detail})`;
}

/** Why a month raised no signal. */
export function silenceLine(drift: readonly DriftWindow[]): string {
  return drift.some((window) => window.verdict === 'drifted')
    ? 'no signal: what drifted is no longer in service'
    : 'no signal: nothing drifted';
}
