import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { AnsweredRow } from '../../domain/fairness/measure-fairness.ts';
import type { LabelRecord } from '../../domain/labels/label.ts';
import {
  CALLER_ID,
  EVENT_TIME,
  OUTPUT_LABEL,
  OUTPUT_SCORE,
  PREDICTION_ID,
  RECEIVED_AT,
} from '../../domain/monitoring/day-columns.ts';
import type { LoggedPrediction } from '../../domain/monitoring/join-labels.ts';
import type { Engine } from '../engine.ts';
import { scanChunks } from '../scan-chunks.ts';
import { parquetRows, quoteIdentifier, quoteTime } from '../sql-text.ts';
import { writeParquetRows } from './rows.ts';

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

export async function countPredictions(rows: LoggedRows, engine: Engine): Promise<number> {
  const [counted] = await engine.query<{ n: number }>(`SELECT count(*) AS n FROM ${rowsInWindow(rows)}`);
  return counted?.n ?? 0;
}

/**
 * The predictions of a window that a label names, which are all that `joinLabels` looks at. The others stay in the file: memory
 * goes with the labels, whatever the traffic.
 *
 * @param folder an existing one, where the names are put down
 */
export async function labelledPredictions(
  rows: LoggedRows,
  labels: readonly LabelRecord[],
  folder: string,
  engine: Engine,
): Promise<LoggedPrediction[]> {
  if (labels.length === 0) return [];
  const names = `${folder}/named.parquet`;
  const texts = [
    { name: PREDICTION_ID, type: 'string' },
    { name: CALLER_ID, type: 'string' },
  ] as const;
  await writeParquetRows(
    labels.map(({ predictionId, id }) => ({ predictionId, id })),
    texts,
    names,
    engine,
  );
  const named = texts.map(({ name }) => {
    const column = quoteIdentifier(name);
    return `${column} IN (SELECT ${column} FROM ${parquetRows(names)} WHERE ${column} IS NOT NULL)`;
  });
  const columns = [
    `${quoteIdentifier(PREDICTION_ID)} AS "predictionId"`,
    `${quoteIdentifier(CALLER_ID)} AS "id"`,
    `${quoteIdentifier(OUTPUT_LABEL)} AS "label"`,
    `${quoteIdentifier(OUTPUT_SCORE)} AS "score"`,
    `${quoteIdentifier(RECEIVED_AT)} AS "receivedAt"`,
  ];
  return engine.query<LoggedPrediction>(
    `SELECT ${columns.join(', ')} FROM ${rowsInWindow(rows)} WHERE ${named.join(' OR ')}`,
  );
}

/** One answer of a window, as far as it tells something without its label. */
export interface LoggedAnswer extends Omit<AnsweredRow, 'label'> {
  readonly predictionId: string;
  readonly score: number;
}

/**
 * Hands out every answer of a window, in order, without keeping any.
 *
 * @param rows how many there are, as `countPredictions` says
 * @param groups columns of the log whose values, as text, tell groups of rows apart
 */
export function scanAnswers(
  logged: LoggedRows & { readonly rows: number },
  groups: readonly string[],
  engine: Engine,
  take: (answer: LoggedAnswer) => void,
): Promise<void> {
  const columns = [
    quoteIdentifier(PREDICTION_ID),
    quoteIdentifier(OUTPUT_LABEL),
    quoteIdentifier(OUTPUT_SCORE),
    ...groups.map((name) => `CAST(${quoteIdentifier(name)} AS VARCHAR)`),
  ];
  const sql = `SELECT ${columns.join(', ')} FROM ${rowsInWindow(logged)}`;
  return scanChunks(sql, logged.rows, engine, (chunk) => answersOf(chunk, groups.length, take));
}

function answersOf(chunk: DuckDBDataChunk, groups: number, take: (answer: LoggedAnswer) => void): void {
  const [ids, predicted, scores, ...values] = Array.from({ length: 3 + groups }, (_, i) =>
    chunk.getColumnValues(i),
  );
  for (let i = 0; i < chunk.rowCount; i++)
    take({
      predictionId: ids?.[i] as string,
      predicted: predicted?.[i] as string,
      score: scores?.[i] as number,
      groups: values.map((column) => column[i] as string | null),
    });
}
