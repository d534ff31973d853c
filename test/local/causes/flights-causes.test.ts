import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FoundCause } from '../../../lib/domain/causes/cause.ts';
import { type Fault, FlightsWorld } from './flights-world.ts';

let world: FlightsWorld;
beforeAll(async () => {
  world = await FlightsWorld.open();
});
afterAll(() => world.close());

const found = async (month: number, fault?: Fault) => {
  const causes = await world.causes(month, fault);
  return causes.filter(({ cause }) => cause !== 'covariate-shift');
};
const named = (causes: readonly FoundCause[]) =>
  causes.map(({ cause, columns, firstBad }) => [
    cause,
    columns.map((c) => c.replace('input.', '')).join(' '),
    firstBad?.start.slice(0, 10),
  ]);
const since = (date: string) => `time_hour >= TIMESTAMP '${date}'`;

describe('the months of 2013 after a version learned from January to March', () => {
  it.each([4, 5, 6, 7, 8, 9, 10, 11])('hold no fault: 2013-%d is its season', async (month) => {
    expect(named(await world.causes(month)).filter(([cause]) => cause !== 'none')).toEqual([
      ['covariate-shift', expect.any(String), undefined],
    ]);
  });

  it('end with a day without weather, which the record really has not', async () => {
    expect(named(await found(12))).toEqual([
      ['null-surge', expect.stringContaining('dewp'), expect.stringMatching(/^2013-12-3[01]$/)],
    ]);
  });
});

describe('a month with a fault', () => {
  const celsius = (column: string, when = 'true') =>
    `CASE WHEN ${when} THEN (${column} - 32) / 1.8 ELSE ${column} END AS ${column}`;

  it.each([5, 6, 7, 8, 9, 10, 11])('is told in °C, in both columns: 2013-%d', async (month) => {
    const causes = await found(month, { replace: [celsius('temp'), celsius('dewp')].join(', ') });
    const date = `2013-${String(month).padStart(2, '0')}-01`;
    expect(named(causes)).toEqual([['unit-changed', 'dewp temp', date]]);
    expect(causes[0]?.evidence).toContain('°F → °C');
  });

  it('is told in °C from its day on', async () => {
    const when = since('2013-07-17');
    const causes = await found(7, { replace: [celsius('temp', when), celsius('dewp', when)].join(', ') });
    expect(named(causes)).toEqual([['unit-changed', 'dewp temp', '2013-07-17']]);
    expect(causes[0]?.firstBad?.object).toBe('compacted/flight-delay/1/2013-07-17.parquet');
  });

  it.each([
    ['pressure', 'pressure * 0.02953', 'hPa → inHg'],
    ['distance', '(distance * 1.609344)::INTEGER', 'mile → km'],
    ['visib', 'visib * 1.609344', 'mile → km'],
    ['wind_speed', 'wind_speed * 10', '× 10'],
  ])('is told by its numbers: %s as %s', async (column, change, map) => {
    const causes = await found(8, { replace: `${change} AS ${column}` });
    expect(causes).toMatchObject([{ cause: 'unit-changed', columns: [`input.${column}`] }]);
    expect(causes[0]?.evidence).toContain(map);
  });

  it('is told where a sensor falls silent for a third of its rows, and for one day', async () => {
    const third = await found(6, {
      replace: 'CASE WHEN hash(flight_id) % 3 = 0 THEN NULL ELSE temp END AS temp',
    });
    expect(named(third)).toEqual([['null-surge', 'temp', '2013-06-01']]);
    const day = `time_hour::DATE = DATE '2013-06-12'`;
    const silent = await found(6, { replace: `CASE WHEN ${day} THEN NULL ELSE visib END AS visib` });
    expect(named(silent)).toEqual([['null-surge', 'visib', '2013-06-12']]);
  });

  it('is told where a day comes twice, and where one does not come', async () => {
    const twice = await found(6, { again: `time_hour::DATE = DATE '2013-06-12'` });
    expect(named(twice)).toEqual([['volume-duplicated', '', '2013-06-12']]);
    const missing = await found(6, { where: `time_hour::DATE <> DATE '2013-06-12'` });
    expect(named(missing)).toEqual([['volume-missing', '', '2013-06-12']]);
  });

  it('is told where a carrier has another code, and all airports have', async () => {
    const united = await found(6, {
      replace: `CASE carrier WHEN 'UA' THEN 'UAL' ELSE carrier END AS carrier`,
    });
    expect(named(united)).toEqual([['vocabulary-renamed', 'carrier', '2013-06-01']]);
    expect(united[0]?.evidence).toContain('UA → UAL');
    const airports = await found(6, { replace: `'K' || origin AS origin` });
    expect(airports[0]?.evidence).toMatch(/EWR → KEWR.*JFK → KJFK.*LGA → KLGA/);
  });
});
