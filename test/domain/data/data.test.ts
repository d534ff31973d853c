import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datasetId } from '../../../lib/domain/data/dataset-id.ts';
import { settleFindings } from '../../../lib/domain/data/settle-findings.ts';
import { uploadManifestSchema } from '../../../lib/domain/data/upload-manifest.ts';
import { eventClock, isClosed, watermark } from '../../../lib/domain/data/watermark.ts';
import { type WindowUnit, windowOf, windowsBetween } from '../../../lib/domain/data/windows.ts';
import type { Finding } from '../../../lib/domain/findings.ts';
import { aSpec } from '../../engine/a-spec.ts';

const SHA = 'ab'.repeat(32);

describe('datasetId', () => {
  const files = [
    { key: 'a.csv', sha256: SHA },
    { key: 'b.csv', sha256: 'cd'.repeat(32) },
  ];

  it('does not depend on the order of the list', () => {
    expect(datasetId(files)).toBe(datasetId([...files].reverse()));
    expect(datasetId(files)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('changes with a name or a byte', () => {
    const ids = [files, [files[0]], [{ key: 'c.csv', sha256: SHA }, files[1]]] as (typeof files)[];
    expect(new Set(ids.map(datasetId)).size).toBe(3);
  });
});

describe('uploadManifestSchema', () => {
  const manifest = (key: string) => ({ files: [{ key, sha256: SHA, bytes: 1 }] });

  it('takes plain relative names and says where the data is from', () => {
    expect(uploadManifestSchema.parse(manifest('2013/01.parquet')).origin).toBe('upload');
  });

  it.each(['../x.csv', '/x.csv', 'a//b', 'a/../b', '.hidden', 'a b', '', 'a/'])(
    'refuses the name %j',
    (key) => {
      expect(uploadManifestSchema.safeParse(manifest(key)).success).toBe(false);
    },
  );

  it('refuses a name twice, no files and unknown keys', () => {
    const file = { key: 'a.csv', sha256: SHA, bytes: 1 };
    expect(uploadManifestSchema.safeParse({ files: [file, file] }).success).toBe(false);
    expect(uploadManifestSchema.safeParse({ files: [] }).success).toBe(false);
    expect(uploadManifestSchema.safeParse({ files: [file], extra: 1 }).success).toBe(false);
  });
});

describe('windowOf', () => {
  it.each([
    ['2013-04-15T10:20:30Z', 'hour', '2013-04-15T10:00:00.000Z', '2013-04-15T11:00:00.000Z'],
    ['2013-04-15T10:20:30Z', 'day', '2013-04-15T00:00:00.000Z', '2013-04-16T00:00:00.000Z'],
    ['2013-04-14T23:59:59.999Z', 'week', '2013-04-08T00:00:00.000Z', '2013-04-15T00:00:00.000Z'],
    ['2013-04-15T00:00:00Z', 'week', '2013-04-15T00:00:00.000Z', '2013-04-22T00:00:00.000Z'],
    ['2013-12-31T23:00:00Z', 'month', '2013-12-01T00:00:00.000Z', '2014-01-01T00:00:00.000Z'],
    ['0001-01-15T00:00:00Z', 'month', '0001-01-01T00:00:00.000Z', '0001-02-01T00:00:00.000Z'],
    ['2012-02-29T00:00:00+02:00', 'day', '2012-02-28T00:00:00.000Z', '2012-02-29T00:00:00.000Z'],
  ] as const)('puts %s into its %s', (time, unit, start, end) => {
    expect(windowOf(time, unit)).toEqual({ start, end });
  });

  it('covers time without gap or overlap', () => {
    const time = fc.date({ min: new Date('0001-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(time, fc.constantFrom<WindowUnit>('hour', 'day', 'week', 'month'), (date, unit) => {
        const window = windowOf(date.toISOString(), unit);
        expect(window.start <= date.toISOString() && date.toISOString() < window.end).toBe(true);
        expect(windowOf(window.end, unit).start).toBe(window.end);
        expect(windowOf(window.start, unit)).toEqual(window);
      }),
    );
  });

  it('refuses what is no time', () => {
    expect(() => windowOf('yesterday', 'day')).toThrow("a window's time is ISO 8601, got yesterday");
  });
});

describe('windowsBetween', () => {
  it('lists every window that the half-open range touches', () => {
    const windows = windowsBetween('2013-01-31T12:00:00Z', '2013-03-01T00:00:00Z', 'month', 31);
    expect(windows.map((w) => w.start)).toEqual(['2013-01-01T00:00:00.000Z', '2013-02-01T00:00:00.000Z']);
  });

  it('is empty for an empty range', () => {
    expect(windowsBetween('2013-03-01T00:00:00Z', '2013-03-01T00:00:00Z', 'day', 31)).toEqual([]);
  });

  it('makes no more of them than are asked for', () => {
    expect(windowsBetween('0001-01-01T00:00:00Z', '2026-11-24T00:00:00Z', 'hour', 31)).toHaveLength(31);
  });
});

describe('eventClock', () => {
  const newest = { eventTime: '2013-05-02T00:00:00.000Z', raisedAt: '2026-11-24T12:00:00.000Z' };

  it('goes on from the newest event as the wall clock does, also a year later', () => {
    expect(eventClock(newest, '2026-11-24T12:00:00.000Z')).toBe('2013-05-02T00:00:00.000Z');
    expect(eventClock(newest, '2026-11-25T13:30:00.000Z')).toBe('2013-05-03T01:30:00.000Z');
    expect(eventClock(newest, '2027-11-24T12:00:00.000Z')).toBe('2014-05-02T00:00:00.000Z');
  });

  it('never goes back, nor before the wall clock', () => {
    expect(eventClock(newest, '2026-11-24T11:00:00.000Z')).toBe('2013-05-02T00:00:00.000Z');
    const live = { eventTime: '2026-11-24T12:00:00.000Z', raisedAt: '2026-11-24T11:59:00.000Z' };
    expect(eventClock(live, '2026-11-24T12:00:30.000Z')).toBe('2026-11-24T12:00:30.000Z');
  });
});

describe('watermark', () => {
  const april = windowOf('2013-04-10T00:00:00Z', 'month');

  it('closes a window when rows are newer than its end by the lateness', () => {
    const now = '2026-01-01T00:00:00Z';
    expect(isClosed(april, watermark('2013-05-01T23:59:59Z', now, 24))).toBe(false);
    expect(isClosed(april, watermark('2013-05-02T00:00:00Z', now, 24))).toBe(true);
  });

  it('is not moved past now by a row from the future', () => {
    expect(watermark('2050-01-01T00:00:00Z', '2013-04-20T00:00:00Z', 0)).toBe('2013-04-20T00:00:00.000Z');
  });
});

describe('settleFindings', () => {
  const spec = aSpec({
    columns: [{ name: 'gust', type: 'number', nullable: true, maxNullShare: 0.5, max: 100, tolerance: 0.01 }],
  });
  const nulls = (rows: number, total: number): Finding => ({
    rule: 'feature-type-low-fraction-present',
    column: 'gust',
    object: 'landing/m/u/a.csv',
    severity: rows / total > 0.5 ? 'error' : 'warning',
    rows,
    share: rows / total,
    message: '',
  });

  it('takes shares of all rows, so one bad month does not condemn a good year', () => {
    const reports = [
      { rows: 100, findings: [nulls(90, 100)] },
      { rows: 900, findings: [nulls(10, 900)] },
    ];
    expect(settleFindings(reports, spec)).toEqual([]);
  });

  it('rejects when the whole breaks the limit, with the sum', () => {
    const reports = [
      { rows: 100, findings: [nulls(90, 100)] },
      { rows: 100, findings: [nulls(40, 100)] },
    ];
    expect(settleFindings(reports, spec)).toMatchObject([{ severity: 'error', rows: 130, share: 0.65 }]);
  });

  it('keeps a finding about a whole object, errors first', () => {
    const missing: Finding = {
      rule: 'schema-missing-column',
      column: 'gust',
      severity: 'error',
      message: 'x',
    };
    const extra: Finding = { rule: 'schema-new-column', column: 'y', severity: 'warning', message: 'x' };
    expect(settleFindings([{ rows: 1, findings: [extra, missing] }], spec)).toEqual([missing, extra]);
  });
});
