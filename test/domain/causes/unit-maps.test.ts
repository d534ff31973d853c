import { describe, expect, it } from 'vitest';
import { nameOf, unitMapsOf } from '../../../lib/domain/causes/unit-maps.ts';

const map = (unit: string, name: string) => {
  const found = unitMapsOf(unit).find((one) => nameOf(one) === name);
  if (found === undefined) throw new Error(`${unit} must have a map ${name}`);
  return (value: number) => found.slope * value + found.intercept;
};

describe('unitMapsOf', () => {
  // NIST SP 811 (2008), appendix B.8: the factors to the digits given there.
  it.each([
    ['°F', '°F → °C', 212, 100],
    ['°F', '°F → °C', -40, -40],
    ['°F', '°F → K', 32, 273.15],
    ['°C', '°C → K', -273.15, 0],
    ['mph', 'mph → km/h', 1, 1.609344],
    ['mph', 'mph → m/s', 1, 0.44704],
    ['inch', 'inch → mm', 1, 25.4],
    ['mile', 'mile → km', 1, 1.609344],
    ['lb', 'lb → kg', 1, 0.45359237],
    ['inHg', 'inHg → hPa', 1, 33.86389],
    ['psi', 'psi → kPa', 1, 6.894757],
    ['knot', 'knot → m/s', 1, 0.5144444],
  ])('knows what %s is by %s: %d is %d', (unit, name, before, after) => {
    expect(map(unit, name)(before)).toBeCloseTo(after, 5);
  });

  it('leads back: every map has its inverse', () => {
    for (const one of unitMapsOf()) {
      const back = unitMapsOf().filter((other) => other.from === one.to && other.to === one.from);
      for (const other of one.from === '1' ? [] : back)
        expect(other.slope * (one.slope * 7 + one.intercept) + other.intercept).toBeCloseTo(7, 9);
    }
  });

  it('reads a unit in its usual spellings, and starts only from it', () => {
    for (const spelling of ['°F', 'F', 'fahrenheit', ' degF '])
      expect(unitMapsOf(spelling).slice(0, 2).map(nameOf)).toEqual(['°F → °C', '°F → K']);
    expect(unitMapsOf('F').some(({ from }) => from === 'mile')).toBe(false);
  });

  it('guesses no small factor without a unit', () => {
    const names = unitMapsOf('%').map(nameOf);
    expect(names).toContain('inch → mm');
    expect(names).not.toContain('mile → km');
    expect(names).toContain('× 100');
  });
});
