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
  // Last: for minutes after the data was made, which takes gigabytes, the machine measures slower.
  speed: async (report) => benchSpeed(await engineData(ROWS), report),
};

/** Speed, memory and exactness of profiles, of the row rules, and of verdicts. */
export async function benchEngine(report: Report): Promise<void> {
  const wanted = process.env.MOORING_BENCH_ENGINE?.split(',') ?? Object.keys(PARTS);
  const parts = wanted.map((name) => {
    const part = PARTS[name];
    if (part) return part;
    throw new RangeError(`MOORING_BENCH_ENGINE names parts of ${Object.keys(PARTS).join(', ')}, got ${name}`);
  });
  for (const part of parts) await part(report);
}
