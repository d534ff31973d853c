import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Cloud } from './cloud.ts';

/** `late` depends on hour and carrier together, so that boosting can beat a line. hash() makes the rows the same every time. */
const ROWS = `
  SELECT
    i AS _id,
    (hash(i) % 24)::INTEGER AS hour,
    ['AA', 'UA', 'DL', 'B6'][1 + (hash(i * 7 + 1) % 4)::INTEGER] AS carrier,
    CASE WHEN hash(i * 11 + 2) % 10 = 0 THEN NULL ELSE (hash(i * 13 + 3) % 1000) / 10.0 END AS wind,
    hash(i * 17 + 4) % 2 = 0 AS holiday,
    (hash(i * 19 + 5) % 100) < CASE WHEN (hash(i) % 24 > 12) = (hash(i * 7 + 1) % 4 < 2) THEN 80 ELSE 20 END AS late
  FROM range($from, $to) AS r(i)`;

const parquet = async (from: number, to: number): Promise<Buffer> => {
  const folder = await mkdtemp(join(tmpdir(), 'flights-like-'));
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  try {
    const file = join(folder, 'rows.parquet');
    const rows = ROWS.replace('$from', String(from)).replace('$to', String(to));
    await connection.run(`COPY (${rows}) TO '${file}' (FORMAT parquet)`);
    return await readFile(file);
  } finally {
    connection.closeSync();
    await rm(folder, { recursive: true });
  }
};

/** Two objects a channel, because one would hide whether the rest is read. */
export const putFlightsLikeData = async (cloud: Cloud) => {
  await cloud.put('train/part-0.parquet', await parquet(0, 1500));
  await cloud.put('train/nested/part-1.parquet', await parquet(1500, 3000));
  await cloud.put('validation/part-0.parquet', await parquet(3000, 3500));
};
