/** A column of a raw file, as it is stored. */
export interface SourceColumn {
  readonly name: string;
  /** DuckDB's type of a Parquet column; VARCHAR for CSV, JSON for JSON Lines. */
  readonly type: string;
  /** Whether a Parquet column of times has some that no JavaScript date is. */
  readonly exceedsDates?: boolean;
}
