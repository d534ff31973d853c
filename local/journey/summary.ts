import { count } from './layout.ts';
import type { JourneyReport, ReportedVersion } from './report.ts';

/** The essentials, a line each: which versions came, what became of them and why, and whether it all can be trusted. */
export function summary(report: JourneyReport): readonly string[] {
  return [
    opening(report),
    ...report.versions.map((version) => versionLine(version, report.metric)),
    driftLine(report),
    guardLine(report),
    `${count(report.rejections.length, 'broken dataset')} rejected, ${count(report.alerts.length, 'alert')} sent; ` +
      `ledger: ${count(report.ledger.entries, 'entry', 'entries')}, ${report.ledger.verified ? 'chain verified' : 'CHAIN BROKEN'}`,
  ];
}

function opening({ model, versions, durations }: JourneyReport): string {
  const took = durations.total === undefined ? '' : ` in ${minutes(durations.total)}`;
  return `${model}: ${count(versions.length, 'version')}${took}, ${outcomes(versions)}`;
}

function outcomes(versions: readonly ReportedVersion[]): string {
  const groups = [...Map.groupBy(versions, (version) => version.outcome)];
  return groups.map(([outcome, same]) => `${same.length} ${outcome}`).join(', ');
}

function versionLine(version: ReportedVersion, metric: JourneyReport['metric']): string {
  const { number, outcome, failedGates } = version;
  return `version ${number} ${outcome}: ${failedGates.length > 0 ? failedGates.join('; ') : contest(version, metric)}`;
}

function contest(version: ReportedVersion, metric: JourneyReport['metric']): string {
  const number = (value: number | undefined) => value?.toFixed(4) ?? '–';
  const against = version.championMetrics
    ? `champion ${number(version.championMetrics[metric])}`
    : 'no champion yet';
  return `${metric} ${number(version.metrics[metric])} (${against}, baseline ${number(version.baselineMetrics[metric])})`;
}

function driftLine({ months }: JourneyReport): string {
  const drifted = months.filter(({ drift }) => drift.some((window) => window.verdict === 'drifted'));
  const most = Map.groupBy(drifted, ({ drift }) => drift[0]?.columns[0]?.column ?? '');
  const named = [...most].map(([column, same]) => `${column} in ${same.length}`);
  return `drift in ${drifted.length} of ${count(months.length, 'month')}${named.length > 0 ? `, mattering most ${named.join(', ')}` : ''}`;
}

function guardLine({ months }: JourneyReport): string {
  const answers = months.flatMap(({ signal }) => (signal ? [signal.answer] : []));
  const reasons = answers.flatMap((answer) => (answer.decision === 'suppress' ? [answer.because] : []));
  const why = reasons.length > 0 ? ` (${[...new Set(reasons)].join(', ')})` : '';
  return `the guard started ${count(answers.length - reasons.length, 'retraining')} and suppressed ${reasons.length}${why}`;
}

export function minutes(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
