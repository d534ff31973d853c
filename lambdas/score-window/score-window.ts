import { z } from 'zod';
import { scoreProfiles } from '../../lib/domain/drift/score-profiles.ts';
import type { DriftVerdict } from '../../lib/domain/drift/verdict.ts';
import type { CompactedDay, DayProfile } from '../../lib/domain/monitoring/compacted-day.ts';
import { scoredEntry } from '../../lib/domain/monitoring/scored-entry.ts';
import { sourcesHash } from '../../lib/domain/monitoring/served-day.ts';
import { type Binning, binningSchema } from '../../lib/domain/profile/binning.ts';
import { mergeProfiles } from '../../lib/domain/profile/merge-profiles.ts';
import { emptyProfile, type Profile, profileSchema } from '../../lib/domain/profile/profile.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import type { DriftWindow } from '../../lib/domain/registry/window.ts';
import { keys } from '../../lib/names.ts';
import type { Now } from '../../lib/runtime/clock.ts';
import { compactedDays } from '../../lib/stores/compacted-log.ts';
import type { ObjectStore } from '../../lib/stores/object-store.ts';
import type { Decision, Registry } from '../../lib/stores/registry.ts';
import { known, requiredItem, requiredJson, requiredSpec } from '../../lib/stores/required.ts';
import { sk } from '../../lib/stores/sort-keys.ts';

export const scoreWindowInput = z.object({
  model: z.string().min(1),
  version: z.number().int().positive(),
  start: z.iso.datetime(),
  end: z.iso.datetime(),
});
type Input = z.output<typeof scoreWindowInput>;

export interface ScoreWindowDeps {
  readonly registry: Registry;
  readonly data: ObjectStore;
  readonly artifacts: ObjectStore;
  readonly now: Now;
}

export interface WindowScored {
  readonly model: string;
  readonly version: number;
  readonly start: string;
  readonly verdict: DriftVerdict;
}

/**
 * How far a window of served predictions lies from what its version learned from. Works on profiles alone; the same profiles
 * again change nothing, and late records make a new revision.
 */
export async function scoreWindow(input: Input, deps: ScoreWindowDeps): Promise<WindowScored> {
  const { model, version: number, start, end } = input;
  const version = await requiredItem<ModelVersion>(deps.registry, model, sk.version(number));
  const { monitoring } = await requiredSpec(deps.registry, model, version.specHash);
  const binning = binningSchema.parse(await requiredJson(deps.artifacts, version.binningKey));
  const reference = profileSchema.parse(await requiredJson(deps.artifacts, version.referenceProfileKey));
  const days = await compactedDays(input, deps.registry);
  const profile = await windowProfile(input, days, binning, deps.data);
  const sources = sourcesHash(days, input);
  const profileKey = keys.profile(model, `window-${start}-v${number}-${sources.slice(0, 16)}`);
  await deps.artifacts.putJson(profileKey, profile);
  const score = scoreProfiles({ reference, window: profile, binning, drift: monitoring.drift });
  const { rows } = profile;
  const scored = { model, kind: 'drift', version: number, start, end, rows, profileKey, ...score } as const;
  const { verdict } = await save({ ...scored, sourcesHash: sources }, deps);
  return { model, version: number, start, verdict };
}

async function windowProfile(
  { start, end }: Input,
  days: readonly CompactedDay[],
  binning: Binning,
  data: ObjectStore,
): Promise<Profile> {
  const profiles = await Promise.all(days.map((day) => requiredJson<DayProfile>(data, day.profileKey)));
  const slices = profiles
    .flatMap((day) => day.slices)
    .filter((slice) => slice.start >= start && slice.start < end);
  return slices
    .map((slice) => profileSchema.parse(slice.profile))
    .reduce(mergeProfiles, emptyProfile(binning));
}

type Scored = Omit<DriftWindow, 'revision' | 'scoredAt' | 'signal'>;

function save(scored: Scored, { registry, now }: ScoreWindowDeps): Promise<DriftWindow> {
  const { model, start, version } = scored;
  const key = sk.window(start, 'drift', version);
  const scoredAt = now().toISOString();
  return registry.decide(model, async (current): Promise<Decision<DriftWindow>> => {
    known(model, current);
    const before = await registry.get<DriftWindow>(model, key);
    if (before?.sourcesHash === scored.sourcesHash) return { answer: before };
    const signal = before?.signal;
    const revision = (before?.revision ?? 0) + 1;
    const window: DriftWindow = { ...scored, revision, scoredAt, ...(signal && { signal }) };
    return { answer: window, entry: scoredEntry(window, before), writes: [{ sk: key, item: window }] };
  });
}
