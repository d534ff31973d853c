import type { Engine } from '../engine.ts';
import type { TypedRows } from '../read/typed-rows.ts';
import { quoteIdentifier } from '../sql-text.ts';
import { type Counted, firstNumbers } from './find-examples.ts';
import type { RuleCheck } from './rule-condition.ts';

/** The rows and their range of event times. */
export interface Whole {
  readonly rows: number;
  readonly from: string | null;
  readonly to: string | null;
}

/** The rows, and how many of them break each check, in the order of the checks. */
export interface RowsCounted extends Whole {
  readonly counted: readonly Counted[];
}

/**
 * All checks in one scan. A text file is parsed once. Of a columnar file, nulls are counted beside the rows, and of the other checks only rows that
 * may break one go on to be looked at closely.
 */
export async function countRows(
  checks: readonly RuleCheck[],
  rows: TypedRows,
  timeColumn: string | undefined,
  engine: Pick<Engine, 'query'>,
): Promise<RowsCounted> {
  if (!rows.isColumnar) return oneScan(checks, rows, timeColumn, engine);
  const nulls = checks.filter(isOfNulls);
  const closer = checks.filter((check) => !isOfNulls(check));
  const whole = await countNulls(nulls, rows, timeColumn, engine);
  const suspicious = `(SELECT * FROM ${rows.relation} WHERE ${suspicions(closer, rows).join(' OR ')}) AS input`;
  const { counted } =
    closer.length === 0
      ? { counted: [] }
      : await oneScan(closer, { ...rows, relation: suspicious }, undefined, engine);
  const found = new Map([
    ...nulls.map((check, i) => [check, whole.counted[i]] as const),
    ...closer.map((check, i) => [check, counted[i]] as const),
  ]);
  return { ...whole, counted: checks.map((check) => found.get(check) as Counted) };
}

async function oneScan(
  checks: readonly RuleCheck[],
  rows: TypedRows,
  timeColumn: string | undefined,
  engine: Pick<Engine, 'query'>,
): Promise<RowsCounted> {
  const counts = checks.flatMap(({ condition }, i) => [
    `count_if(${condition}) AS c${i}`,
    `${firstNumbers(condition)} AS e${i}`,
  ]);
  const { whole, answer } = await countWhole(counts, rows, timeColumn, engine);
  const counted = checks.map((_, i) => ({
    rows: Number(answer[`c${i}`] ?? 0),
    first: (answer[`e${i}`] ?? []) as readonly number[],
  }));
  return { ...whole, counted };
}

function isOfNulls({ rule, readsAll }: RuleCheck): boolean {
  return rule.check.kind === 'null' && readsAll;
}

async function countNulls(
  checks: readonly RuleCheck[],
  rows: TypedRows,
  timeColumn: string | undefined,
  engine: Pick<Engine, 'query'>,
): Promise<RowsCounted> {
  const counts = checks.map(({ rule }, i) => `count(${quoteIdentifier(rule.column as string)}) AS c${i}`);
  const { whole, answer } = await countWhole(counts, rows, timeColumn, engine);
  return { ...whole, counted: checks.map((_, i) => ({ rows: whole.rows - Number(answer[`c${i}`]) })) };
}

async function countWhole(
  counts: readonly string[],
  { relation, columns }: TypedRows,
  timeColumn: string | undefined,
  engine: Pick<Engine, 'query'>,
): Promise<{ readonly whole: Whole; readonly answer: Readonly<Record<string, unknown>> }> {
  const time = (timeColumn && columns.get(timeColumn)?.value) ?? 'CAST(NULL AS TIMESTAMP)';
  const all = ['count(*) AS rows', `min(${time}) AS "from"`, `max(${time}) AS "to"`, ...counts];
  const [answer = {}] = await engine.query(`SELECT ${all.join(', ')} FROM ${relation}`);
  const { rows, from, to } = answer as unknown as Whole;
  return { whole: { rows, from, to }, answer };
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
