import type { CauseQuestion, WindowPart } from '../../lib/domain/causes/question.ts';
import { isSpoiled } from '../../lib/domain/causes/spoiled.ts';
import { LOOKBACK_DAYS, trafficByDay, trafficByHour } from '../../lib/domain/causes/traffic.ts';
import type { CompactedDay, DayProfile } from '../../lib/domain/monitoring/compacted-day.ts';
import { type Profile, profileSchema } from '../../lib/domain/profile/profile.ts';
import type { Incident } from '../../lib/domain/registry/incident.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import type { DriftWindow, QualityWindow } from '../../lib/domain/registry/window.ts';
import type { Now } from '../../lib/runtime/clock.ts';
import { compactedKeys } from '../../lib/stores/compacted-log.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import { listAll, type Registry } from '../../lib/stores/registry/registry.ts';
import { sk, skPrefix } from '../../lib/stores/registry/sort-keys.ts';
import { requiredItem, requiredJson, requiredSpec } from '../../lib/stores/required.ts';
import { newestWindows } from './newest-windows.ts';

export interface RouteCausesDeps {
  readonly registry: Registry;
  readonly data: ObjectStore;
  readonly artifacts: ObjectStore;
  readonly now: Now;
}

/** Good windows to compare with: a season back, and few enough to read. */
const FORMER_WINDOWS = 6;
/** Four weeks of days say what is usual for a day, and how weeks differ. */
const FORMER_DAYS = 28;

/** What is asked of a window, and how its version wants incidents to end. */
export interface AskedOfWindow {
  readonly question: CauseQuestion;
  readonly cleanWindows: number;
}

/** Gathers all that speaks for or against a cause of a window: counts and profiles, never rows. */
export async function causeQuestion(window: DriftWindow, deps: RouteCausesDeps): Promise<AskedOfWindow> {
  const { registry, data, artifacts } = deps;
  const { model, version: number, start } = window;
  const version = await requiredItem<ModelVersion>(registry, model, sk.version(number));
  const spec = await requiredSpec(registry, model, version.specHash);
  const incidents = await listAll<Incident>(registry, model, skPrefix.incident);
  const days = await listAll<CompactedDay>(registry, model, skPrefix.day);
  const own = days.filter((day) => day.version === number);
  const hours = spec.monitoring.window === 'hour' ? 1 : 24;
  const windows = await recentWindows(window, hours, registry);
  const good = windows
    .filter((w) => w.version === number && w.start < start && w.rows > 0 && !isSpoiled(incidents, w))
    .slice(-FORMER_WINDOWS);
  const inGood = (at: string) => good.some((w) => at >= w.start && at < w.end);
  const goodDays = own.filter(({ slices }) => slices.some((slice) => inGood(slice.start)));
  const quality = await registry.get<QualityWindow>(model, sk.window(start, 'quality', number));
  const question: CauseQuestion = {
    window,
    profile: await readProfile(artifacts, window.profileKey),
    parts: await partsOf(window, own, hours, data),
    reference: await readProfile(artifacts, version.referenceProfileKey),
    former: await Promise.all(good.map(({ profileKey }) => readProfile(artifacts, profileKey))),
    formerParts: (await Promise.all(goodDays.slice(-FORMER_DAYS).map((day) => slicesOf(day, hours, data))))
      .flat()
      .filter((part) => inGood(part.start))
      .map(({ profile }) => profile),
    traffic: hours === 1 ? trafficByHour(window, windows) : trafficByDay(window, days),
    findings: window.findings ?? [],
    ...(quality && { quality }),
    columns: spec.schema.columns,
    minRows: spec.monitoring.drift.minRows,
  };
  return { question, cleanWindows: spec.monitoring.incidents.cleanWindows };
}

/** Enough windows to find the former good ones among, even where a few were bad; for hours, as many weeks as traffic is compared over. */
async function recentWindows(
  { model, start, version }: DriftWindow,
  hours: number,
  registry: Registry,
): Promise<readonly DriftWindow[]> {
  const before = (read: readonly DriftWindow[]) =>
    read.filter((window) => window.version === version && window.start < start).length;
  const since = new Date(Date.parse(start) - LOOKBACK_DAYS * DAY_MS).toISOString();
  return newestWindows(
    model,
    (window, read) =>
      hours === 1 ? window.start < since : window.start < since && before(read) >= 2 * FORMER_WINDOWS,
    registry,
  );
}

/** The window's days, or its hour. */
async function partsOf(
  { start, end }: DriftWindow,
  days: readonly CompactedDay[],
  hours: number,
  data: ObjectStore,
): Promise<readonly WindowPart[]> {
  const own = days.filter(({ slices }) => slices.some((slice) => slice.start >= start && slice.start < end));
  const parts = await Promise.all(own.map((day) => slicesOf(day, hours, data)));
  return parts
    .flat()
    .filter((part) => part.start >= start && part.start < end)
    .sort((a, b) => (a.start < b.start ? -1 : 1));
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

async function slicesOf(day: CompactedDay, hours: number, data: ObjectStore): Promise<readonly WindowPart[]> {
  const { slices } = await requiredJson<DayProfile>(data, day.profileKey);
  return slices.map(({ start, profile, parts }) => ({
    start,
    end: new Date(Date.parse(start) + hours * HOUR_MS).toISOString(),
    object: compactedKeys(day)(parts[0]?.revision ?? '').rows,
    profile: profileSchema.parse(profile),
  }));
}

async function readProfile(store: ObjectStore, key: string): Promise<Profile> {
  return profileSchema.parse(await requiredJson(store, key));
}
