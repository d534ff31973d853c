/**
 * Compares two decimal numbers of any length by their texts, as `Array.sort` wants it. Doubles round integers beyond 2^53.
 *
 * @param a, b an optional sign, digits, an optional fraction, an optional exponent
 * @example compareDecimals('9007199254740993', '9007199254740992') // 1
 */
export function compareDecimals(a: string, b: string): number {
  const [x, y] = [parse(a), parse(b)];
  const scale = Math.max(x.scale, y.scale);
  const [left, right] = [scaled(x, scale), scaled(y, scale)];
  return left < right ? -1 : left > right ? 1 : 0;
}

interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

function parse(text: string): Decimal {
  const found = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (found === null) throw new Error(`a decimal number has digits, got ${JSON.stringify(text)}`);
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] = found;
  const digits = BigInt(whole + fraction);
  return { digits: sign === '-' ? -digits : digits, scale: fraction.length - Number(exponent) };
}

function scaled({ digits, scale }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(to - scale);
}
