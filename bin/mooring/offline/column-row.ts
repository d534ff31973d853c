import { type ColumnProfile, mismatchesOf } from '../../../lib/domain/profile/column-profile.ts';
import { estimateDistinct } from '../../../lib/domain/profile/distinct-sketch.ts';
import type { NumericProfile } from '../../../lib/domain/profile/numeric-profile.ts';

export const COLUMN_HEADINGS = ['column', 'kind', 'missing', 'distinct', 'what'] as const;

/** Categories that are named in a row. */
const NAMED = 3;

/** Digits of a number that people read, and all that a double has. */
const DIGITS = 4;
const MOST_DIGITS = 17;

/** One column of a profile as people read it. */
export function columnRow(name: string, column: ColumnProfile): readonly unknown[] {
  const missing = column.counts.null - mismatchesOf(column);
  return [
    name,
    column.kind,
    missing,
    distinctOf(column),
    [contentOf(column), ...unusable(column)].join('; '),
  ];
}

/** Rows that have something else than a value of the column's kind. */
function unusable(column: ColumnProfile): readonly string[] {
  const { nan, posInf, negInf } = column.kind === 'numeric' ? column.counts : NO_NUMBERS;
  const named: readonly [number, string][] = [
    [mismatchesOf(column), 'of the wrong type'],
    [nan, 'NaN'],
    [posInf, 'Infinity'],
    [negInf, '-Infinity'],
  ];
  return named.flatMap(([rows, what]) => (rows === 0 ? [] : `${rows} ${what}`));
}

const NO_NUMBERS = { nan: 0, posInf: 0, negInf: 0 };

/** An estimate, which must not say more than there are. */
function distinctOf(column: ColumnProfile): number | undefined {
  return 'distinct' in column ? Math.min(Math.round(estimateDistinct(column.distinct)), column.n) : undefined;
}

function contentOf(column: ColumnProfile): string {
  switch (column.kind) {
    case 'numeric':
      return column.n === 0 ? 'no number' : numbers(column);
    case 'categorical':
      return categories(column.values, column.n);
    case 'text':
      return column.n === 0 ? 'no text' : `${brief(column.length.mean)} characters a text`;
    case 'timestamp':
      return column.n === 0 ? 'no time' : `${time(column.min)} to ${time(column.max)}`;
  }
}

function categories(values: readonly (readonly [string, number])[], n: number): string {
  if (n === 0) return 'no value';
  const largest = [...values].sort(([, a], [, b]) => b - a).slice(0, NAMED);
  const named = largest.map(([value, rows]) => `${value} ${brief((100 * rows) / n)} %`);
  return [...named, ...(values.length > NAMED ? ['…'] : [])].join(', ');
}

function numbers(column: NumericProfile): string {
  const digits = digitsOf(column);
  const { min, max } = column.exact ?? column;
  return `${brief(min, digits)} to ${brief(max, digits)}, mean ${meanOf(column) ?? brief(column.mean, digits)}`;
}

/** Four digits of the spread: of values far from zero the first ones are all alike. */
function digitsOf({ min, max }: NumericProfile): number {
  if (min === null || max === null || min === max) return MOST_DIGITS;
  const alike = Math.floor(Math.log10(Math.max(Math.abs(min), Math.abs(max)) / (max - min)));
  return Math.min(MOST_DIGITS, DIGITS + Math.max(0, alike));
}

/** The mean of integers that a double is too coarse for; undefined of other numbers. */
function meanOf({ exact, mean, meanRest = 0 }: NumericProfile): string | undefined {
  if (exact === undefined || exact.min.includes('.') || Number.isSafeInteger(Math.trunc(mean)))
    return undefined;
  return String(BigInt(mean) + BigInt(Math.round(meanRest)));
}

function brief(value: number | string | null, digits = DIGITS): string {
  if (typeof value !== 'number') return String(value);
  const rounded = Number(value.toPrecision(digits));
  // The largest doubles would be rounded up to infinity.
  return String(Number.isFinite(rounded) ? rounded : value);
}

function time(ms: number | null): string {
  return ms === null ? '' : new Date(ms).toISOString();
}

/** @example rowsText(1) // '1 row' */
export function rowsText(rows: number): string {
  return `${rows.toLocaleString('en')} row${rows === 1 ? '' : 's'}`;
}
