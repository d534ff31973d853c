import { DuckDBInstance } from '@duckdb/node-api';
import type { Calendar } from './calendar.ts';

export type FlightRow = Readonly<Record<string, string | number | boolean | null>>;

/** The rows of one month in event time, as an application would hold them: plain JSON values, times in ISO 8601. */
export async function flightRows(
  file: string,
  { everyRow, until = 'infinity' }: Pick<Calendar, 'everyRow' | 'until'>,
): Promise<readonly FlightRow[]> {
  return query(
    `SELECT * REPLACE (strftime(time_hour, '%Y-%m-%dT%H:%M:%SZ') AS time_hour)
     FROM read_parquet($file) WHERE hash(flight_id) % ${everyRow} = 0 AND time_hour < $until::TIMESTAMP ORDER BY time_hour, flight_id`,
    { file, until },
  );
}

/** A copy of a month with one thing broken; `change` is a SELECT list over the month. */
export async function brokenCopy(file: string, change: string, target: string): Promise<void> {
  await query(`COPY (SELECT ${change} FROM read_parquet('${file}')) TO '${target}' (FORMAT parquet)`, {});
}

async function query(sql: string, values: Record<string, string>): Promise<FlightRow[]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql, values)).getRowObjectsJson() as FlightRow[];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
