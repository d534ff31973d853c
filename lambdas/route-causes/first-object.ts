import type { BadPart, FoundCause } from '../../lib/domain/causes/cause.ts';
import type { CauseQuestion } from '../../lib/domain/causes/question.ts';
import { firstBadObject } from '../../lib/domain/drift/source-shares.ts';
import type { CompactedDay, DayProfile } from '../../lib/domain/monitoring/compacted-day.ts';
import { type Binning, binningSchema } from '../../lib/domain/profile/binning.ts';
import type { ColumnProfile } from '../../lib/domain/profile/column-profile.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import { sliceObjects } from '../../lib/stores/compacted-log.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { requiredItem, requiredJson, requiredSpec } from '../../lib/stores/required.ts';
import type { RouteCausesDeps } from './cause-question.ts';

interface Versioned {
  readonly model: string;
  readonly version: number;
}

/**
 * Causes whose first bad day, or hour, lies in several objects name the first of them that shows it; a cause that names a refused call has
 * its object. Of columns that fell ill together the first one says where.
 */
export function withFirstObject(
  causes: readonly FoundCause[],
  of: Versioned,
  question: CauseQuestion,
  deps: RouteCausesDeps,
): Promise<readonly FoundCause[]> {
  return Promise.all(
    causes.map(async (cause) => {
      const object = await firstObject(cause, of, question, deps);
      return object === undefined ? cause : { ...cause, firstBad: object };
    }),
  );
}

async function firstObject(
  { columns: [name], firstBad }: FoundCause,
  { model, version }: Versioned,
  { parts, reference }: CauseQuestion,
  deps: RouteCausesDeps,
): Promise<BadPart | undefined> {
  const part = parts.find(({ start }) => start === firstBad?.start);
  if (name === undefined || firstBad === undefined || part === undefined) return undefined;
  if (firstBad.object !== part.object) return undefined;
  const day = await deps.registry.get<CompactedDay>(model, sk.day(part.start.slice(0, 10), version));
  if (day === undefined || day.parts.length < 2) return undefined;
  const { slices } = await requiredJson<DayProfile>(deps.data, day.profileKey);
  const own = slices.find(({ start }) => start === part.start);
  const { binning, threshold } = await rulesOf({ model, version }, deps);
  const column = binning.columns[name];
  if (own === undefined || column === undefined) return undefined;
  const objects = await sliceObjects(day, own, new Set([name]), deps.data);
  const asked = {
    name,
    reference: reference.columns[name] as ColumnProfile,
    window: part.profile.columns[name] as ColumnProfile,
    binning: column,
    threshold,
  };
  const object = firstBadObject(asked, { objects });
  return object === undefined ? undefined : { start: firstBad.start, end: firstBad.end, object };
}

async function rulesOf(
  { model, version: number }: Versioned,
  { registry, artifacts }: RouteCausesDeps,
): Promise<{ readonly binning: Binning; readonly threshold: number }> {
  const version = await requiredItem<ModelVersion>(registry, model, sk.version(number));
  const spec = await requiredSpec(registry, model, version.specHash);
  const binning = binningSchema.parse(await requiredJson(artifacts, version.binningKey));
  return { binning, threshold: spec.monitoring.drift.threshold };
}
