import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { scoreProfiles } from '../lib/domain/drift/score-profiles.ts';
import { type Engine, openEngine } from '../lib/engine/engine.ts';
import { profileFile } from '../lib/engine/profile/profile-file.ts';
import { proposeBinning } from '../lib/engine/profile/propose-binning.ts';
import { quoteString } from '../lib/engine/sql-text.ts';
import { CATEGORICAL, type EngineData, NUMERIC } from './engine-data.ts';
import { segmentsOverPlain } from './engine-segments.ts';
import type { Work } from './engine-work.ts';
import { cpuSecondsOf, percentile, type Report } from './measure.ts';

const ROUNDS = 9;
const ENGINE = { memoryMb: 256, threads: 1 } as const;
const DRIFT = { threshold: 0.1, minRows: 500, minShareOfColumns: 0.1, ignore: [] };

/** What one worker took. */
export interface Scored {
  readonly cpuSeconds: number;
  readonly rssMb: number;
}

/**
 * Profile and score of a file over the decode floor: reading all its columns and keeping the largest of each. CPU-seconds of one
 * process and one engine thread, turn by turn; the median of each side.
 */
export async function benchSpeed({ base, current }: EngineData, report: Report): Promise<void> {
  const engine = await openEngine(ENGINE);
  const binning = await proposeBinning({ file: base, columns: columns() }, engine);
  const reference = await profileFile({ file: base, binning, source: 'base' }, engine);
  const seconds: { readonly floor: number[]; readonly ours: number[] } = { floor: [], ours: [] };
  for (let round = 0; round < ROUNDS; round++) {
    seconds.floor.push(await cpuSecondsOf(() => decode(current, engine)));
    seconds.ours.push(await cpuSecondsOf(() => profileAndScore({ current, binning, reference }, engine)));
  }
  const segments = await segmentsOverPlain({ current, binning, reference }, engine);
  engine.close();
  const [floor, ours] = [percentile(seconds.floor, 50), percentile(seconds.ours, 50)];
  report({ bench: 'engine', metric: 'floor-cpu', value: floor, unit: 's' });
  report({ bench: 'engine', metric: 'profile-and-score-cpu', value: ours, unit: 's' });
  report({ bench: 'engine', metric: 'score-over-floor', value: ours / floor, unit: 'ratio' });
  report({ bench: 'engine', metric: 'segments-over-plain', value: segments, unit: 'ratio' });
  const child = await inChild({ current, binning, reference });
  report({ bench: 'engine', metric: 'rss-mb', value: child.rssMb, unit: 'MB' });
}

export async function profileAndScore({ current, binning, reference }: Work, engine: Engine) {
  const window = await profileFile({ file: current, binning, source: 'current' }, engine);
  return scoreProfiles({ reference, window, binning, drift: DRIFT });
}

export function openBenchEngine(): Promise<Engine> {
  return openEngine(ENGINE);
}

async function decode(file: string, engine: Engine): Promise<void> {
  const largest = [...NUMERIC, ...CATEGORICAL].map((name) => `max(${name})`);
  await engine.query(`SELECT ${largest.join(', ')} FROM read_parquet(${quoteString(file)})`);
}

/** In a process of its own, whose memory is that of one worker. */
async function inChild(work: Work): Promise<Scored> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-bench-'));
  try {
    const file = join(folder, 'work.json');
    await writeFile(file, JSON.stringify(work));
    const script = join(import.meta.dirname, 'engine-child.ts');
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--experimental-strip-types', script, file],
      { env: { ...process.env, NODE_NO_WARNINGS: '1' } },
    );
    return JSON.parse(stdout) as Scored;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function columns() {
  return [
    ...NUMERIC.map((name) => ({ name, kind: 'numeric' as const })),
    ...CATEGORICAL.map((name) => ({ name, kind: 'categorical' as const })),
  ];
}
