import { z } from 'zod';
import { isSpoiled } from '../../lib/domain/causes/spoiled.ts';
import { eventClock, type NewestEvent, watermark } from '../../lib/domain/data/watermark.ts';
import { isDecided, type Upload } from '../../lib/domain/intake/upload.ts';
import type { CompactedDay } from '../../lib/domain/monitoring/compacted-day.ts';
import { emptyWindows, type InService } from '../../lib/domain/monitoring/empty-windows.ts';
import {
  type ClosedWindow,
  closedWindows,
  type DayRef,
  daysToCompact,
  type ExportState,
  type LabelMarks,
  labelDates,
  MAX_PLANNED,
  type ServedVersion,
  type WindowRef,
  windowsAwaitingLabels,
  windowsToMeasure,
  windowsToScore,
} from '../../lib/domain/monitoring/plan-monitoring.ts';
import { refusedWindows } from '../../lib/domain/monitoring/refused-windows.ts';
import { EXPORT_PREFIX } from '../../lib/domain/monitoring/window-export.ts';
import type { Head } from '../../lib/domain/registry/head.ts';
import type { Incident } from '../../lib/domain/registry/incident.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import type { DriftWindow, QualityWindow } from '../../lib/domain/registry/window.ts';
import { listLabels } from '../../lib/stores/label-log.ts';
import { listAll, type Registry } from '../../lib/stores/registry/registry.ts';
import { sk, skPrefix } from '../../lib/stores/registry/sort-keys.ts';
import { requiredHead, requiredItem, requiredSpec } from '../../lib/stores/required.ts';
import { type PartsPlanned, type PlanPartsDeps, planParts } from './plan-parts.ts';
import { type LogDaysDeps, logDays } from './served-log.ts';

export const planWindowsInput = z.object({ model: z.string().min(1) });

export type PlanWindowsDeps = PlanPartsDeps & LogDaysDeps;

type Of<T> = T & { readonly model: string };

export interface WindowsPlanned extends PartsPlanned {
  readonly windows: readonly Of<WindowRef>[];
  readonly quality: readonly Of<WindowRef>[];
}

/**
 * What there is to do for a model's monitoring, oldest first: from listings and from what was done before, without reading a
 * row. Quality comes first of windows that were never measured. Each of the three lists is cut where a later step would need a day
 * that is not compacted yet, and quality is measured of scored windows only.
 */
export async function planWindows(
  { model }: z.output<typeof planWindowsInput>,
  deps: PlanWindowsDeps,
): Promise<WindowsPlanned> {
  const { registry, now } = deps;
  const head = await requiredHead(registry, model);
  const at = now().toISOString();
  // While nothing has been served, there is no other clock than the wall's.
  const newest = (await registry.get<NewestEvent>(model, sk.watermark)) ?? { eventTime: at, raisedAt: at };
  const versions = await servedVersions(head, deps);
  const time = eventClock(newest, at);
  const inService = await versionInService(head, newest, registry);
  const closed = versions.map((served) => ({ served, closed: closedWindows(served, time, at) }));
  const silent = await Promise.all(
    versions.map(async (served) => {
      const mark = watermark(time, at, served.latenessHours);
      const empty = emptyWindows(versions, mark, inService).get(served.version) ?? [];
      const refused = refusedWindows(served, await hoursRefused(model, served, registry), mark);
      const unseen = refused.filter(({ start }) => !empty.some((window) => window.start === start));
      return { served, closed: [...empty, ...unseen] };
    }),
  );
  const incidents = await listAll<Incident>(registry, model, skPrefix.incident);
  const taken = await exportsTakenIn(model, registry);
  const exportState = ({ version }: ServedVersion): ExportState => ({
    isFree: ({ start }) => head.openIncidents === 0 && !isSpoiled(incidents, { version, start }),
    isTakenIn: ({ datasetUploadId: last }) => last === undefined || taken.has(last),
  });
  const labelled = await labelMarks(model, registry);
  const awaiting = closed.map(({ served, closed: all }) => ({
    served,
    closed: windowsAwaitingLabels(served, all, labelled, exportState(served)),
  }));
  const dates = labelDates(awaiting.flatMap((version) => version.closed));
  const labels = await listLabels(model, dates, deps.data);
  const score = merged([...closed, ...silent], ({ served, closed: all }) => windowsToScore(served, all));
  const measure = merged(awaiting, ({ served, closed: some }) =>
    windowsToMeasure(served, some, labels, exportState(served)),
  );
  const { days, ...planned } = fitting(model, score, newFirst(measure));
  return { ...(await planParts(model, days, versions, deps)), ...planned };
}

async function hoursRefused(
  model: string,
  { version }: ServedVersion,
  registry: Registry,
): Promise<readonly string[]> {
  const marks = await listAll<{ readonly hour: string }>(registry, model, skPrefix.refused(version));
  return marks.map(({ hour }) => hour);
}

