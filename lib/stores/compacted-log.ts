import { join } from 'node:path';
import { ConflictError } from '../domain/errors.ts';
import type { CompactedDay } from '../domain/monitoring/compacted-day.ts';
import { datesOf } from '../domain/monitoring/served-day.ts';
import { keys } from '../names.ts';
import type { ObjectStore } from './object-store.ts';
import type { Registry } from './registry.ts';
import { requiredFile } from './required.ts';
import { sk } from './sort-keys.ts';

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
