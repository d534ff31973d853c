import type { Engine } from '../engine.ts';
import { parquetRows, quoteIdentifier } from '../sql-text.ts';
import { isWithinDates, TIME_TYPE } from './typed-input.ts';

/**
 * The columns of times in a Parquet file of which some value is no JavaScript date. The engine answers from the file's own statistics,
 * so that no time need be looked at where all are good.
 */
export async function exceedingDates(
  columns: readonly { readonly name: string; readonly type: string }[],
  file: string,
  engine: Pick<Engine, 'query'>,
): Promise<ReadonlySet<string>> {
  const times = columns.filter(({ type }) => TIME_TYPE.test(type)).map(({ name }) => name);
  if (times.length === 0) return new Set();
  const ends = times.flatMap((name) => {
    const column = quoteIdentifier(name);
    return [`min(${column})`, `max(${column})`];
  });
  const isGood = ends.map(
    (_, i) => `${isWithinDates(`TRY_CAST(e${i} AS TIMESTAMP)`)} IS TRUE OR e${i} IS NULL`,
  );
  const [good = {}] = await engine.query(
    `SELECT ${isGood.map((sql, i) => `${sql} AS g${i}`).join(', ')}
     FROM (SELECT ${ends.map((sql, i) => `${sql} AS e${i}`).join(', ')} FROM ${parquetRows(file)})`,
  );
  return new Set(times.filter((_, i) => good[`g${2 * i}`] !== true || good[`g${2 * i + 1}`] !== true));
}
