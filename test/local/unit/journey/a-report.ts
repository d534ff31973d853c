import type { ColumnDrift } from '../../../../lib/domain/drift/column-drift.ts';
import type { DriftWindow, QualityWindow } from '../../../../lib/domain/registry/window.ts';
import type { MonthSeen } from '../../../../local/journey/monitor-month.ts';
import type { Decision, JourneyReport, ReportedVersion } from '../../../../local/journey/report.ts';

export function aReportedVersion(number: number, given: Partial<ReportedVersion> = {}): ReportedVersion {
  return {
    model: 'flight-delay',
    number,
    outcome: 'promoted',
    metrics: { auc: 0.75 },
    baselineMetrics: { auc: 0.7 },
    championMetrics: { auc: 0.6865 },
    holdoutRows: 18_842,
    reasons: ['auc is 0.75, wanted at least 0.6'],
    failedGates: [],
    ...given,
  };
}

export function aMonth(month: string, answer?: NonNullable<MonthSeen['signal']>['answer']): MonthSeen {
  const at = { model: 'flight-delay', version: 1, start: `${month}-01T00:00:00.000Z` };
  const temperature = {
    column: 'input.temp',
    statistic: 'wasserstein',
    effect: 2.3259,
    verdict: 'drifted',
  } as ColumnDrift;
  const drift: DriftWindow = {
    ...at,
    kind: 'drift',
    end: `${month}-28T00:00:00.000Z`,
    shareDrifted: 0.5,
    explanation: '19 of 38 columns drifted: input.temp moved 2.33 σ',
    profileKey: 'profiles/w.json',
    sourcesHash: 'abc',
    revision: 1,
    scoredAt: '2026-11-24T12:00:00.000Z',
    rows: 27_587,
    verdict: 'drifted',
    columns: [temperature],
    ...(answer && { signal: `drift-${month}` }),
  };
  const quality = { ...at, kind: 'quality', metrics: { auc: 0.62806 } } as QualityWindow;
  const answeredAt = '2026-11-24T12:00:00.000Z';
  return {
    month,
    drift: [drift],
    quality: [quality],
    ...(answer && {
      signal: { model: 'flight-delay', id: `drift-${month}`, kind: 'drift', answer, answeredAt },
    }),
  };
}

export function aDecision(action: string, subject: string, facts: Decision['facts'] = {}): Decision {
  return { seq: 7, at: '2026-11-24T15:08:59.402Z', actor: 'platform', action, subject, facts };
}

export function aReport(given: Partial<JourneyReport> = {}): JourneyReport {
  return {
    ok: true,
    durations: { total: 242 },
    model: 'flight-delay',
    metric: 'auc',
    versions: [aReportedVersion(1)],
    decisions: [],
    rejections: [{ fault: 'missing-column', reasons: ['a.parquet has no column distance'] }],
    months: [],
    lineage: { prediction: '1-2013040110-abc', graph: { nodes: [], edges: [], truncated: false } },
    alerts: [],
    ledger: { entries: 61, verified: true },
    ...given,
  };
}
