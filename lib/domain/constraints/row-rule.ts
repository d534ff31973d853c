import { percent } from '../figures.ts';
import { aliasOf, type Finding } from '../findings.ts';
import { wilsonBounds } from '../statistics/proportion-interval.ts';

/** What one row of a column, or one row, must not be. */
export type RowCheck =
  | { readonly kind: 'unreadable' | 'null' | 'nan' | 'infinite' }
  | { readonly kind: 'small'; readonly min: number }
  | { readonly kind: 'big'; readonly max: number }
  | { readonly kind: 'vocabulary'; readonly values: readonly string[] }
  /** Times, ISO 8601 UTC. */
  | { readonly kind: 'outside'; readonly first: string; readonly last: string }
  | { readonly kind: 'pattern'; readonly pattern: string }
  | { readonly kind: 'short'; readonly min: number }
  | { readonly kind: 'long'; readonly max: number }
  | { readonly kind: 'repeated'; readonly columns: readonly string[] }
  | { readonly kind: 'sql'; readonly sql: string };

/** One thing that rows must be, and how many of them may break it. */
export interface RowRule {
  /** TFDV's anomaly name, lower kebab case. */
  readonly id: string;
  readonly check: RowCheck;
  /** The column that it looks at; absent when it looks at several. */
  readonly column?: string;
  /** The spec's constraint that it comes from; absent for what a column's own fields imply. */
  readonly constraint?: string;
  readonly severity: Finding['severity'];
  /** Share of rows (0–1) that may break it. */
  readonly allowedShare: number;
  /** What is wrong, between the subject and "in 3 of 20 rows": `is above 130`. */
  readonly broken: string;
}

/** The same for a rule and for its findings. */
export function ruleKey(
  rule: { readonly column?: string; readonly constraint?: string },
  id: string,
): string {
  return `${id} ${rule.column ?? ''} ${rule.constraint ?? ''}`;
}

/**
 * What a rule says of a set of rows: its own severity beyond the allowed share, a warning within it, undefined when no row breaks it.
 *
 * @param rows how many of `total` rows break it
 * @example ruleFinding(rule, 3, 20)?.message // 'column temp is above 130 in 3 of 20 rows (15 %), wanted none'
 */
export function ruleFinding(
  rule: RowRule,
  rows: number,
  total: number,
  rest: Pick<Finding, 'object' | 'examples'> = {},
): Finding | undefined {
  if (rows === 0) return undefined;
  const share = rows / total;
  const wanted = rule.allowedShare === 0 ? 'none' : `at most ${percent(rule.allowedShare)}`;
  return {
    rule: rule.id,
    ...aliasOf(rule.id),
    ...(rule.constraint !== undefined && { constraint: rule.constraint }),
    ...(rule.column !== undefined && { column: rule.column }),
    severity: share > rule.allowedShare ? rule.severity : 'warning',
    rows,
    share,
    interval: wilsonBounds(rows, total),
    message: `${subject(rule)} ${rule.broken} in ${rows} of ${total} rows (${percent(share)}), wanted ${wanted}`,
    ...rest,
  };
}

function subject({ column, constraint }: RowRule): string {
  return column === undefined ? `constraint ${constraint}` : `column ${column}`;
}
