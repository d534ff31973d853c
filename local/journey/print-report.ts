import { beside, columns, firstClause } from './layout.ts';
import type { MonthSeen } from './monitor-month.ts';
import { DEFAULT_COLUMNS } from './progress.ts';
import type { JourneyReport, ReportedVersion } from './report.ts';
import { summary } from './summary.ts';
import { shortId, timelineLines } from './timeline.ts';

/** How many of a kind are named in the lineage before the rest is counted. */
const NAMED_NODES = 4;

/** The report as a person reads it on a terminal: the essentials first, then what they rest on. */
export function printReport(report: JourneyReport, width = DEFAULT_COLUMNS): string {
  const [opening = '', ...essentials] = summary(report);
  const sections: readonly (readonly [string, readonly string[]])[] = [
    [opening, essentials.flatMap((line) => beside('  ', line, width))],
    ['Versions', indented(versionTable(report))],
    ['Months', indented(monthTable(report))],
    ['Timeline', report.decisions.flatMap((d) => timelineLines(d, report.metric, width))],
    [`Where prediction ${report.lineage.prediction} comes from`, lineageLines(report, width)],
    [`Alerts (${report.alerts.length})`, alertLines(report, width)],
  ];
  return `${sections.map(([title, lines]) => ['', title, ...lines].join('\n')).join('\n')}\n`;
}

const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`);

function versionTable({ versions, metric }: JourneyReport): readonly string[] {
  const of = (metrics: ReportedVersion['metrics'] | undefined) => metrics?.[metric]?.toFixed(4) ?? '–';
  return columns(
    ['version', 'outcome', 'held-out rows', metric, 'champion', 'baseline'],
    versions.map((v) => [
      String(v.number),
      v.outcome,
      v.holdoutRows.toLocaleString('en'),
      of(v.metrics),
      of(v.championMetrics),
      of(v.baselineMetrics),
    ]),
  );
}

function monthTable({ months, metric }: JourneyReport): readonly string[] {
  return columns(
    ['month', 'version', 'rows', 'verdict', metric, 'matters most', 'the guard'],
    months.flatMap((month) =>
      month.drift.map((window) => {
        const quality = month.quality.find((q) => q.version === window.version);
        return [
          month.month,
          String(window.version),
          window.rows.toLocaleString('en'),
          window.verdict,
          quality?.metrics[metric]?.toFixed(4) ?? '–',
          largest(window.columns[0]),
          window.signal === month.signal?.id ? guardCell(month) : '–',
        ];
      }),
    ),
  );
}

function largest(column: MonthSeen['drift'][number]['columns'][number] | undefined): string {
  if (column?.effect === undefined) return '–';
  const unit = column.statistic === 'wasserstein' ? ' σ' : '';
  return `${column.column} ${column.effect.toFixed(2)}${unit}`;
}

function guardCell({ signal }: MonthSeen): string {
  if (signal === undefined) return 'not asked';
  return signal.answer.decision === 'start' ? 'starts a run' : signal.answer.because;
}

function lineageLines({ lineage: { graph } }: JourneyReport, width: number): readonly string[] {
  return [...Map.groupBy(graph.nodes, (node) => node.kind)].flatMap(([kind, nodes]) => {
    const named = nodes.slice(0, NAMED_NODES).map((node) => shortId(node.id));
    const more = nodes.length > NAMED_NODES ? ` and ${nodes.length - NAMED_NODES} more` : '';
    return beside(`  ${kind.padEnd(10)}  `, named.join(', ') + more, width);
  });
}

/** A drift alert ends in its columns, which the months above name already. */
function alertLines({ alerts }: JourneyReport, width: number): readonly string[] {
  return alerts.flatMap(({ severity, sentence }) => {
    const drift = / has drifted in the window .*?(?=: )/.exec(sentence);
    const text = drift
      ? `${sentence.slice(0, drift.index + drift[0].length)}: ${firstClause(sentence.slice(drift.index + drift[0].length + 2))}.`
      : sentence;
    return beside(`  ${severity.padEnd(8)}  `, text, width);
  });
}
