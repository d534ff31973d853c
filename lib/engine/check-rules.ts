import type { KeySets } from '../domain/constraints/key-sets.ts';
import { type RowRule, ruleFinding } from '../domain/constraints/row-rule.ts';
import type { Finding } from '../domain/findings.ts';
import type { ColumnSpec } from '../domain/spec.ts';
import { compileCondition, type RowCondition } from './check-constraints.ts';
import { countRepeats } from './count-repeats.ts';
import { countRows, type Whole } from './count-rows.ts';
import { countValues, isOfValues } from './count-values.ts';
import type { Engine } from './engine.ts';
import { type Broken, findExamples } from './find-examples.ts';
import { ruleCheck } from './rule-condition.ts';
import type { TypedRows } from './typed-rows.ts';

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
  const { counted, ...whole } = await countRows(byRow, rows, timeColumn, engine);
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
  return { ...whole, findings, keys };
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
