import { describe, expect, it } from 'vitest';
import { datesOf, servedDays, sourcesHash } from '../../../lib/domain/monitoring/served-day.ts';

const object = (date: string, hour: string, name: string, etag = 'e') => ({
  key: `predictions/m/0000000001/${date}/${hour}/${name}.jsonl.gz`,
  etag,
});
const listing = [
  object('2013-04-02', '00', 'c'),
  object('2013-04-01', '05', 'a'),
  object('2013-04-01', '23', 'b'),
];

describe('servedDays', () => {
  it('groups a log by its days, oldest first', () => {
    expect(servedDays(listing, 'month').map((day) => day.date)).toEqual(['2013-04-01', '2013-04-02']);
    expect(servedDays([], 'day')).toEqual([]);
  });

  it('cuts days into hours only where windows are hours', () => {
    const [byDay] = servedDays(listing, 'week');
    expect(byDay?.slices.map((s) => s.start)).toEqual(['2013-04-01T00:00:00.000Z']);
    const [byHour] = servedDays(listing, 'hour');
    expect(byHour?.slices.map((s) => s.start)).toEqual([
      '2013-04-01T05:00:00.000Z',
      '2013-04-01T23:00:00.000Z',
    ]);
  });

  it('gives a day another revision for another object or other bytes, and others none', () => {
    const before = servedDays(listing, 'day').map((day) => day.revision);
    const more = servedDays([...listing, object('2013-04-01', '06', 'd')], 'day').map((day) => day.revision);
    const other = servedDays(
      [listing[0] as never, listing[1] as never, object('2013-04-01', '23', 'b', 'x')],
      'day',
    );
    expect(more[0]).not.toBe(before[0]);
    expect(more[1]).toBe(before[1]);
    expect(other[0]?.revision).not.toBe(before[0]);
  });
});

describe('sourcesHash', () => {
  it('follows the slices of the window alone', () => {
    const april1 = { start: '2013-04-01T00:00:00.000Z', end: '2013-04-02T00:00:00.000Z' };
    const days = servedDays(listing, 'day');
    expect(sourcesHash(days, april1)).toBe(sourcesHash(days.slice(0, 1), april1));
    expect(sourcesHash(days, { ...april1, end: '2013-04-03T00:00:00.000Z' })).not.toBe(
      sourcesHash(days, april1),
    );
  });
});

describe('datesOf', () => {
  it('names every day that a window touches', () => {
    const window = { start: '2013-02-27T00:00:00.000Z', end: '2013-03-02T00:00:00.000Z' };
    expect(datesOf(window)).toEqual(['2013-02-27', '2013-02-28', '2013-03-01']);
    expect(datesOf({ start: '2013-02-27T23:00:00.000Z', end: '2013-02-28T00:00:00.000Z' })).toEqual([
      '2013-02-27',
    ]);
  });
});
