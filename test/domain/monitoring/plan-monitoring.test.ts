import { describe, expect, it } from 'vitest';
import { labelListing, labelsHash } from '../../../lib/domain/monitoring/label-listing.ts';
import {
  type ClosedWindow,
  closedWindows,
  daysToCompact,
  labelDates,
  type ServedVersion,
  windowsAwaitingLabels,
  windowsToMeasure,
  windowsToScore,
} from '../../../lib/domain/monitoring/plan-monitoring.ts';
import { servedDays } from '../../../lib/domain/monitoring/served-day.ts';
import type { QualityWindow } from '../../../lib/domain/registry/window.ts';

const NOW = '2026-11-24T12:00:00.000Z';
const logOf = (...dates: readonly string[]) =>
  dates.map((date) => ({ key: `predictions/m/0000000001/${date}/05/a.jsonl.gz`, etag: 'e' }));

function served(dates: readonly string[], more: Partial<ServedVersion> = {}): ServedVersion {
  return {
    version: 1,
    unit: 'month',
    latenessHours: 24,
    minLabelCoverage: 0.8,
    days: servedDays(logOf(...dates), 'month'),
    compacted: new Map(),
    drift: new Map(),
    quality: new Map(),
    ...more,
  };
}

describe('closedWindows', () => {
  it('closes a window when the watermark less its lateness has passed it', () => {
    const version = served(['2013-04-10', '2013-05-01']);
    const starts = (highest: string) => closedWindows(version, highest, NOW).map((w) => w.start.slice(0, 7));
    expect(starts('2013-05-01T23:59:59.000Z')).toEqual([]);
    expect(starts('2013-05-02T00:00:00.000Z')).toEqual(['2013-04']);
  });

  it('lets a time in the future close nothing', () => {
    expect(closedWindows(served(['2026-11-10']), '2099-01-01T00:00:00.000Z', NOW)).toEqual([]);
  });
});

describe('windowsToScore and daysToCompact', () => {
  it('want what was never done, and no more once it is', () => {
    const version = served(['2013-04-10', '2013-04-11']);
    const closed = closedWindows(version, '2013-06-01T00:00:00.000Z', NOW);
    expect(windowsToScore(version, closed)).toEqual(closed);
    expect(daysToCompact(version, closed)).toEqual([
      { version: 1, date: '2013-04-10' },
      { version: 1, date: '2013-04-11' },
    ]);
    const done = {
      ...version,
      compacted: new Map(version.days.map((day) => [day.date, day.revision])),
      drift: new Map(closed.map((w) => [w.start, { sourcesHash: w.sourcesHash } as never])),
    };
    expect(windowsToScore(done, closed)).toEqual([]);
    expect(daysToCompact(done, closed)).toEqual([]);
  });
});

const FREE = { isFree: () => true, isTakenIn: () => true };

describe('windowsAwaitingLabels', () => {
  const dates = ['2013-01-10', '2013-02-10', '2013-03-10', '2013-04-10', '2013-05-10'];
  const months = (labelled: readonly [string, string][] = [], more: Partial<ServedVersion> = {}) => {
    const version = served(dates, more);
    const closed = closedWindows(version, '2013-07-01T00:00:00.000Z', NOW);
    return windowsAwaitingLabels(version, closed, new Map(labelled), FREE).map((w) => w.start.slice(5, 7));
  };

  it('are those of three months back from the newest closed window', () => {
    expect(months()).toEqual(['03', '04', '05']);
    expect(windowsAwaitingLabels(served([]), [], new Map(), FREE)).toEqual([]);
  });

  it('are older ones as well that labels came to after they were measured, or that wait for their export', () => {
    const labelled: [string, string][] = [['2013-01-31', '2014-03-01T00:00:00.000Z']];
    expect(months(labelled)).toEqual(['01', '03', '04', '05']);
    const measured = (scoredAt: string, labelCoverage: number) => {
      const start = '2013-01-01T00:00:00.000Z';
      const quality = { start, scoredAt, labelled: 1, labelCoverage } as QualityWindow;
      return months(labelled, { quality: new Map([[start, quality]]) });
    };
    expect(measured('2014-02-28T00:00:00.000Z', 0.1)).toContain('01');
    expect(measured('2014-03-01T02:00:00.000Z', 0.1)).not.toContain('01');
    expect(measured('2014-03-01T02:00:00.000Z', 0.9)).toContain('01');
  });
});

describe('windowsToMeasure', () => {
  const version = served(['2013-04-10']);
  const closed = closedWindows(version, '2013-06-01T00:00:00.000Z', NOW);
  const labels = labelListing([{ key: 'labels/m/2013-04-10/l.jsonl.gz', etag: 'e' }]);

  it('wants a window only when labels of its hours have come', () => {
    expect(windowsToMeasure(version, closed, labelListing([]), FREE)).toEqual([]);
    expect(windowsToMeasure(version, closed, labels, FREE)).toEqual(closed);
    const others = labelListing([{ key: 'labels/m/2013-05-10/l.jsonl.gz', etag: 'e' }]);
    expect(windowsToMeasure(version, closed, others, FREE)).toEqual([]);
  });

  it('does not want one again that no label has joined, even where none need to', () => {
    const [window] = closed as [ClosedWindow];
    const none = { ...aQuality(window), labelled: 0, labelCoverage: 0 };
    const measured = (quality: QualityWindow) =>
      served(['2013-04-10'], { minLabelCoverage: 0, quality: new Map([[window.start, quality]]) });
    expect(windowsToMeasure(measured(none), closed, labels, FREE)).toEqual([]);
    const some = { ...none, labelled: 3, labelCoverage: 0.1 };
    expect(windowsToMeasure(measured(some), closed, labels, FREE)).toEqual(closed);
  });

  function aQuality({ start, end, sourcesHash }: ClosedWindow): QualityWindow {
    const hash = labelsHash(sourcesHash, labels, { start, end });
    const measured = { rows: 30, labelled: 30, labelCoverage: 1, metrics: {}, labelsHash: hash };
    return { model: 'm', kind: 'quality', version: 1, start, end, ...measured, revision: 1, scoredAt: NOW };
  }
});

describe('labelDates', () => {
  it('names each date once', () => {
    const window = { start: '2013-04-01T00:00:00.000Z', end: '2013-04-03T00:00:00.000Z', sourcesHash: '' };
    expect(labelDates([window, window])).toEqual(['2013-04-01', '2013-04-02']);
  });
});
