import type { KeySets } from '../../domain/constraints/key-sets.ts';
import { type RowRule, ruleFinding } from '../../domain/constraints/row-rule.ts';
import type { Finding } from '../../domain/findings.ts';
import type { ColumnSpec } from '../../domain/spec.ts';
import type { Engine } from '../engine.ts';
import type { TypedRows } from '../read/typed-rows.ts';
import { compileCondition, type RowCondition } from '../spec-sql/check-constraints.ts';
import { countRepeats } from './count-repeats.ts';
import type { Whole } from './count-rows.ts';
import { countSafely, type Failures } from './count-safely.ts';
import { countValues, isOfValues } from './count-values.ts';
import { type Broken, findExamples } from './find-examples.ts';
import { ruleCheck } from './rule-condition.ts';

export interface CheckRules {
  readonly rows: TypedRows;
  readonly rules: readonly RowRule[];
  /** Those that `sql` constraints may name. */
  readonly columns: readonly ColumnSpec[];
  readonly timeColumn?: string | undefined;
  /** Rows that are not among `rows` because they could not be read at all. */
  readonly unreadRows?: number;
}

export interface RulesChecked extends Whole {
  /** In the order of the rules; examples are numbered as `rows` are. */
  readonly findings: readonly Finding[];
  readonly keys: KeySets;
}

/**
 * What rows break of their rules. Rules of single rows are counted in one scan, but for strings of few values in a columnar file, which are
 * counted by value; a `unique` constraint groups by its key.
 */
export async function checkRules(input: CheckRules, engine: Engine): Promise<RulesChecked> {
  const { rows, rules, timeColumn, unreadRows = 0 } = input;
  const conditions = await conditionsOf(input, engine);
  const checks = rules.flatMap((rule) => ruleCheck(rule, rows, conditions) ?? []);
  const byValue = checks.filter((check) => isOfValues(check, rows));
  const byRow = checks.filter((check) => !isOfValues(check, rows));
  const { counted, failures, ...whole } = await countSafely(byRow, rows, timeColumn, engine);
  const all = [...counted, ...(await countValues(byValue, rows, engine))];
  const broken = await findExamples([...byRow, ...byValue], all, rows, engine);
  const found = new Map<RowRule, Broken>(
    [...byRow, ...byValue].map(({ rule }, i) => [rule, broken[i] as Broken]),
  );
  const keys: Record<string, KeySets[string]> = {};
  for (const rule of rules) {
    if (rule.check.kind !== 'repeated') continue;
    const { keys: set, ...repeats } = await countRepeats(rule.check.columns, rows, engine);
    found.set(rule, repeats);
    keys[rule.constraint ?? ''] = set;
  }
  const total = whole.rows + unreadRows;
  const findings = rules.flatMap((rule) => {
    const { rows: count = 0, examples = [] } = found.get(rule) ?? {};
    return ruleFinding(rule, count, total, { examples }) ?? [];
  });
  return { ...whole, findings: [...findings, ...failedFindings(failures)], keys };
}

/** What a condition cannot say of a row is as bad as a row that breaks it, and nobody knows of how many. */
function failedFindings(failures: Failures): readonly Finding[] {
  return [...failures].map(([{ rule }, why]) => ({
    rule: 'row-constraint-failed',
    ...(rule.constraint !== undefined && { constraint: rule.constraint }),
    severity: rule.severity,
    message: `constraint ${rule.constraint} fails on a row: ${why}`,
  }));
}

/** They were checked when the spec was applied; the check is done again, since what runs here runs beside files. */
async function conditionsOf(
  { rules, columns }: CheckRules,
  engine: Engine,
): Promise<ReadonlyMap<string, RowCondition>> {
  const texts = rules.flatMap(({ check }) => (check.kind === 'sql' ? [check.sql] : []));
  if (texts.length === 0) return new Map();
  const connection = await engine.connect();
  try {
    const compiled = new Map<string, RowCondition>();
    for (const sql of new Set(texts)) {
      const condition = await compileCondition(sql, columns, connection);
      if (typeof condition === 'string') throw new Error(`constraint ${sql} of an applied spec ${condition}`);
      compiled.set(sql, condition);
    }
    return compiled;
  } finally {
    connection.closeSync();
  }
}
