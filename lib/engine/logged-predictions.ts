import {
  CALLER_ID,
  EVENT_TIME,
  OUTPUT_LABEL,
  OUTPUT_SCORE,
  PREDICTION_ID,
  RECEIVED_AT,
} from '../domain/monitoring/day-columns.ts';
import type { LoggedPrediction } from '../domain/monitoring/join-labels.ts';
import type { Engine } from './engine.ts';
import { parquetRows, quoteIdentifier, quoteTime } from './sql-text.ts';

export interface LoggedRows {
  /** Compacted days, as Parquet. */
  readonly files: readonly string[];
  /** Half open, ISO 8601 UTC. */
  readonly start: string;
  readonly end: string;
}

/** The rows of compacted days that lie in a window, as a relation. */
export function rowsInWindow({ files, start, end }: LoggedRows): string {
  const time = quoteIdentifier(EVENT_TIME);
  return `(SELECT * FROM ${parquetRows(files)} WHERE ${time} >= ${quoteTime(start)} AND ${time} < ${quoteTime(end)})`;
}

/**
 * What a label must know of the predictions of a window.
 *
 * @param groups columns of the log whose values, as text, tell groups of rows apart
 */
export function readPredictions(
  rows: LoggedRows,
  engine: Engine,
  groups: readonly string[] = [],
): Promise<LoggedPrediction[]> {
  const values = groups.map((name) => `CAST(${quoteIdentifier(name)} AS VARCHAR)`);
  const columns = [
    `${quoteIdentifier(PREDICTION_ID)} AS "predictionId"`,
    `${quoteIdentifier(CALLER_ID)} AS "id"`,
    `${quoteIdentifier(OUTPUT_LABEL)} AS "label"`,
    `${quoteIdentifier(OUTPUT_SCORE)} AS "score"`,
    `${quoteIdentifier(RECEIVED_AT)} AS "receivedAt"`,
    ...(values.length > 0 ? [`[${values.join(', ')}] AS "groups"`] : []),
  ];
  return engine.query<LoggedPrediction>(`SELECT ${columns.join(', ')} FROM ${rowsInWindow(rows)}`);
}
