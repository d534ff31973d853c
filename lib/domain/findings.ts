/** One way in which data breaks its spec: a value that people read, never an exception. */
export interface Finding {
  /** TFDV's anomaly vocabulary, lower kebab case: `schema-missing-column`, `float-type-big-float`, … */
  readonly rule: string;
  /** What SageMaker Model Monitor calls it, where it has a name. */
  readonly alias?: MonitorCheck;
  /** Id of the spec's constraint that it breaks; absent for what a column's own fields imply. */
  readonly constraint?: string;
  readonly column?: string;
  readonly object?: string;
  readonly severity: 'error' | 'warning';
  /** Rows that break the rule, and their share (0–1) of all rows; absent for rules about the whole set. */
  readonly rows?: number;
  readonly share?: number;
  /** Wilson 95 % interval of the share. */
  readonly interval?: readonly [number, number];
  /** A sentence: what was wanted and what was got. */
  readonly message: string;
  /** At most 20 rows: 1-based row number in the object and the value found. */
  readonly examples?: readonly { readonly row: number; readonly value: unknown }[];
}

/** `constraint_check_type` of Model Monitor's `constraint_violations.json`. */
export type MonitorCheck =
  | 'data_type_check'
  | 'completeness_check'
  | 'missing_column_check'
  | 'extra_column_check'
  | 'categorical_values_check';

const MONITOR_CHECKS: Readonly<Record<string, MonitorCheck>> = {
  'schema-missing-column': 'missing_column_check',
  'schema-new-column': 'extra_column_check',
  'unexpected-data-type': 'data_type_check',
  'float-type-string-not-float': 'data_type_check',
  'int-type-not-int-string': 'data_type_check',
  'bool-type-unexpected-string': 'data_type_check',
  'timestamp-type-not-time': 'data_type_check',
  'feature-type-low-fraction-present': 'completeness_check',
  'float-type-has-nan': 'completeness_check',
  'enum-type-unexpected-string-values': 'categorical_values_check',
};

/**
 * The name under which Model Monitor reports a rule, to be spread into a finding.
 *
 * @example aliasOf('schema-missing-column') // { alias: 'missing_column_check' }
 */
export function aliasOf(rule: string): Pick<Finding, 'alias'> {
  const alias = MONITOR_CHECKS[rule];
  return alias === undefined ? {} : { alias };
}
