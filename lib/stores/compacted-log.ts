import { join } from 'node:path';
import { ConflictError } from '../domain/errors.ts';
import type { CompactedDay } from '../domain/monitoring/compacted-day.ts';
import { datesOf } from '../domain/monitoring/served-day.ts';
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

/** Downloads the rows of some days as Parquet; the local files, in the order of the days. */
export function downloadDays(
  days: readonly CompactedDay[],
  folder: string,
  data: ObjectStore,
): Promise<readonly string[]> {
  return Promise.all(
    days.map(async ({ date, key }) => {
      const file = join(folder, `${date}.parquet`);
      await requiredFile(data, key, file);
      return file;
    }),
  );
}
