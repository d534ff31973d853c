import { type KeySet, type KeySets, mergeKeySets, repeatsIn } from '../constraints/key-sets.ts';
import { type RowRule, ruleFinding, ruleKey } from '../constraints/row-rule.ts';
import { rowRules } from '../constraints/row-rules.ts';
import { wholeFindings } from '../constraints/whole-rules.ts';
import { entryOf } from '../entry-of.ts';
import type { Finding } from '../findings.ts';
import type { Environment } from '../spec/constraints.ts';
import type { ModelSpec } from '../spec.ts';

/** As many example rows as one finding shows. */
export const MAX_EXAMPLES = 20;

/** What was found in one object, or in one slice of served predictions. */
export interface RuleReport {
  readonly rows: number;
  readonly findings: readonly Finding[];
  /** Newest event time, ISO 8601 UTC. */
  readonly to?: string;
  /** Keys of its `unique` constraints, to be compared with those of the others. */
  readonly keys?: KeySets;
}

export interface Settling {
  readonly environment?: Environment;
  /** When the data came in, or when the window ended, ISO 8601 UTC: what freshness is measured from. */
  readonly at?: string;
  /** One part of a larger whole that comes in parts: its own size and age say nothing. */
  readonly isPart?: boolean;
}

/**
 * The findings of a dataset, or of a window, out of those of its parts. Shares are of all rows: one month without wind gusts is no
 * fault of a year that allows some. A finding about a whole object (unreadable, a missing column) stays as it is. Keys must be
 * unique over all parts; of very many, those of a sample are compared.
 *
 * @returns errors first, in the order met; rejected iff one has severity `error`
 */
export function settleFindings(
  reports: readonly RuleReport[],
  spec: ModelSpec,
  { environment = 'training', at, isPart = false }: Settling = {},
): readonly Finding[] {
  const rows = reports.reduce((sum, report) => sum + report.rows, 0);
  const all = reports.flatMap((report) => report.findings);
  const rules = new Map(rowRules(spec, environment, at).map((rule) => [ruleKey(rule, rule.id), rule]));
  const known = (f: Finding) => f.rows !== undefined && rules.has(ruleKey(f, f.rule));
  const counted = Map.groupBy(all.filter(known), (f) => ruleKey(f, f.rule));
  const keys = reports.reduce<KeySets>((merged, report) => mergeKeySets(merged, report.keys ?? {}), {});
  const settled = all.filter((f) => !known(f));
  for (const [key, rule] of rules) {
    const set = rule.constraint === undefined ? undefined : entryOf(keys, rule.constraint);
    settled.push(...settledRule(rule, counted.get(key) ?? [], rows, set));
  }
  const to = reports
    .flatMap((report) => report.to ?? [])
    .sort()
    .at(-1);
  if (!isPart) settled.push(...wholeFindings(spec, environment, { rows, to, at }));
  return settled.sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
}

function settledRule(
  rule: RowRule,
  findings: readonly Finding[],
  total: number,
  keys: KeySet | undefined,
): readonly Finding[] {
  const within = findings.reduce((sum, finding) => sum + (finding.rows ?? 0), 0);
  const first = findings.find((finding) => finding.examples?.length);
  const rest = {
    ...(first?.object && { object: first.object }),
    ...(first?.examples && { examples: first.examples }),
  };
  const finding = ruleFinding(rule, Math.min(total, within + (keys ? repeatsIn(keys) : 0)), total, rest);
  const sampled = keys && keys.parts > 1 && keys.oneIn > 1 ? [sampledFinding(rule, keys)] : [];
  // Missing values within their limit are what the spec foresees, and a warning is no news before its limit.
  const foreseen = rule.check.kind === 'null' || rule.severity === 'warning';
  const isNews = finding && !(foreseen && finding.severity === 'warning' && !isBeyond(finding, rule));
  return isNews ? [finding, ...sampled] : sampled;
}

function isBeyond({ share = 0 }: Finding, { allowedShare }: RowRule): boolean {
  return share > allowedShare;
}

function sampledFinding({ constraint = '' }: RowRule, { oneIn }: KeySet): Finding {
  return {
    rule: 'unique-sampled',
    constraint,
    severity: 'warning',
    message: `constraint ${constraint} was checked of all keys within each object, over objects of one in ${oneIn} keys`,
  };
}
