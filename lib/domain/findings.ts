/** One way in which data breaks its spec: a value that people read, never an exception. */
export interface Finding {
  /** TFDV's anomaly vocabulary, lower kebab case: `schema-missing-column`, `float-type-big-float`, … */
  readonly rule: string;
  readonly column?: string;
  readonly object?: string;
  readonly severity: 'error' | 'warning';
  /** Rows that break the rule, and their share (0–1) of all rows; absent for rules about the whole set. */
  readonly rows?: number;
  readonly share?: number;
  /** A sentence: what was wanted and what was got. */
  readonly message: string;
  /** At most 20 rows: 1-based row number in the object and the value found. */
  readonly examples?: readonly { readonly row: number; readonly value: unknown }[];
}
