import { describe, expect, it } from 'vitest';
import { type Moments, pooled } from '../../../lib/domain/causes/moments.ts';
import { changeAlong, type UnitQuestion, unitChange } from '../../../lib/domain/causes/unit-change.ts';
import { nameOf, type UnitMap, unitMapsOf } from '../../../lib/domain/causes/unit-maps.ts';
import { FLIGHT_COLUMNS, type FlightColumn } from './flight-months.ts';

const MONTH_HOURS = 730;
/** Windows of a version that learned from months `r` and `r + 1`, with up to so many windows before. */
function asked(
  column: FlightColumn,
  r: number,
  w: number,
  history: number,
): Omit<UnitQuestion, 'window' | 'parts'> {
  return {
    reference: pooled(column.months.slice(r, r + 2)) as Moments,
    former: column.months.slice(Math.max(r + 2, w - history), Math.max(r + 2, w)),
    positive: !column.signed,
    hours: MONTH_HOURS,
    minRows: 100,
    ...(column.unit !== undefined && { unit: column.unit }),
  };
}

const inUnit = ({ n, mean, deviation }: Moments, { slope, intercept }: UnitMap): Moments => ({
  n,
  mean: slope * mean + intercept,
  deviation: deviation * slope,
});
const mapNamed = (unit: string, name: string) =>
  unitMapsOf(unit).find((one) => nameOf(one) === name) as UnitMap;
const column = (name: string) => FLIGHT_COLUMNS.find((one) => one.name === name) as FlightColumn;
const ask = (question: Omit<UnitQuestion, 'window' | 'parts'>, window: Moments, parts = [window]) =>
  unitChange({ ...question, window, parts });

describe('unitChange', () => {
  it.each(FLIGHT_COLUMNS)(
    'takes no real month of $name for another unit, whatever the version learned from',
    (of) => {
      for (let r = 0; r < 11; r++)
        for (const history of [0, 1, 3])
          for (let w = 0; w < 12; w++) {
            if (w === r || w === r + 1) continue;
            const window = of.months[w] as Moments;
            expect(ask(asked(of, r, w, history), window)).toBeUndefined();
            const { unit: _, ...unknown } = asked(of, r, w, history);
            expect(ask(unknown, window)).toBeUndefined();
          }
    },
  );

  /** Months after training, each in the other unit: at least so many of ten are found, and each by its right name. */
  it.each([
    ['temp', '°F → °C', 7],
    ['temp', '°F → K', 10],
    ['pressure', 'hPa → inHg', 10],
    ['distance', 'mile → km', 10],
    ['visib', 'mile → km', 9],
    ['wind_speed', 'mph → m/s', 7],
    ['wind_speed', '× 10', 10],
    ['plane_seats', '× 1000', 10],
  ])('finds %s in another unit (%s) in %d of ten months', (name, map, ofTen) => {
    const of = column(name);
    const change = mapNamed(of.unit ?? '', map);
    const found: string[] = [];
    let months = 0;
    for (let r = 0; r < 10; r++)
      for (let w = r + 2; w < Math.min(12, r + 8); w++) {
        months++;
        const seen = ask(asked(of, r, w, 3), inUnit(of.months[w] as Moments, change));
        if (seen) found.push(nameOf(seen.map));
      }
    expect(found.length / months).toBeGreaterThanOrEqual(ofTen / 10);
    expect(new Set(found)).toEqual(new Set([map]));
  });

  it('shows the values as they came, read back, and as expected', () => {
    const temp = column('temp');
    const august = temp.months[7] as Moments;
    const seen = ask(asked(temp, 4, 7, 3), inUnit(august, mapNamed('°F', '°F → °C')));
    expect(seen?.found.mean).toBeCloseTo((august.mean - 32) / 1.8, 9);
    expect(seen?.readBack.mean).toBeCloseTo(august.mean, 9);
    expect(seen?.expected).toEqual(temp.months[6]);
    expect(seen?.mapped).toBeLessThan(4);
    expect(seen?.raw).toBeGreaterThan(30);
  });

  it('finds the day from which on the values come in another unit', () => {
    const temp = column('temp');
    const celsius = mapNamed('°F', '°F → °C');
    const july = temp.months[6] as Moments;
    const days = Array.from({ length: 31 }, (_, i) => ({
      n: 900,
      mean: july.mean + 3 * Math.sin(i),
      deviation: 6.5,
    }));
    const parts = days.map((day, i) => (i >= 20 ? inUnit(day, celsius) : day));
    const seen = ask(asked(temp, 4, 6, 3), pooled(parts) as Moments, parts);
    expect([seen && nameOf(seen.map), seen?.firstPart]).toEqual(['°F → °C', 20]);
  });

  it('says nothing of a constant, of a column without values, and of few rows', () => {
    const constant = { n: 1000, mean: 5, deviation: 0 };
    const question = { ...asked(column('temp'), 0, 3, 0) };
    expect(
      ask({ ...question, reference: constant, former: [] }, { n: 1000, mean: 50, deviation: 1 }),
    ).toBeUndefined();
    expect(ask(question, { n: 0, mean: 0, deviation: 0 })).toBeUndefined();
    const july = column('temp').months[6] as Moments;
    const cold = inUnit({ ...july, n: 99 }, mapNamed('°F', '°F → K'));
    expect(ask(asked(column('temp'), 4, 6, 3), cold)).toBeUndefined();
  });

  it('asks more of a day than of a month', () => {
    const reference = { n: 9000, mean: 20, deviation: 10 };
    const question = { reference, former: [], positive: false, unit: '°F', minRows: 100 };
    const frost = { n: 900, mean: -6.7, deviation: 5.55 };
    expect(ask({ ...question, hours: MONTH_HOURS }, frost)).toBeDefined();
    expect(ask({ ...question, hours: 1 }, frost)).toBeUndefined();
    expect(ask({ ...question, hours: 1 }, { n: 900, mean: 266, deviation: 5.55 })).toBeDefined();
  });
});

describe('changeAlong', () => {
  it('believes a neighbour of the same unit on less', () => {
    const dewp = column('dewp');
    const change = ask(
      asked(column('temp'), 4, 7, 3),
      inUnit(column('temp').months[7] as Moments, mapNamed('°F', '°F → °C')),
    );
    if (change === undefined) throw new Error('the temperature must be found in °C');
    const question = asked(dewp, 4, 7, 3);
    const along = (window: Moments) => changeAlong({ ...question, window, parts: [window] }, change);
    expect(along(inUnit(dewp.months[7] as Moments, change.map))).toBeDefined();
    expect(along(dewp.months[7] as Moments)).toBeUndefined();
  });
});
