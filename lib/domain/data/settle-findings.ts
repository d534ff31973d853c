import type { Finding } from '../findings.ts';
import type { ModelSpec } from '../spec.ts';
import { columnRules, ruleFinding } from './column-rules.ts';

/** As many example rows as one finding shows. */
export const MAX_EXAMPLES = 20;

interface Report {
  readonly rows: number;
  readonly findings: readonly Finding[];
}

/**
 * The findings of a dataset out of those of its objects. Shares are of all rows: one month without wind gusts is no fault of a
 * year that allows some. A finding about a whole object (unreadable, a missing column) stays as it is.
 *
 * @returns errors first, in the order met; rejected iff one has severity `error`
 */
export function settleFindings(reports: readonly Report[], spec: ModelSpec): readonly Finding[] {
  const total = reports.reduce((sum, report) => sum + report.rows, 0);
  const all = reports.flatMap((report) => report.findings);
  const rules = new Map(
    spec.schema.columns.flatMap(columnRules).map((rule) => [`${rule.id} ${rule.column}`, rule]),
  );
  const counted = new Map<string, Finding[]>();
  const settled: Finding[] = [];
  for (const finding of all) {
    const key = `${finding.rule} ${finding.column}`;
    if (finding.rows === undefined || !rules.has(key)) settled.push(finding);
    else counted.set(key, [...(counted.get(key) ?? []), finding]);
  }
  for (const [key, findings] of counted) {
    const rule = rules.get(key);
    const rows = findings.reduce((sum, finding) => sum + (finding.rows ?? 0), 0);
    const first = findings.find((finding) => finding.examples?.length);
    const rest = {
      ...(first?.object && { object: first.object }),
      ...(first?.examples && { examples: first.examples }),
    };
    const finding = rule && ruleFinding(rule, rows, total, rest);
    // Missing values within their limit are what the spec foresees, no news.
    if (finding && !(rule?.kind === 'null' && finding.severity === 'warning')) settled.push(finding);
  }
  return settled.sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
}
