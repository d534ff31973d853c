import { join } from 'node:path';
import { z } from 'zod';
import { coverageOf } from '../../lib/domain/intake/coverage.ts';
import type { PartProfile } from '../../lib/domain/monitoring/compacted-day.ts';
import { dayColumns, PREDICTION_ID, RECEIVED_AT } from '../../lib/domain/monitoring/day-columns.ts';
import type { LogPart } from '../../lib/domain/monitoring/log-parts.ts';
import { servedDays } from '../../lib/domain/monitoring/served-day.ts';
import { binningSchema } from '../../lib/domain/profile/binning.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import { jsonLinesToParquet } from '../../lib/engine/read/json-lines.ts';
import { withTempFolder } from '../../lib/runtime/temp-folder.ts';
import { compactedKeys } from '../../lib/stores/compacted-log.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { requiredItem, requiredJson, requiredSpec } from '../../lib/stores/required.ts';
import { profileSlices } from './profile-slices.ts';
import { readLog } from './read-log.ts';

export const compactLogInput = z.object({
  model: z.string().min(1),
  version: z.number().int().positive(),
  date: z.iso.date(),
  /** Of a planned part. */
  revision: z.string().min(1),
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
}

/**
 * One part of a day of a version's log as one Parquet file, and a profile and the broken rules of each slice. Files are named by
 * the raw objects they were made of and the profile is written last: a part that has one is whole, and a repeat leaves it alone. One
 * that could not be read whole is tried again.
 */
export async function compactLog(input: Input, deps: CompactLogDeps): Promise<LogCompacted> {
  const of = compactedKeys(input)(input.revision);
  const { prefix, objects } = await requiredJson<LogPart>(deps.data, of.objects);
  const done = await deps.data.getJson<PartProfile>(of.profile);
  if (done !== undefined && done.unreadable === undefined) return { ...input, rows: done.rows };
  const part = await compactPart({ ...input, prefix, objects }, of.rows, deps);
  await deps.data.putJson(of.profile, part);
  return { ...input, rows: part.rows };
}

async function compactPart(
  { model, version: number, objects }: Input & LogPart,
  rowsKey: string,
  deps: CompactLogDeps,
): Promise<PartProfile> {
  const version = await requiredItem<ModelVersion>(deps.registry, model, sk.version(number));
  const spec = await requiredSpec(deps.registry, model, version.specHash);
  const binning = binningSchema.parse(await requiredJson(deps.artifacts, version.binningKey));
  return withTempFolder(async (folder) => {
    const { files, bytes, unreadable } = await readLog(objects, folder, deps.data);
    const file = join(folder, 'part.parquet');
    const columns = dayColumns(spec, binning);
    const dedup = { distinctBy: PREDICTION_ID, orderBy: [RECEIVED_AT] };
    const rows = await jsonLinesToParquet({ files, columns, ...dedup, output: file }, deps.engine);
    const starts = servedDays(objects, spec.monitoring.window).flatMap(({ slices }) => slices);
    const work = { file, folder, binning, spec, object: rowsKey };
    const slices = await profileSlices(starts, work, deps.engine);
    await deps.data.upload(file, rowsKey);
    if (unreadable.length === 0) return { rows, slices };
    const coverage = coverageOf({ rows, bytes }, unreadable);
    return { rows, slices, coverage, unreadable: unreadable.map(({ key }) => key) };
  });
}
