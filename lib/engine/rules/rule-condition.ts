import type { RowRule } from '../../domain/constraints/row-rule.ts';
import type { TypedColumn, TypedRows } from '../read/typed-rows.ts';
import type { RowCondition } from '../spec-sql/check-constraints.ts';
import { quoteIdentifier, quoteString } from '../sql-text.ts';

/** A rule of the rows at hand, as SQL over the relation `input`. */
export interface RuleCheck {
  readonly rule: RowRule;
  /** True for a row that breaks the rule; false or null for one that does not. */
  readonly condition: string;
  /** What people see of such a row. */
  readonly shown: string;
  /** Whether no value of its column can be unreadable. */
  readonly readsAll: boolean;
}

/** Conditions of `sql` constraints by their text. */
export type Conditions = ReadonlyMap<string, RowCondition>;

/** The check of a rule; undefined when no row of these can break it, or when it is no matter of one row. */
export function ruleCheck(rule: RowRule, rows: TypedRows, conditions: Conditions): RuleCheck | undefined {
  if (rule.check.kind === 'sql') {
    const condition = conditions.get(rule.check.sql);
    return (
      condition && {
        rule,
        condition: `(NOT ${condition.expression})`,
        shown: shownColumns(condition.columns),
        readsAll: true,
      }
    );
  }
  const column = rule.column === undefined ? undefined : rows.columns.get(rule.column);
  const condition = column && columnCondition(rule, column);
  if (column === undefined || condition === undefined) return undefined;
  const shown = `left(CAST(${column.raw} AS VARCHAR), ${MAX_SHOWN})`;
  return { rule, condition, shown, readsAll: column.unreadable === undefined };
}

/** Characters of a value that an example shows. */
const MAX_SHOWN = 200;

function columnCondition({ check }: RowRule, { type, value, unreadable }: TypedColumn): string | undefined {
  // NaN is above every number to the engine; it and the infinities have rules of their own.
  const finite = type === 'number' ? ` AND isfinite(${value})` : '';
  switch (check.kind) {
    case 'unreadable':
      return unreadable;
    case 'null':
      return unreadable === undefined ? `(${value} IS NULL)` : `(${value} IS NULL AND NOT ${unreadable})`;
    case 'nan':
      return `isnan(${value})`;
    case 'infinite':
      return `isinf(${value})`;
    case 'small':
      return `(${value} < ${check.min}${finite})`;
    case 'big':
      return `(${value} > ${check.max}${finite})`;
    case 'vocabulary':
      return outside(value, check.values);
    case 'outside':
      return `(${value} NOT BETWEEN ${timestamp(check.first)} AND ${timestamp(check.last)})`;
    case 'pattern':
      return `(NOT regexp_full_match(${value}, ${quoteString(check.pattern)}))`;
    case 'short':
      return `(length(${value}) < ${check.min})`;
    case 'long':
      return `(length(${value}) > ${check.max})`;
    default:
      return undefined;
  }
}

const timestamp = (iso: string) => `CAST(${quoteString(iso)} AS TIMESTAMP)`;

/**
 * As a subquery the list is hashed once; written out, every row is compared with every value. That null is neither in it nor not is said
 * apart: of a column that is null throughout the engine (1.5.5) holds that it is not in it.
 */
function outside(value: string, values: readonly string[]): string {
  return `(${value} IS NOT NULL AND ${value} NOT IN (SELECT unnest([${values.map(quoteString).join(', ')}])))`;
}

function shownColumns(columns: readonly string[]): string {
  const each = columns.map(
    (name) => `${quoteString(`${name} = `)} || coalesce(CAST(${quoteIdentifier(name)} AS VARCHAR), 'null')`,
  );
  return `left(concat_ws(', ', ${[...each, "''"].slice(0, Math.max(1, each.length)).join(', ')}), ${MAX_SHOWN})`;
}
