import { z } from 'zod';
import type {
  CompactedDay,
  DayPlan,
  DayProfile,
  PartProfile,
} from '../../lib/domain/monitoring/compacted-day.ts';
import {
  type MergedParts,
  mergePart,
  NO_PARTS,
  partsTogether,
} from '../../lib/domain/monitoring/merge-parts.ts';
import { profileSchema } from '../../lib/domain/profile/profile.ts';
import { compactedKeys } from '../../lib/stores/compacted-log.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { requiredJson } from '../../lib/stores/required.ts';

export const mergeDayInput = z.object({
  model: z.string().min(1),
  version: z.number().int().positive(),
  date: z.iso.date(),
  /** Of the day's plan. */
  revision: z.string().min(1),
});
type Input = z.output<typeof mergeDayInput>;

export interface MergeDayDeps {
  readonly registry: Registry;
  readonly data: ObjectStore;
}

export interface DayMerged extends Input {
  readonly rows: number;
}

/** Documents read ahead while one is merged; each may hold a few megabytes. */
const READ_AHEAD = 8;

/** The parts of a day become the day: one profile a slice, and the item that says where its rows are. A repeat writes the same. */
export async function mergeDay(input: Input, { registry, data }: MergeDayDeps): Promise<DayMerged> {
  const { model, version, date } = input;
  const of = compactedKeys(input);
  const { day, listedAt, parts } = await requiredJson<DayPlan>(data, of(input.revision).plan);
  let merged: MergedParts = NO_PARTS;
  for (let at = 0; at < parts.length; at += READ_AHEAD) {
    const some = parts.slice(at, at + READ_AHEAD);
    const read = await Promise.all(some.map((part) => readPart(of(part.revision).profile, data)));
    merged = some.reduce((sum, part, i) => mergePart(sum, part, read[i] as PartProfile), merged);
  }
  const profileKey = of(input.revision).profile;
  await data.putJson(profileKey, { slices: merged.slices } satisfies DayProfile);
  const item: CompactedDay = { ...day, listedAt, model, version, profileKey, ...partsTogether(merged) };
  await registry.put(model, sk.day(date, version), item);
  return { ...input, rows: item.rows };
}

async function readPart(key: string, data: ObjectStore): Promise<PartProfile> {
  const part = await requiredJson<PartProfile>(data, key);
  const slices = part.slices.map((slice) => ({ ...slice, profile: profileSchema.parse(slice.profile) }));
  return { ...part, slices };
}
