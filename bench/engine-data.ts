import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { STATE_DIR } from '../local/cloud.ts';

/** Columns of the made-up tables: every shape of numbers that data has, and texts of few and of many values. */
export const NUMERIC = [
  'x_norm',
  'x_lognorm',
  'x_unif',
  'x_count',
  'x_amount',
  'x_f32',
  'x_zinf',
  'x_nan',
] as const;
export const CATEGORICAL = ['k5', 'k20', 'k200', 'k1000'] as const;

export interface EngineData {
  readonly base: string;
  /** The same with drift in x_norm, x_lognorm's nulls, x_count, x_zinf, k5 and k200. */
  readonly current: string;
}

/** Two Parquet files of that many rows, made once and kept: ten million take some minutes and 0.9 GB. */
export async function engineData(rows: number): Promise<EngineData> {
  const folder = join(STATE_DIR, 'bench', `engine-${rows}`);
  await mkdir(folder, { recursive: true });
  const [base, current] = [join(folder, 'base.parquet'), join(folder, 'current.parquet')];
  await make(base, rows, 0.42, false);
  await make(current, rows, 0.77, true);
  return { base, current };
}

/** In a process of its own: whoever has held ten million rows in memory measures slower afterwards. */
async function make(file: string, rows: number, seed: number, drifted: boolean): Promise<void> {
  if (existsSync(file)) return;
  process.stderr.write(`making ${file}\n`);
  const script = join(import.meta.dirname, 'engine-data-child.ts');
  const work = JSON.stringify({ file, rows, seed, drifted } satisfies DataWork);
  await promisify(execFile)(process.execPath, ['--experimental-strip-types', script, work], {
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
}

export interface DataWork {
  readonly file: string;
  readonly rows: number;
  readonly seed: number;
  readonly drifted: boolean;
}
