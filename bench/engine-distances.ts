import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wasserstein } from '../lib/domain/drift/wasserstein.ts';
import { type NumericProfile, standardDeviation } from '../lib/domain/profile/column-profile.ts';
import { type Engine, openEngine } from '../lib/engine/engine.ts';
import { profileFile } from '../lib/engine/profile/profile-file.ts';
import { proposeBinning } from '../lib/engine/profile/propose-binning.ts';
import { quoteString } from '../lib/engine/sql-text.ts';
import { type EngineData, NUMERIC } from './engine-data.ts';
import type { Report } from './measure.ts';

const SIZES = { '100k': 100_000, '1m': 1_000_000 } as const;

/**
 * How far the Wasserstein distance of two profiles is from that of all their values, in reference standard deviations: the largest
 * over the numeric columns, of the first rows of both files.
 */
export async function benchDistances(data: EngineData, report: Report): Promise<void> {
  const engine = await openEngine({ memoryMb: 512, threads: 1 });
  const folder = await mkdtemp(join(tmpdir(), 'mooring-bench-'));
  try {
    for (const [size, rows] of Object.entries(SIZES)) {
      const base = await head(data.base, rows, join(folder, `base-${size}.parquet`), engine);
      const current = await head(data.current, rows, join(folder, `current-${size}.parquet`), engine);
      const value = await largestError(base, current, engine);
      report({ bench: 'engine', metric: `w1-error-${size}`, value, unit: 'σ' });
    }
  } finally {
    engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function head(file: string, rows: number, to: string, engine: Engine): Promise<string> {
  await engine.copy(`SELECT * FROM read_parquet(${quoteString(file)}) LIMIT ${rows}`, to);
  return to;
}

async function largestError(base: string, current: string, engine: Engine): Promise<number> {
  const columns = NUMERIC.map((name) => ({ name, kind: 'numeric' as const }));
  const binning = await proposeBinning({ file: base, columns }, engine);
  const [reference, window] = [
    await profileFile({ file: base, binning, source: 'base' }, engine),
    await profileFile({ file: current, binning, source: 'current' }, engine),
  ];
  let largest = 0;
  for (const name of NUMERIC) {
    const { edges } = binning.columns[name] as { readonly edges: readonly number[] };
    const before = reference.columns[name] as NumericProfile;
    const measured = wasserstein(before, window.columns[name] as NumericProfile, edges)?.distance ?? 0;
    const exact = exactDistance(await sorted(base, name, engine), await sorted(current, name, engine));
    const error = Math.abs(measured - exact) / standardDeviation(before);
    process.stderr.write(
      `${name} ${exact / standardDeviation(before)} σ, off by ${error} σ, ${edges.length} edges\n`,
    );
    largest = Math.max(largest, error);
  }
  return largest;
}

async function sorted(file: string, name: string, engine: Engine): Promise<Float64Array> {
  const rows = await engine.query<{ x: number }>(
    `SELECT CAST(${name} AS DOUBLE) AS x FROM read_parquet(${quoteString(file)}) WHERE isfinite(x)`,
  );
  return Float64Array.from(rows, ({ x }) => x).sort();
}

/** W1 = ∫|F − G| over the sorted values of both. */
function exactDistance(a: Float64Array, b: Float64Array): number {
  let [i, j, distance] = [0, 0, 0];
  let at = Math.min(a[0] as number, b[0] as number);
  while (i < a.length || j < b.length) {
    const next = Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY);
    distance += Math.abs(i / a.length - j / b.length) * (next - at);
    while (a[i] === next) i++;
    while (b[j] === next) j++;
    at = next;
  }
  return distance;
}
