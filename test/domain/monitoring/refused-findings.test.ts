import { describe, expect, it } from 'vitest';
import { refusedFindings } from '../../../lib/domain/monitoring/refused-findings.ts';
import { callsOf, type RefusedHour, refusedAt } from '../../../lib/domain/monitoring/refused-hour.ts';

const start = (day: number) => `2013-02-0${day}T00:00:00.000Z`;
const week = (rows: number) => [1, 2, 3, 4, 5, 6, 7].map((day) => ({ start: start(day), rows }));

/** An hour with one call, all of whose rows have text for a number. */
function anHour(hour: string, rows: number, calls = 1): RefusedHour {
  const call = {
    object: `refused/m/0000000001/${hour.replace('T', '/')}/ab.json`,
    eventTime: `${hour}:10:00.000Z`,
    receivedAt: `${hour}:10:00.000Z`,
    rows,
    problems: [
      {
        rule: 'float-type-string-not-float',
        column: 'temp',
        rows,
        message: 'must be a number, got "warm"',
        example: { row: 1, value: '"warm"' },
      },
    ],
  };
  return { hour, calls, read: [call] };
}

describe('refusedFindings', () => {
  it('has count, share of all that was asked, interval, example and the first call', () => {
    const hours = [anHour('2013-02-02T05', 100), anHour('2013-02-03T06', 100)];
    expect(refusedFindings({ hours, served: week(100), slice: 'day' })).toEqual([
      {
        rule: 'float-type-string-not-float',
        alias: 'data_type_check',
        column: 'temp',
        object: 'refused/m/0000000001/2013-02-02/05/ab.json',
        severity: 'error',
        rows: 200,
        share: 200 / 900,
        interval: [expect.closeTo(0.1963, 3), expect.closeTo(0.2505, 3)],
        message:
          'column temp must be a number, got "warm" in 200 of 900 rows asked (22.2 %), which predict refused',
        examples: [
          { row: 1, value: '"warm"' },
          { row: 1, value: '"warm"' },
        ],
      },
    ]);
  });

  it.each([
    ['nothing else was asked', 30, 0, 'error'],
    ['they are fewer than thirty rows', 29, 0, 'warning'],
    ['they are a thousandth of a week, and a hundredth of their day', 40, 4000, 'warning'],
    ['they are a fifteenth of a week, and a third of their day', 500, 1000, 'error'],
    ['they are a hundredth of a week and a fifteenth of their day', 75, 1000, 'warning'],
  ] as const)('where %s: %i rows beside %i a day are an %s', (_what, rows, perDay, severity) => {
    const question = { hours: [anHour('2013-02-04T05', rows)], served: week(perDay), slice: 'day' } as const;
    expect(refusedFindings(question)).toMatchObject([{ severity }]);
  });

  it('names a call of the first day that shows it, not of one with a trial', () => {
    const hours = [anHour('2013-02-01T05', 2), anHour('2013-02-04T07', 300)];
    expect(refusedFindings({ hours, served: week(500), slice: 'day' })[0]?.object).toContain(
      '/2013-02-04/07/',
    );
  });

  it('weighs the calls of a busy hour that were read by how many there were', () => {
    const hours = [anHour('2013-02-01T05', 1, 5000)];
    const served = [{ start: start(1), rows: 5000 }];
    expect(refusedFindings({ hours, served, slice: 'day' })).toMatchObject([
      { rows: 5000, share: 0.5, severity: 'error' },
    ]);
  });

  it('is nothing of nothing', () => {
    expect(refusedFindings({ hours: [], served: week(10), slice: 'hour' })).toEqual([]);
    const expired = { ...anHour('2013-02-01T05', 1), calls: 0, read: [] };
    expect(refusedFindings({ hours: [expired], served: [], slice: 'hour' })).toEqual([]);
  });
});

describe('callsOf', () => {
  it('counts what a listing holds, and estimates what it does not', () => {
    expect(callsOf(['3f', '7f'], 1000)).toBe(2);
    // A thousand names in the lowest thousandth of all.
    const names = Array.from({ length: 1000 }, (_, i) =>
      Math.floor((i + 1) * (16 ** 12 / 1_000_000))
        .toString(16)
        .padStart(12, '0'),
    );
    expect(callsOf(names, 1000)).toBeCloseTo(999_000, -1);
  });
});

describe('refusedAt', () => {
  it('reads the hour of a refused call, and of nothing else', () => {
    expect(refusedAt('refused/m/0000000001/2013-04-01/05/ab.json')).toBe('2013-04-01T05');
    expect(refusedAt('compacted/m/0000000001/2013-04-01/05/ab.parquet')).toBeUndefined();
  });
});
