import { type ColumnProfile, missingOf } from '../../../lib/domain/profile/column-profile.ts';
import { estimateDistinct } from '../../../lib/domain/profile/distinct-sketch.ts';

export const COLUMN_HEADINGS = ['column', 'kind', 'missing', 'distinct', 'what'] as const;

/** Categories that are named in a row. */
const NAMED = 3;

/** One column of a profile as people read it. */
export function columnRow(name: string, column: ColumnProfile): readonly unknown[] {
  const missing = missingOf(column);
  return [name, column.kind, missing, distinctOf(column), contentOf(column)];
}

/** An estimate, which must not say more than there are. */
function distinctOf(column: ColumnProfile): number | undefined {
  return 'distinct' in column ? Math.min(Math.round(estimateDistinct(column.distinct)), column.n) : undefined;
}

function contentOf(column: ColumnProfile): string {
  switch (column.kind) {
    case 'numeric': {
      const { min, max } = column.exact ?? column;
      return column.n === 0 ? 'no number' : `${brief(min)} to ${brief(max)}, mean ${brief(column.mean)}`;
    }
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

function brief(value: number | string | null): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value);
}

function time(ms: number | null): string {
  return ms === null ? '' : new Date(ms).toISOString();
}

/** @example rowsText(1) // '1 row' */
export function rowsText(rows: number): string {
  return `${rows.toLocaleString('en')} row${rows === 1 ? '' : 's'}`;
}
