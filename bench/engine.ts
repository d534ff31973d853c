import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { benchCalibration } from './engine-calibration.ts';
import { engineData } from './engine-data.ts';
import { benchDistances } from './engine-distances.ts';
import { benchSpeed } from './engine-speed.ts';
import type { Report } from './measure.ts';
import { benchRules } from './rules.ts';

const ROWS = 10_000_000;

/** Parts of the engine's benchmark, in order; `MOORING_BENCH_ENGINE` names some of them, with commas. */
const PARTS: Readonly<Record<string, (report: Report) => Promise<void> | void>> = {
  distances: async (report) => benchDistances(await engineData(ROWS), report),
  rules: async (report) => benchRules((await engineData(ROWS)).current, report),
  calibration: benchCalibration,
  speed: async (report) => benchSpeed(await engineData(ROWS), report),
};

/** Speed, memory and exactness of profiles, of the row rules, and of verdicts; of several parts each in a process of its own. */
export async function benchEngine(report: Report): Promise<void> {
  const wanted = process.env.MOORING_BENCH_ENGINE?.split(',') ?? Object.keys(PARTS);
  const unknown = wanted.find((name) => !(name in PARTS));
  if (unknown !== undefined)
    throw new RangeError(
      `MOORING_BENCH_ENGINE names parts of ${Object.keys(PARTS).join(', ')}, got ${unknown}`,
    );
  const [only, ...others] = wanted;
  if (only !== undefined && others.length === 0) await PARTS[only]?.(report);
  else for (const name of wanted) await inItsOwnProcess(name);
}

/** The heap that a part leaves makes every collection after it slower: a scan, which asks for many, takes twice its time. */
async function inItsOwnProcess(part: string): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--experimental-strip-types', join(import.meta.dirname, 'main.ts'), 'engine'],
    { env: { ...process.env, MOORING_BENCH_ENGINE: part }, stdio: 'inherit' },
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`part ${part} of the benchmark ends well, got ${code}`);
}