/** The champion, and what time it was in the log when it was promoted. */
async function versionInService(
  { model, champion }: Head,
  newest: NewestEvent,
  registry: Registry,
): Promise<InService | undefined> {
  if (champion === undefined) return undefined;
  const { status, inServiceSince } = await requiredItem<ModelVersion>(registry, model, sk.version(champion));
  if (status !== 'in-service' || inServiceSince === undefined) return undefined;
  return { version: champion, since: eventClock(newest, inServiceSince) };
}

interface Fitting extends Pick<WindowsPlanned, 'windows' | 'quality'> {
  readonly days: readonly DayRef[];
}

interface Wanted {
  readonly served: ServedVersion;
  readonly window: ClosedWindow;
}

interface Closed {
  readonly served: ServedVersion;
  readonly closed: readonly ClosedWindow[];
}

/** The chosen windows of all versions, oldest first. */
function merged(
  versions: readonly Closed[],
  choose: (version: Closed) => readonly ClosedWindow[],
): readonly Wanted[] {
  return versions
    .flatMap((version) => choose(version).map((window) => ({ served: version.served, window })))
    .sort((a, b) => (a.window.start < b.window.start ? -1 : a.window.start > b.window.start ? 1 : 0));
}

/** Labels that come again and again for old windows keep no window waiting that was never measured. */
function newFirst(wanted: readonly Wanted[]): readonly Wanted[] {
  const isNew = ({ served, window }: Wanted) => !served.quality.has(window.start);
  return [...wanted.filter(isNew), ...wanted.filter((each) => !isNew(each))];
}

function fitting(model: string, score: readonly Wanted[], measure: readonly Wanted[]): Fitting {
  const days = new Map<string, DayRef>();
  const take = (wanted: readonly Wanted[]): readonly Of<WindowRef>[] => {
    const taken: Of<WindowRef>[] = [];
    for (const { served, window } of wanted) {
      const needed = daysToCompact(served, [window]).filter(
        ({ date }) => !days.has(`${served.version}/${date}`),
      );
      if (taken.length === MAX_PLANNED || days.size + needed.length > MAX_PLANNED) break;
      for (const day of needed) days.set(`${day.version}/${day.date}`, day);
      const { start, end, empty } = window;
      taken.push({ model, version: served.version, start, end, ...(empty && { empty }) });
    }
    return taken;
  };
  const windows = take(score);
  const scored = new Set(windows.map(({ version, start }) => `${version}/${start}`));
  const quality = take(
    measure.filter(
      ({ served, window }) =>
        served.drift.has(window.start) || scored.has(`${served.version}/${window.start}`),
    ),
  );
  return { days: [...days.values()], windows, quality };
}

/** Versions that have served, with the state of their logs; those that never did have no log. */
async function servedVersions({ model }: Head, deps: PlanWindowsDeps): Promise<readonly ServedVersion[]> {
  const { registry } = deps;
  const versions = await listAll<ModelVersion>(registry, model, skPrefix.version);
  const served = versions.filter((version) => version.inServiceSince !== undefined);
  const windows = await listAll<DriftWindow | QualityWindow>(registry, model, skPrefix.window);
  const days = await listAll<CompactedDay>(registry, model, skPrefix.day);
  return Promise.all(served.map((version) => servedVersion(version, windows, days, deps)));
}

async function servedVersion(
  { model, number, specHash }: ModelVersion,
  windows: readonly (DriftWindow | QualityWindow)[],
  days: readonly CompactedDay[],
  deps: PlanWindowsDeps,
): Promise<ServedVersion> {
  const { monitoring } = await requiredSpec(deps.registry, model, specHash);
  const own = windows.filter((w) => w.version === number);
  const compacted = days.filter((d) => d.version === number);
  const log = { model, version: number, unit: monitoring.window };
  return {
    version: number,
    unit: monitoring.window,
    latenessHours: monitoring.latenessHours,
    minLabelCoverage: monitoring.minLabelCoverage,
    days: await logDays(log, compacted, deps),
    compacted: new Map(compacted.map((d) => [d.date, d.revision])),
    drift: new Map(own.flatMap((w) => (w.kind === 'drift' ? [[w.start, w]] : []))),
    quality: new Map(own.flatMap((w) => (w.kind === 'quality' ? [[w.start, w]] : []))),
  };
}

async function labelMarks(model: string, registry: Registry): Promise<LabelMarks> {
  const marks = await listAll<{ readonly date: string; readonly at: string }>(
    registry,
    model,
    skPrefix.labelled,
  );
  return new Map(marks.map(({ date, at }) => [date, at]));
}

/** Uploads of windows that intake has decided on. */
async function exportsTakenIn(model: string, registry: Registry): Promise<ReadonlySet<string>> {
  const uploads = await listAll<Upload>(registry, model, sk.upload(EXPORT_PREFIX));
  return new Set(uploads.filter(isDecided).map(({ uploadId }) => uploadId));
}
