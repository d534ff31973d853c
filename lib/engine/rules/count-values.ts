import type { Engine } from '../engine.ts';
import { columnGroups } from '../read/column-groups.ts';
import type { TypedRows } from '../read/typed-rows.ts';
import type { Counted } from './find-examples.ts';
import type { RuleCheck } from './rule-condition.ts';

/** Whether a check can be answered by the different values of its column. */
export function isOfValues({ rule }: RuleCheck, { fewValues }: TypedRows): boolean {
  return rule.column !== undefined && fewValues.has(rule.column) && rule.check.kind !== 'unreadable';
}

/**
 * Checks of columns of few values: each value is counted once, for many columns in one scan, and looked at once.
 *
 * @param checks such that `isOfValues`
 */
export async function countValues(
  checks: readonly RuleCheck[],
  rows: TypedRows,
  engine: Pick<Engine, 'query'>,
): Promise<readonly Counted[]> {
  const names = [...new Set(checks.map(({ rule }) => rule.column as string))];
  const counted = new Map<RuleCheck, Counted>();
  for (const some of columnGroups(names, COLUMNS_AT_ONCE)) {
    const of = checks.filter(({ rule }) => some.includes(rule.column as string));
    const found = await countColumns(of, some, rows, engine);
    for (const [j, check] of of.entries()) counted.set(check, found[j] as Counted);
  }
  return checks.map((check) => counted.get(check) as Counted);
}

/** The engine names a set of columns by the bits of one integer. */
const COLUMNS_AT_ONCE = 30;

async function countColumns(
  checks: readonly RuleCheck[],
  names: readonly string[],
  rows: TypedRows,
  engine: Pick<Engine, 'query'>,
): Promise<readonly Counted[]> {
  const values = names.map((name) => rows.columns.get(name)?.value as string);
  const counts = checks.map(({ rule, condition }, i) => {
    const set = groupingOf(names.indexOf(rule.column as string), names.length);
    return `coalesce(sum(CASE WHEN _set = ${set} AND ${condition} THEN _n END), 0) AS c${i}`;
  });
  // A spec's column begins with a letter, so these two names are free.
  const groups = `SELECT grouping(${values.join(', ')}) AS _set, ${values.join(', ')}, count(*) AS _n
     FROM ${rows.relation} GROUP BY GROUPING SETS (${values.map((value) => `(${value})`).join(', ')})`;
  const [counted] = await engine.query<Record<string, number>>(
    `SELECT ${counts.join(', ')} FROM (${groups}) AS input`,
  );
  return checks.map((_, i) => ({ rows: Number(counted?.[`c${i}`]) }));
}

/** What `grouping` says of the rows of the i-th of `count` sets: a bit for each column that is not in it, the first column's the highest. */
function groupingOf(i: number, count: number): number {
  return 2 ** count - 1 - 2 ** (count - 1 - i);
}
