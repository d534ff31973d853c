import type { ColumnSpec } from '../spec.ts';

/** Of a column's values this share must look like a type; the rest are counted as values of a wrong type. */
export const MOST_OF_A_TYPE = 0.95;

/** Beyond 2^53 a double skips integers, and identifiers are lost. */
const EXACT_DIGITS = 16;

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$|^[+-]?(?:nan|inf|infinity)$/i;
const INTEGER = /^[+-]?\d+$/;
/** A number does not begin with a zero that means nothing: 00501 is a postal code. */
const CODE = /^0\d/;
const BOOLEAN = /^(?:true|false)$/i;
const TIME = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/**
 * The type of a column whose values are texts, as a CSV file's are, from a sample of them. By their form alone: what a cast
 * would accept is too much, since 0.53 casts to an integer. Whole numbers are `integer` only where doubles are not exact.
 *
 * @param values texts that are there; missing ones are left out
 * @returns `string` for none
 * Source of the forms: Deequ `DataType` (FRACTIONAL, INTEGRAL, BOOLEAN), with codes and ISO 8601 times told apart.
 * @example inferType(['1', '2.5', '-']) // 'string': one of three is no number
 */
export function inferType(values: readonly string[]): ColumnSpec['type'] {
  const most = (form: RegExp) => {
    const matching = values.filter((value) => form.test(value)).length;
    return matching > 0 && matching >= MOST_OF_A_TYPE * values.length;
  };
  if (most(NUMBER) && !values.some((value) => CODE.test(value))) return numberType(values);
  if (most(BOOLEAN)) return 'boolean';
  return most(TIME) ? 'timestamp' : 'string';
}

function numberType(values: readonly string[]): ColumnSpec['type'] {
  const whole = values.filter((value) => INTEGER.test(value));
  const longest = Math.max(0, ...whole.map((value) => value.replace(/^[+-]/, '').length));
  if (longest < EXACT_DIGITS || whole.length < values.length) return 'number';
  // More digits than 64 bits hold are a name, not a number.
  return whole.every((value) => BigInt.asIntN(64, BigInt(value)) === BigInt(value)) ? 'integer' : 'string';
}

/** Texts of fewer words than this on average are names. */
const WORDS_OF_TEXT = 3;
/** Names repeat; texts mostly differ: Evidently's rule for columns of text. */
const DISTINCT_SHARE_OF_TEXT = 0.5;

/**
 * Whether a string column holds free text rather than names of things.
 *
 * @param values a sample of them
 * @example isText(['late by an hour', 'no seat for the dog', 'kind crew, thanks']) // true
 */
export function isText(values: readonly string[]): boolean {
  if (values.length === 0) return false;
  const words = values.reduce((sum, value) => sum + value.trim().split(/\s+/).length, 0);
  return (
    words >= WORDS_OF_TEXT * values.length && new Set(values).size > DISTINCT_SHARE_OF_TEXT * values.length
  );
}
