import { join } from 'node:path';
import type { SliceObject } from '../domain/drift/source-shares.ts';
import { ConflictError } from '../domain/errors.ts';
import type { CompactedDay, DaySlice, PartProfile } from '../domain/monitoring/compacted-day.ts';
import { datesOf } from '../domain/monitoring/served-day.ts';
import { type Profile, profileSchema } from '../domain/profile/profile.ts';
import { keys } from '../names.ts';
import type { ObjectStore } from './objects/object-store.ts';
import type { Registry } from './registry/registry.ts';
import { sk } from './registry/sort-keys.ts';
import { requiredFile, requiredJson } from './required.ts';

export interface VersionWindow {
  readonly model: string;
  readonly version: number;
  /** Half open, ISO 8601 UTC. */
  readonly start: string;
  readonly end: string;
}

/**
 * The compacted days of a version's window, oldest first; days without predictions have none.
 *
 * @throws ConflictError when no day of it is compacted
 */
export async function compactedDays(
  window: VersionWindow,
  registry: Registry,
): Promise<readonly CompactedDay[]> {
  const { model, version, start } = window;
  const days = await Promise.all(
    datesOf(window).map((date) => registry.get<CompactedDay>(model, sk.day(date, version))),
  );
  const found = days.filter((day) => day !== undefined);
  if (found.length === 0)
    throw new ConflictError(
      `window ${start} of version ${version} must be compacted first, got no day of it`,
    );
  return found;
}

/** The files of a revision of a day or of a part of one, in the data bucket. */
export interface CompactedKeys {
  /** Of a part: which objects it is made of, its rows, its `PartProfile`. */
  readonly objects: string;
  readonly rows: string;
  readonly profile: string;
  /** Of a day: its `DayPlan`; its `DayProfile` is at `profile`. */
  readonly plan: string;
}

/** Where the files of a version's day are, by the revision of the day or of a part. */
export function compactedKeys({
  model,
  version,
  date,
}: Pick<CompactedDay, 'model' | 'version' | 'date'>): (revision: string) => CompactedKeys {
  return (revision) => {
    const stem = keys.compacted(model, version, date, revision);
    return {
      objects: `${stem}.objects.json`,
      rows: `${stem}.parquet`,
      profile: `${stem}.profile.json`,
      plan: `${stem}.plan.json`,
    };
  };
}

/** A slice with as many parts is named as a whole: it is a prefix of the log, and to read them all would take minutes. */
const MOST_PARTS_READ = 400;
const READ_AT_A_TIME = 10;

/**
 * The objects of a slice, each with its profile where there are several to choose among.
 *
 * @param columns whose profiles are wanted: hundreds of whole ones would not fit a function's memory
 */
export async function sliceObjects(
  day: Pick<CompactedDay, 'model' | 'version' | 'date'>,
  { start, parts }: Pick<DaySlice, 'start' | 'parts'>,
  columns: ReadonlySet<string>,
  data: ObjectStore,
): Promise<readonly SliceObject[]> {
  const of = compactedKeys(day);
  const objects = parts.map(({ revision }): SliceObject => ({ object: of(revision).rows }));
  if (parts.length < 2 || parts.length > MOST_PARTS_READ) return objects;
  const read: SliceObject[] = [];
  for (let at = 0; at < parts.length; at += READ_AT_A_TIME) {
    const some = parts.slice(at, at + READ_AT_A_TIME).map(async ({ revision }): Promise<SliceObject> => {
      const { slices } = await requiredJson<PartProfile>(data, of(revision).profile);
      const own = slices.find((slice) => slice.start === start);
      return { object: of(revision).rows, ...(own && { profile: only(columns, own.profile) }) };
    });
    read.push(...(await Promise.all(some)));
  }
  return read;
}

function only(columns: ReadonlySet<string>, profile: Profile): Profile {
  const { segments: _, joint: __, ...counted } = profileSchema.parse(profile);
  const kept = Object.entries(counted.columns).filter(([name]) => columns.has(name));
  return { ...counted, columns: Object.fromEntries(kept) };
}

/** Downloads the rows of some days as Parquet, a file a part; the local files, in the order of the days. */
export function downloadDays(
  days: readonly CompactedDay[],
  folder: string,
  data: ObjectStore,
): Promise<readonly string[]> {
  const rows = days.flatMap((day) => day.parts.map((part) => compactedKeys(day)(part.revision).rows));
  return Promise.all(
    rows.map(async (key, i) => {
      const file = join(folder, `part-${i}.parquet`);
      await requiredFile(data, key, file);
      return file;
    }),
  );
}
