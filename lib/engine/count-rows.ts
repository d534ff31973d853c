import { MAX_EXAMPLES } from '../domain/data/settle-findings.ts';
import type { Finding } from '../domain/findings.ts';
import type { Engine } from './engine.ts';
import type { RuleCheck } from './rule-condition.ts';
import { quoteIdentifier } from './sql-text.ts';
import type { TypedRows } from './typed-rows.ts';

export type Examples = NonNullable<Finding['examples']>;

/** How many rows break each check, in the order of the checks, and the first of them. */
export interface Broken {
  readonly rows: number;
  readonly examples: Examples;
}

/** The rows and their range of event times. */
export interface Whole {
  readonly rows: number;
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * All checks in one scan. Of a columnar file only rows that may break one go on to be counted; a text file is parsed once, so its rows
 * and times are counted on the way.
 */
export async function countRows(
  checks: readonly RuleCheck[],
  rows: TypedRows,
  timeColumn: string | undefined,
  engine: Pick<Engine, 'query'>,
): Promise<Whole & { readonly broken: readonly Broken[] }> {
  if (!rows.isColumnar) return oneScan(checks, rows, timeColumn, engine);
  const whole = await oneScan([], rows, timeColumn, engine);
  if (checks.length === 0) return whole;
  const suspicious = `(SELECT * FROM ${rows.relation} WHERE ${suspicions(checks, rows).join(' OR ')}) AS input`;
  const { broken } = await oneScan(checks, { ...rows, relation: suspicious }, undefined, engine);
  return { ...whole, broken };
}

async function oneScan(
  checks: readonly RuleCheck[],
  { relation, columns }: TypedRows,
  timeColumn: string | undefined,
  engine: Pick<Engine, 'query'>,
): Promise<Whole & { readonly broken: readonly Broken[] }> {
  const time = (timeColumn && columns.get(timeColumn)?.value) ?? 'CAST(NULL AS TIMESTAMP)';
  const counts = checks.flatMap(({ condition, shown }, i) => [
    `count_if(${condition}) AS c${i}`,
    `arg_min({'row': _row, 'value': ${shown}}, _row, ${MAX_EXAMPLES}) FILTER (${condition}) AS e${i}`,
  ]);
  const [counted] = await engine.query<Record<string, unknown>>(
    `SELECT ${['count(*) AS rows', `min(${time}) AS "from"`, `max(${time}) AS "to"`, ...counts].join(', ')} FROM ${relation}`,
  );
  const { rows, from, to } = counted as unknown as Whole;
  const broken = checks.map((_, i) => ({
    rows: Number(counted?.[`c${i}`] ?? 0),
    examples: ((counted?.[`e${i}`] ?? []) as Examples).map(({ row, value }) => ({ row: Number(row), value })),
  }));
  return { rows, from, to, broken };
}

/**
 * Conditions of which a row that breaks any check meets one, cheaper than the checks: a number is compared with the ends of its range once,
 * whatever rules it has, since NaN and infinity lie beyond them.
 */
function suspicions(checks: readonly RuleCheck[], { columns }: TypedRows): readonly string[] {
  const others = checks.filter((check) => !isOfNumber(check, columns)).map(({ condition }) => condition);
  const numbers = Map.groupBy(
    checks.filter((check) => isOfNumber(check, columns)),
    ({ rule }) => rule.column as string,
  );
  const ranges = [...numbers].map(([name, of]) => {
    const mins = of.flatMap(({ rule: { check } }) => (check.kind === 'small' ? [check.min] : []));
    const maxs = of.flatMap(({ rule: { check } }) => (check.kind === 'big' ? [check.max] : []));
    const [low, high] = [Math.max(...mins, -Number.MAX_VALUE), Math.min(...maxs, Number.MAX_VALUE)];
    return `(${quoteIdentifier(name)} NOT BETWEEN ${low} AND ${high})`;
  });
  return [...ranges, ...others];
}

function isOfNumber({ rule }: RuleCheck, columns: TypedRows['columns']): boolean {
  const type = rule.column === undefined ? undefined : columns.get(rule.column)?.type;
  return type === 'number' && ['small', 'big', 'nan', 'infinite'].includes(rule.check.kind);
}
