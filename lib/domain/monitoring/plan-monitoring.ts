import { isClosed, watermark } from '../data/watermark.ts';
import { type WindowUnit, windowOf } from '../data/windows.ts';
import type { DriftWindow, QualityWindow } from '../registry/window.ts';
import { type LabelListing, labelsHash, labelsIn } from './label-listing.ts';
import { mayExport } from './quality-entry.ts';
import { datesOf, type ServedDay, slicesIn, sourcesHash } from './served-day.ts';

/** One version that has served, and how far its log has been worked on. */
export interface ServedVersion {
  readonly version: number;
  readonly unit: WindowUnit;
  readonly latenessHours: number;
  readonly minLabelCoverage: number;
  /** As the log is now, oldest first. */
  readonly days: readonly ServedDay[];
  /** Revision of each day's last compaction, by date. */
  readonly compacted: ReadonlyMap<string, string>;
  /** Scored before, by start. */
  readonly drift: ReadonlyMap<string, DriftWindow>;
  readonly quality: ReadonlyMap<string, QualityWindow>;
}

export interface ClosedWindow {
  readonly start: string;
  readonly end: string;
  readonly sourcesHash: string;
  /** Nothing was asked in it. */
  readonly empty?: true;
}

export interface WindowRef {
  readonly version: number;
  readonly start: string;
  readonly end: string;
  readonly empty?: true;
}

export interface DayRef {
  readonly version: number;
  readonly date: string;
}

/** A state machine carries at most this many of each; what is left comes with the next tick. */
export const MAX_PLANNED = 100;

/** How far before the newest closed window the label log is listed at every tick: three months. Older days are listed when labels come. */
const LISTED_DAYS = 92;
const DAY_MS = 86_400_000;
/** Longer than a window is measured: a label that came then may not have been read. */
const MEASURING_MS = 3_600_000;

/**
 * The windows of a version that no row can come to any more, oldest first.
 *
 * @param highestEventTime of the model, ISO 8601 UTC
 * @param now wall clock: an event time in the future closes nothing
 */
export function closedWindows(
  served: ServedVersion,
  highestEventTime: string,
  now: string,
): readonly ClosedWindow[] {
  const mark = watermark(highestEventTime, now, served.latenessHours);
  const windows = new Map<string, { start: string; end: string }>();
  for (const { start } of served.days.flatMap((day) => day.slices)) {
    const window = windowOf(start, served.unit);
    windows.set(window.start, window);
  }
  return [...windows.values()]
    .filter((window) => isClosed(window, mark))
    .sort((a, b) => (a.start < b.start ? -1 : 1))
    .map(({ start, end }) => ({ start, end, sourcesHash: sourcesHash(served.days, { start, end }) }));
}

/** Closed windows that were never scored, or whose log has changed since: late records make a new revision. */
export function windowsToScore(
  served: ServedVersion,
  closed: readonly ClosedWindow[],
): readonly ClosedWindow[] {
  return closed.filter((window) => served.drift.get(window.start)?.sourcesHash !== window.sourcesHash);
}

/** The days of some windows whose log has changed since their last compaction, oldest first. */
export function daysToCompact(served: ServedVersion, windows: readonly ClosedWindow[]): readonly DayRef[] {
  const wanted = new Set(
    windows.flatMap((window) => slicesIn(served.days, window).map((s) => s.start.slice(0, 10))),
  );
  return served.days
    .filter((day) => wanted.has(day.date) && served.compacted.get(day.date) !== day.revision)
    .map(({ date }) => ({ version: served.version, date }));
}

/** When labels last came to a UTC day, by date: wall clock, ISO 8601 UTC. */
export type LabelMarks = ReadonlyMap<string, string>;

export interface ExportState {
  /** Whether no incident is open, nor spoiled the window. */
  readonly isFree: (window: ClosedWindow) => boolean;
  /** Whether intake has decided on the window's last export. */
  readonly isTakenIn: (window: QualityWindow) => boolean;
}

/**
 * Closed windows whose labels are to be looked at: all of the last three months, and older ones that labels have come to since they
 * were measured, however long that took, or that wait for their export.
 */
export function windowsAwaitingLabels(
  served: ServedVersion,
  closed: readonly ClosedWindow[],
  labelled: LabelMarks,
  state: ExportState,
): readonly ClosedWindow[] {
  const newest = closed.at(-1);
  if (newest === undefined) return [];
  const since = new Date(Date.parse(newest.end) - LISTED_DAYS * DAY_MS).toISOString();
  return closed.filter(
    (window) =>
      window.end > since || haveLabelsCome(served, window, labelled) || waitsForExport(served, window, state),
  );
}

function haveLabelsCome({ quality }: ServedVersion, window: ClosedWindow, labelled: LabelMarks): boolean {
  const scoredAt = quality.get(window.start)?.scoredAt;
  return datesOf(window).some((date) => {
    const at = labelled.get(date);
    if (at === undefined) return false;
    return scoredAt === undefined || Date.parse(at) + MEASURING_MS > Date.parse(scoredAt);
  });
}

function waitsForExport(
  { quality, minLabelCoverage }: ServedVersion,
  window: ClosedWindow,
  { isFree, isTakenIn }: ExportState,
): boolean {
  const measured = quality.get(window.start);
  if (measured === undefined || !isFree(window)) return false;
  return mayExport(measured, { minLabelCoverage, openIncidents: 0, isTakenIn: isTakenIn(measured) });
}

/**
 * Windows whose quality is to be measured: labels or rows have come since, or it waits only for its export.
 *
 * @param awaiting as `windowsAwaitingLabels` has them
 * @param labels the label log of their days
 */
export function windowsToMeasure(
  served: ServedVersion,
  awaiting: readonly ClosedWindow[],
  labels: LabelListing,
  state: ExportState,
): readonly ClosedWindow[] {
  return awaiting.filter((window) => {
    const before = served.quality.get(window.start);
    if (before === undefined) return labelsIn(labels, window).length > 0;
    if (before.labelsHash !== labelsHash(window.sourcesHash, labels, window)) return true;
    return waitsForExport(served, window, state);
  });
}

/** The dates whose labels a plan must list, without repeats. */
export function labelDates(windows: readonly ClosedWindow[]): readonly string[] {
  return [...new Set(windows.flatMap(datesOf))].sort();
}
