import type { NumericProfile } from '../../domain/profile/numeric-profile.ts';
import {
  AGE_EDGES,
  coarsenArrivals,
  emptyTimestamp,
  hourOfWeekOf,
  type TimestampProfile,
} from '../../domain/profile/timestamp-profile.ts';
import type { Engine } from '../engine.ts';
import { quoteIdentifier, quoteString } from '../sql-text.ts';
import type { ProfiledRelation } from './profiled-relation.ts';
import { scanNumbers } from './scan-numbers.ts';

const HOUR_MS = 3_600_000;

interface Hour {
  readonly hour: number | null;
  readonly n: number;
  readonly min: number;
  readonly max: number;
  readonly future: number;
}

/**
 * The profile of a column of times. How old a time is, and whether it lies in the future, is seen from its row's own time.
 *
 * @param asOf ISO 8601: of rows without a time, what is later is in the future
 */
export async function profileTimestamps(
  name: string,
  asOf: string | undefined,
  relation: ProfiledRelation,
  engine: Engine,
): Promise<TimestampProfile> {
  const { rows, types } = relation;
  const now = types.has('_time') ? '_time' : asOf && `CAST(${quoteString(asOf)} AS TIMESTAMPTZ)`;
  const times = `(SELECT CAST(${quoteIdentifier(name)} AS TIMESTAMP) AS t,
    CAST(${now ?? 'NULL'} AS TIMESTAMP) AS now FROM ${relation.sql})`;
  const hours = await engine.query<Hour>(
    `SELECT CASE WHEN isfinite(t) THEN CAST(floor(epoch_ms(t) / ${HOUR_MS}) AS BIGINT) END AS hour, count(*) AS n,
       min(CASE WHEN isfinite(t) THEN epoch_ms(t) END) AS min, max(CASE WHEN isfinite(t) THEN epoch_ms(t) END) AS max,
       count_if(coalesce(t > now, false)) AS future
     FROM ${times} GROUP BY 1 ORDER BY 1`,
  );
  const seen = hours.reduce((sum, { n }) => sum + n, 0);
  if (seen !== rows) throw new Error(`a count sees every row, got ${seen} of ${rows} in ${name}`);
  const counted = fromHours(hours);
  return types.has('_time') ? { ...counted, age: await ages(times, rows, engine) } : counted;
}

async function ages(times: string, rows: number, engine: Engine): Promise<NumericProfile> {
  const age = `(SELECT CASE WHEN isfinite(t) THEN (epoch_ms(now) - epoch_ms(t)) / ${HOUR_MS} END AS age FROM ${times})`;
  const relation = { sql: age, rows, types: new Map([['age', 'DOUBLE']]) };
  const [counted] = await scanNumbers([{ name: 'age', edges: AGE_EDGES }], relation, engine);
  return counted as NumericProfile;
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
