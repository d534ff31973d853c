/** How a quantity reads in another unit: `after = slope · before + intercept`. */
export interface UnitMap {
  readonly from: string;
  readonly to: string;
  readonly slope: number;
  readonly intercept: number;
}

/** Names that people write for one unit; the first is the one used here. */
const UNITS: readonly (readonly string[])[] = [
  ['°F', 'F', 'degF', 'deg F', 'fahrenheit'],
  ['°C', 'C', 'degC', 'deg C', 'celsius'],
  ['K', 'kelvin'],
  ['mph', 'mi/h', 'miles per hour'],
  ['km/h', 'kmh', 'kph'],
  ['m/s', 'mps'],
  ['knot', 'kn', 'kt', 'knots'],
  ['inch', 'in', 'inches'],
  ['mm', 'millimetre', 'millimeter'],
  ['cm', 'centimetre', 'centimeter'],
  ['foot', 'ft', 'feet'],
  ['yard', 'yd'],
  ['m', 'metre', 'meter'],
  ['mile', 'mi', 'miles'],
  ['km', 'kilometre', 'kilometer'],
  ['nautical mile', 'nmi'],
  ['hPa', 'mbar', 'millibar'],
  ['inHg'],
  ['mmHg', 'torr'],
  ['psi'],
  ['kPa'],
  ['bar'],
  ['lb', 'lbs', 'pound'],
  ['kg', 'kilogram'],
  ['ounce', 'oz'],
  ['g', 'gram'],
  ['gallon', 'gal', 'US gallon'],
  ['litre', 'l', 'liter'],
  ['kcal'],
  ['kJ'],
  ['kWh'],
  ['MJ'],
  ['degree', 'deg', '°'],
  ['radian', 'rad'],
  ['second', 's', 'sec'],
  ['minute', 'min'],
  ['hour', 'h'],
  ['day', 'd'],
];

/** One direction of each pair; the way back follows. Exact by definition where the units are (NIST SP 811, appendix B). */
const PAIRS: readonly (readonly [from: string, to: string, slope: number, intercept?: number])[] = [
  ['°F', '°C', 5 / 9, -160 / 9],
  ['°C', 'K', 1, 273.15],
  ['°F', 'K', 5 / 9, 459.67 * (5 / 9)],
  ['mph', 'km/h', 1.609344],
  ['mph', 'm/s', 0.44704],
  ['m/s', 'km/h', 3.6],
  ['knot', 'km/h', 1.852],
  ['knot', 'm/s', 1852 / 3600],
  ['inch', 'mm', 25.4],
  ['inch', 'cm', 2.54],
  ['foot', 'm', 0.3048],
  ['yard', 'm', 0.9144],
  ['mile', 'km', 1.609344],
  ['nautical mile', 'km', 1.852],
  ['hPa', 'inHg', 0.0295299830714],
  ['hPa', 'mmHg', 0.750061682704],
  ['psi', 'kPa', 6.89475729317],
  ['bar', 'psi', 14.503773773],
  ['lb', 'kg', 0.45359237],
  ['ounce', 'g', 28.349523125],
  ['gallon', 'litre', 3.785411784],
  ['kcal', 'kJ', 4.184],
  ['kWh', 'MJ', 3.6],
  ['degree', 'radian', Math.PI / 180],
  ['minute', 'second', 60],
  ['hour', 'minute', 60],
  ['hour', 'second', 3600],
  ['day', 'hour', 24],
];

/** Powers of ten that units differ by: m and cm, EUR and cent, a share and per cent, kPa and hPa, km and m, s and ms. */
const SCALES = [10, 100, 1000, 1_000_000];

const maps: readonly UnitMap[] = PAIRS.flatMap(([from, to, slope, intercept = 0]) => [
  { from, to, slope, intercept },
  { from: to, to: from, slope: 1 / slope, intercept: -intercept / slope },
]);

const scales: readonly UnitMap[] = SCALES.flatMap((factor) => [
  { from: '1', to: `1/${factor}`, slope: factor, intercept: 0 },
  { from: '1', to: String(factor), slope: 1 / factor, intercept: 0 },
]);

/** Without a known unit, a factor nearer to 1 than this is as likely a market as another unit. */
const LEAST_LOG_FACTOR_GUESSED = Math.log(5);

/**
 * The changes of unit that a column may have seen. A unit that is known narrows them down to those that start from it; one that
 * this table does not know, like one that was never given, leaves all that change the numbers beyond doubt.
 *
 * @param unit as the spec gives it, in any usual spelling
 * @returns always the powers of ten as well
 * @example unitMapsOf('°F').filter((map) => map.to === '°C')[0].slope // 0.5555555555555556
 */
export function unitMapsOf(unit?: string): readonly UnitMap[] {
  const known = unitNamed(unit);
  if (known !== undefined) return [...maps.filter(({ from }) => from === known), ...scales];
  const plain = maps.filter(
    ({ slope, intercept }) => intercept !== 0 || Math.abs(Math.log(slope)) >= LEAST_LOG_FACTOR_GUESSED,
  );
  return [...plain, ...scales];
}

/** `°F → °C`, or `× 100`. */
export function nameOf({ from, to, slope }: UnitMap): string {
  if (from !== '1') return `${from} → ${to}`;
  return slope > 1 ? `× ${slope}` : `÷ ${to}`;
}

/** The unit that a spelling means; undefined when it is not in the table. */
export function unitNamed(unit?: string): string | undefined {
  if (unit === undefined) return undefined;
  const wanted = unit.trim();
  const exact = UNITS.find((names) => names.includes(wanted));
  const loose = UNITS.find((names) => names.some((name) => name.toLowerCase() === wanted.toLowerCase()));
  return (exact ?? loose)?.[0];
}
