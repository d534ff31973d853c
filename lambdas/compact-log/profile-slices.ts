import { join } from 'node:path';
import type { PartSlice } from '../../lib/domain/monitoring/compacted-day.ts';
import { EVENT_TIME } from '../../lib/domain/monitoring/day-columns.ts';
import type { ServedSlice } from '../../lib/domain/monitoring/served-day.ts';
import type { Binning } from '../../lib/domain/profile/binning.ts';
import type { ModelSpec } from '../../lib/domain/spec.ts';
import { jointScale } from '../../lib/domain/statistics/joint/joint-scale.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import { profileFile } from '../../lib/engine/profile/profile-file.ts';
import { validateServed } from '../../lib/engine/rules/validate-served.ts';
import { quoteIdentifier, quoteString } from '../../lib/engine/sql-text.ts';

export interface SlicedPart {
  /** Compacted rows, as Parquet. */
  readonly file: string;
  /** Scratch space. */
  readonly folder: string;
  readonly binning: Binning;
  readonly spec: ModelSpec;
  /** Key that the rows are uploaded to. */
  readonly object: string;
}

/** What the slices of compacted rows hold, one at a time. */
export async function profileSlices(
  slices: readonly ServedSlice[],
  part: SlicedPart,
  engine: Engine,
): Promise<readonly PartSlice[]> {
  const profiled: PartSlice[] = [];
  for (const { start } of slices) profiled.push(await sliceOf(start, part, engine));
  return profiled;
}

async function sliceOf(
  start: string,
  { file, folder, binning, spec, object }: SlicedPart,
  engine: Engine,
): Promise<PartSlice> {
  const where = spec.monitoring.window === 'hour' ? inHour(start) : 'true';
  const rows = where === 'true' ? file : await hourOf(file, start, where, folder, engine);
  const joint = jointScale(binning.columns, spec.monitoring.drift.ignore);
  return {
    start,
    profile: await profileFile({ file: rows, binning, source: `${object}@${start}`, joint }, engine),
    report: await validateServed({ file, object, spec, where }, engine),
  };
}

function inHour(start: string): string {
  const time = quoteIdentifier(EVENT_TIME);
  const from = `TIMESTAMP ${quoteString(start.replace('Z', ''))}`;
  return `${time} >= ${from} AND ${time} < ${from} + INTERVAL 1 HOUR`;
}

async function hourOf(
  file: string,
  start: string,
  where: string,
  folder: string,
  engine: Engine,
): Promise<string> {
  const hour = join(folder, `hour-${start.slice(11, 13)}.parquet`);
  await engine.copy(`SELECT * FROM read_parquet(${quoteString(file)}) WHERE ${where}`, hour);
  return hour;
}
