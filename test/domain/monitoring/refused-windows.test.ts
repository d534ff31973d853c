import { describe, expect, it } from 'vitest';
import type { ServedVersion } from '../../../lib/domain/monitoring/plan-monitoring.ts';
import { refusedWindows } from '../../../lib/domain/monitoring/refused-windows.ts';
import { servedDays } from '../../../lib/domain/monitoring/served-day.ts';

const log = [{ key: 'predictions/m/1/2013-04-02/05/a.jsonl.gz', etag: 'e' }];
const served = (unit: ServedVersion['unit']) =>
  ({ version: 1, unit, days: servedDays(log, unit) }) as unknown as ServedVersion;
const HOURS = ['2013-04-04T07', '2013-04-02T09', '2013-04-01T05', '2013-04-01T06'];
const starts = (unit: ServedVersion['unit'], mark = '2013-05-01T00:00:00.000Z') =>
  refusedWindows(served(unit), HOURS, mark).map(({ start }) => start.slice(5, 13));

describe('refusedWindows', () => {
  it('are those in which nothing was answered, oldest first', () => {
    expect(starts('day')).toEqual(['04-01T00', '04-04T00']);
    expect(starts('hour')).toEqual(['04-01T05', '04-01T06', '04-02T09', '04-04T07']);
    expect(starts('month')).toEqual([]);
  });

  it('are closed, and counted from nothing', () => {
    expect(starts('day', '2013-04-04T12:00:00.000Z')).toEqual(['04-01T00']);
    expect(refusedWindows(served('day'), HOURS, '2013-04-02T00:00:00.000Z')).toEqual([
      {
        start: '2013-04-01T00:00:00.000Z',
        end: '2013-04-02T00:00:00.000Z',
        sourcesHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        empty: true,
      },
    ]);
  });
});
