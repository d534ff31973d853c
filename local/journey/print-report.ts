import type { JourneyReport } from './report.ts';

/** The report as a person reads it on a terminal. */
export function printReport(report: JourneyReport): string {
  return [
    heading('Versions'),
    ...report.versions.map((v) => versionLine(v, report.metric)),
    heading('Timeline'),
    ...report.decisions.map((d) =>
      `  ${String(d.seq).padStart(3)}  ${d.at.slice(11, 19)}  ${d.action.padEnd(22)} ${shorten(d.subject)}  ${because(d.facts)}`.trimEnd(),
    ),
    heading(`Where prediction ${report.lineage.prediction} comes from`),
    ...lineageLines(report),
    heading(`Alerts (${report.alerts.length})`),
    ...report.alerts.map((a) => `  ${a.severity.padEnd(8)} ${a.sentence}`),
    heading('Ledger'),
    `  ${report.ledger.entries} entries, ${report.ledger.verified ? 'chain verified' : 'chain broken'}`,
    '',
  ].join('\n');
}

function heading(text: string): string {
  return `\n${text}`;
}

function versionLine(version: JourneyReport['versions'][number], metric: JourneyReport['metric']): string {
  const own = version.metrics[metric]?.toFixed(3) ?? '-';
  const champion = version.championMetrics?.[metric]?.toFixed(3);
  const against = champion === undefined ? 'no champion yet' : `champion ${champion}`;
  return `  ${String(version.number).padStart(3)}  ${version.outcome.padEnd(9)} ${metric} ${own} (${against})  ${version.reasons.join('; ')}`;
}

/** The words and numbers that made the decision, where its facts have them. */
function because(facts: Readonly<Record<string, unknown>>): string {
  const shown = ['verdict', 'because', 'outcome', 'decision', 'reason', 'explanation', 'rows'].filter(
    (key) => facts[key] !== undefined,
  );
  return shown
    .map((key) => `${key}: ${String(facts[key])}`)
    .join(', ')
    .slice(0, 100);
}

function shorten(subject: string): string {
  return subject.replace(/([0-9a-f]{12})[0-9a-f]{20,}/g, '$1');
}

function lineageLines({ lineage: { graph } }: JourneyReport): readonly string[] {
  const kinds = Map.groupBy(graph.nodes, (node) => node.kind);
  return [...kinds].map(([kind, nodes]) => {
    const some = nodes
      .slice(0, 4)
      .map((n) => shorten(n.id))
      .join(', ');
    return `  ${kind.padEnd(10)} ${some}${nodes.length > 4 ? ` and ${nodes.length - 4} more` : ''}`;
  });
}
