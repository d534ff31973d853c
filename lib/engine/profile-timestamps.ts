import {
  coarsenArrivals,
  emptyTimestamp,
  hourOfWeekOf,
  type TimestampProfile,
} from '../domain/profile/timestamp-profile.ts';
import type { Engine } from './engine.ts';
import type { ProfiledRelation } from './profiled-relation.ts';
import { quoteIdentifier, quoteString } from './sql-text.ts';

const HOUR_MS = 3_600_000;

interface Hour {
  readonly hour: number | null;
  readonly n: number;
  readonly min: number;
  readonly max: number;
  readonly future: number;
}

/**
 * The profile of a column of times.
 *
 * @param asOf ISO 8601: later rows are in the future
 */
export async function profileTimestamps(
  name: string,
  asOf: string | undefined,
  { sql, rows }: ProfiledRelation,
  engine: Engine,
): Promise<TimestampProfile> {
  const time = `CAST(${quoteIdentifier(name)} AS TIMESTAMP)`;
  const later =
    asOf === undefined ? 'false' : `t > CAST(CAST(${quoteString(asOf)} AS TIMESTAMPTZ) AS TIMESTAMP)`;
  const hours = await engine.query<Hour>(
    `SELECT CASE WHEN isfinite(t) THEN CAST(floor(epoch_ms(t) / ${HOUR_MS}) AS BIGINT) END AS hour, count(*) AS n,
       min(CASE WHEN isfinite(t) THEN epoch_ms(t) END) AS min, max(CASE WHEN isfinite(t) THEN epoch_ms(t) END) AS max,
       count_if(coalesce(${later}, false)) AS future
     FROM (SELECT ${time} AS t FROM ${sql}) GROUP BY 1 ORDER BY 1`,
  );
  const seen = hours.reduce((sum, { n }) => sum + n, 0);
  if (seen !== rows) throw new Error(`a count sees every row, got ${seen} of ${rows} in ${name}`);
  return fromHours(hours);
}

function fromHours(hours: readonly Hour[]): TimestampProfile {
  const column = emptyTimestamp();
  const arrivals: [number, number][] = [];
  for (const { hour, n, min, max, future } of hours) {
    if (hour === null) {
      column.counts.null += n;
      continue;
    }
    column.n += n;
    column.future += future;
    column.min = Math.min(column.min ?? min, min);
    column.max = Math.max(column.max ?? max, max);
    const ofWeek = hourOfWeekOf(hour);
    column.hourOfWeek[ofWeek] = (column.hourOfWeek[ofWeek] as number) + n;
    arrivals.push([hour, n]);
  }
  return { ...column, arrivals: coarsenArrivals({ unitHours: 1, counts: arrivals }) };
}
