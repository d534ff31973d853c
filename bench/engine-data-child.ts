import { rename } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DataWork } from './engine-data.ts';

/** Makes one file of the engine's benchmark. */
const { file, rows, seed, drifted } = JSON.parse(process.argv[2] as string) as DataWork;
// One thread: random() gives the same numbers again only in one order.
const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
const connection = await instance.connect();
await connection.run(`SELECT setseed(${seed})`);
await connection.run(`CREATE TABLE made AS ${select(rows, drifted)}`);
await connection.run(`COPY made TO '${file}.part' (FORMAT parquet, COMPRESSION zstd)`);
connection.closeSync();
instance.closeSync();
await rename(`${file}.part`, file);

function select(rows: number, drifted: boolean): string {
  const normal = '(sqrt(-2.0 * ln(1.0 - random())) * cos(6.283185307179586 * random()))';
  const or = (there: number, usually: number) => (drifted ? there : usually);
  return `WITH r AS (SELECT i, ${normal} AS z1, ${normal} AS z2, ${normal} AS z3, ${normal} AS z4, ${normal} AS z5,
      random() AS u1, random() AS u2, random() AS u3, random() AS u4, random() AS u5, random() AS u6, random() AS u7,
      random() AS n1, random() AS n2, random() AS n3, random() AS n4, random() AS n5 FROM range(${rows}) t(i))
    SELECT z1 * ${or(1.05, 1)} + ${or(0.1, 0)} AS x_norm,
      CASE WHEN n1 >= ${or(0.03, 0.02)} THEN exp(1.0 + 0.8 * z2) END AS x_lognorm,
      u1 * 100 AS x_unif,
      CASE WHEN n2 >= 0.05 THEN CAST(floor(-ln(1.0 - u2) * ${or(8.5, 8)}) AS INTEGER) END AS x_count,
      CAST(round(exp(8 + 1.5 * z3)) AS BIGINT) AS x_amount,
      CAST(z4 * 2.5 + 10 AS FLOAT) AS x_f32,
      CASE WHEN u3 < ${or(0.58, 0.6)} THEN 0.0 ELSE z5 * 3 + 20 END AS x_zinf,
      CASE WHEN n3 < 0.10 THEN NULL WHEN n4 < 0.005 THEN 'NaN'::DOUBLE WHEN n4 < 0.0051 THEN 'Infinity'::DOUBLE ELSE z1 * z2 END AS x_nan,
      'c' || CAST(floor(5 * pow(u4, ${or(1.15, 1)})) AS INTEGER) AS k5,
      CASE WHEN n5 >= 0.01 THEN 'region_' || CAST(floor(20 * pow(u5, 1.5)) AS INTEGER) END AS k20,
      'sku-' || lpad(CAST(CAST(floor(200 * pow(u6, ${or(2.1, 2)})) AS INTEGER) AS VARCHAR), 4, '0') AS k200,
      'merchant_' || CAST(floor(1000 * pow(u7, 3)) AS INTEGER) AS k1000
    FROM r ORDER BY i`;
}
