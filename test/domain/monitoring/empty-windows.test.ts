import { describe, expect, it } from 'vitest';
import { emptyWindows, type InService } from '../../../lib/domain/monitoring/empty-windows.ts';
import type { ServedVersion } from '../../../lib/domain/monitoring/plan-monitoring.ts';
import { servedDays } from '../../../lib/domain/monitoring/served-day.ts';
import type { DriftWindow } from '../../../lib/domain/registry/window.ts';

function served(
  version: number,
  dates: readonly string[],
  unit: ServedVersion['unit'] = 'day',
): ServedVersion {
  const log = dates.map((date) => ({ key: `predictions/m/${version}/${date}/05/a.jsonl.gz`, etag: 'e' }));
  return {
    version,
    unit,
    latenessHours: 0,
    minLabelCoverage: 0.8,
    days: servedDays(log, unit),
    compacted: new Map(),
    drift: new Map(),
    quality: new Map(),
  };
}
const LATER = '2013-12-01T00:00:00.000Z';
const starts = (versions: readonly ServedVersion[], mark = LATER, inService?: InService) =>
  [...emptyWindows(versions, mark, inService)].map(([version, windows]) => [
    version,
    windows.map(({ start }) => start.slice(0, 10)),
  ]);

describe('emptyWindows', () => {
  it('are the days between days with traffic, and none before the first, nor after the last where no version answers', () => {
    expect(starts([served(1, ['2013-04-01', '2013-04-02', '2013-04-05'])])).toEqual([
      [1, ['2013-04-03', '2013-04-04']],
    ]);
    expect(starts([served(1, ['2013-04-01'])])).toEqual([]);
    expect(starts([])).toEqual([]);
  });

  it('are marked, and counted from nothing', () => {
    const [window] = emptyWindows([served(1, ['2013-04-01', '2013-04-03'])], LATER).get(1) ?? [];
    expect(window).toEqual({
      start: '2013-04-02T00:00:00.000Z',
      end: '2013-04-03T00:00:00.000Z',
      sourcesHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      empty: true,
    });
  });

  it('are none where another version answered, and belong to the one that answered last', () => {
    const [old, next] = [served(1, ['2013-04-01', '2013-04-02']), served(2, ['2013-04-03', '2013-04-06'])];
    expect(starts([old, next])).toEqual([[2, ['2013-04-04', '2013-04-05']]]);
    expect(starts([old, served(2, ['2013-04-04'])])).toEqual([[1, ['2013-04-03']]]);
  });

  it('wait for what may still come, and are no months for a few days of silence', () => {
    expect(starts([served(1, ['2013-04-01', '2013-04-04'])], '2013-04-03T12:00:00.000Z')).toEqual([
      [1, ['2013-04-02']],
    ]);
    expect(starts([served(1, ['2013-04-01', '2013-04-20'], 'month')])).toEqual([]);
    expect(starts([served(1, ['2013-04-30', '2013-06-01'], 'month')])).toEqual([[1, ['2013-05-01']]]);
  });

  it('go on after the last request of a version in service, until the mark', () => {
    const inService = { version: 1, since: '2013-04-01T03:00:00.000Z' };
    const one = served(1, ['2013-04-01', '2013-04-02']);
    expect(starts([one], '2013-04-05T12:00:00.000Z', inService)).toEqual([[1, ['2013-04-03', '2013-04-04']]]);
    expect(starts([one], '2013-04-03T12:00:00.000Z', inService)).toEqual([]);
    expect(starts([served(1, [])], LATER, inService)).toEqual([]);
  });

  it('are of the version that took over in the silence since it did, and told once', () => {
    const inService = { version: 2, since: '2013-04-05T03:00:00.000Z' };
    const told = new Map([['2013-04-06T00:00:00.000Z', {} as DriftWindow]]);
    const [old, next] = [{ ...served(1, ['2013-04-02']), drift: told }, served(2, [])];
    expect(starts([old, next], '2013-04-09T00:00:00.000Z', inService)).toEqual([
      [2, ['2013-04-07', '2013-04-08']],
    ]);
    expect(starts([old, next], LATER, { ...inService, version: 3 })).toEqual([]);
  });

  it('tell a long silence by its beginning', () => {
    const inService = { version: 1, since: '2003-04-01T03:00:00.000Z' };
    expect(emptyWindows([served(1, ['2003-04-01'], 'hour')], LATER, inService).get(1)).toHaveLength(31);
    expect(emptyWindows([served(1, ['2003-04-01', '2013-04-01'])], LATER).get(1)).toHaveLength(31);
  });
});
