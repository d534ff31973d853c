import {
  CALLER_ID,
  EVENT_TIME,
  OUTPUT_LABEL,
  OUTPUT_SCORE,
  PREDICTION_ID,
} from '../domain/monitoring/day-columns.ts';
import type { LoggedPrediction } from '../domain/monitoring/join-labels.ts';
import type { Engine } from './engine.ts';
import { quoteIdentifier, quoteString } from './sql-text.ts';

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
  const list = files.map(quoteString).join(', ');
  return `(SELECT * FROM read_parquet([${list}]) WHERE ${time} >= ${timestamp(start)} AND ${time} < ${timestamp(end)})`;
}

/** What a label must know of the predictions of a window. */
export function readPredictions(rows: LoggedRows, engine: Engine): Promise<LoggedPrediction[]> {
  const columns = [
    `${quoteIdentifier(PREDICTION_ID)} AS "predictionId"`,
    `${quoteIdentifier(CALLER_ID)} AS "id"`,
    `${quoteIdentifier(OUTPUT_LABEL)} AS "label"`,
    `${quoteIdentifier(OUTPUT_SCORE)} AS "score"`,
  ];
  return engine.query<LoggedPrediction>(`SELECT ${columns.join(', ')} FROM ${rowsInWindow(rows)}`);
}

function timestamp(iso: string): string {
  return `TIMESTAMP ${quoteString(new Date(iso).toISOString().replace('T', ' ').replace('Z', ''))}`;
}
