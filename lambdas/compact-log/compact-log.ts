import { join } from 'node:path';
import { z } from 'zod';
import { NotFoundError } from '../../lib/domain/errors.ts';
import { coverageOf } from '../../lib/domain/intake/coverage.ts';
import type { CompactedDay, DayProfile, DaySlice } from '../../lib/domain/monitoring/compacted-day.ts';
import {
  dayColumns,
  EVENT_TIME,
  PREDICTION_ID,
  RECEIVED_AT,
} from '../../lib/domain/monitoring/day-columns.ts';
import { type ServedDay, servedDays } from '../../lib/domain/monitoring/served-day.ts';
import { type Binning, binningSchema } from '../../lib/domain/profile/binning.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import type { ModelSpec } from '../../lib/domain/spec.ts';
import { jointScale } from '../../lib/domain/statistics/joint/joint-scale.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import { jsonLinesToParquet } from '../../lib/engine/json-lines.ts';
import { profileFile } from '../../lib/engine/profile-file.ts';
import { quoteIdentifier, quoteString } from '../../lib/engine/sql-text.ts';
import { validateServed } from '../../lib/engine/validate-served.ts';
import { keys } from '../../lib/names.ts';
import { withTempFolder } from '../../lib/runtime/temp-folder.ts';
import type { ObjectListing, ObjectStore } from '../../lib/stores/object-store.ts';
import type { Registry } from '../../lib/stores/registry.ts';
import { requiredItem, requiredJson, requiredSpec } from '../../lib/stores/required.ts';
import { sk } from '../../lib/stores/sort-keys.ts';
import { readLog } from './read-log.ts';

export const compactLogInput = z.object({
  model: z.string().min(1),
  version: z.number().int().positive(),
  date: z.iso.date(),
});
type Input = z.output<typeof compactLogInput>;

export interface CompactLogDeps {
  readonly registry: Registry;
  readonly data: ObjectStore;
  readonly artifacts: ObjectStore;
  readonly engine: Engine;
}

export interface LogCompacted extends Input {
  readonly rows: number;
  readonly key: string;
}

/**
 * One day of a version's log as one Parquet file, and a profile and the broken rules of each slice. A prediction that was delivered twice counts once.
 * Files are named by the raw objects they were made of, so late records make new files and a repeat the same ones.
 */
export async function compactLog(input: Input, deps: CompactLogDeps): Promise<LogCompacted> {
  const { model, version: number, date } = input;
  const version = await requiredItem<ModelVersion>(deps.registry, model, sk.version(number));
  const spec = await requiredSpec(deps.registry, model, version.specHash);
  const listing = await deps.data.list(keys.predictionsOfDay(model, number, date));
  const [day] = servedDays(listing, spec.monitoring.window);
  if (day === undefined) throw new NotFoundError(`version ${number} of model ${model} has no log of ${date}`);
  const binning = binningSchema.parse(await requiredJson(deps.artifacts, version.binningKey));
  const stem = keys.compacted(model, number, date, day.revision.slice(0, 32));
  const compacted: Omit<CompactedDay, 'rows'> = {
    ...day,
    model,
    version: number,
    key: `${stem}.parquet`,
    profileKey: `${stem}.profile.json`,
  };
  const read = await withTempFolder(async (folder) => {
    const { files, bytes, unreadable } = await readLog(listing, folder, deps.data);
    const output = join(folder, 'day.parquet');
    const columns = dayColumns(spec, binning);
    const dedup = { distinctBy: PREDICTION_ID, orderBy: [RECEIVED_AT] };
    const rows = await jsonLinesToParquet({ files, columns, ...dedup, output }, deps.engine);
    const work = { file: output, folder, day, binning, spec, stem };
    await deps.data.putJson(compacted.profileKey, await profileDay(work, deps.engine));
    await deps.data.upload(output, compacted.key);
    return { rows, ...coverageOfDay({ rows, bytes }, unreadable) };
  });
  await deps.registry.put(model, sk.day(date, number), { ...compacted, ...read });
  return { model, version: number, date, rows: read.rows, key: compacted.key };
}

function coverageOfDay(
  counted: { readonly rows: number; readonly bytes: number },
  unreadable: readonly ObjectListing[],
): Pick<CompactedDay, 'coverage' | 'unreadable'> {
  if (unreadable.length === 0) return {};
  return { coverage: coverageOf(counted, unreadable), unreadable: unreadable.map(({ key }) => key) };
}

interface DayWork {
  readonly file: string;
  readonly folder: string;
  readonly day: ServedDay;
  readonly binning: Binning;
  readonly spec: ModelSpec;
  readonly stem: string;
}

async function profileDay({ day, ...work }: DayWork, engine: Engine): Promise<DayProfile> {
  const slices: DaySlice[] = [];
  for (const { start } of day.slices) slices.push(await sliceOf(start, work, engine));
  return { slices };
}

async function sliceOf(
  start: string,
  { file, folder, binning, spec, stem }: Omit<DayWork, 'day'>,
  engine: Engine,
): Promise<DaySlice> {
  const where = spec.monitoring.window === 'hour' ? inHour(start) : 'true';
  const part = where === 'true' ? file : await hourOf(file, start, where, folder, engine);
  const joint = jointScale(binning.columns, spec.monitoring.drift.ignore);
  return {
    start,
    profile: await profileFile({ file: part, binning, source: `${stem}@${start}`, joint }, engine),
    report: await validateServed({ file, object: `${stem}.parquet`, spec, where }, engine),
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
  const part = join(folder, `hour-${start.slice(11, 13)}.parquet`);
  await engine.copy(`SELECT * FROM read_parquet(${quoteString(file)}) WHERE ${where}`, part);
  return part;
}
