import { COMPLETENESS, RANGE, UNREADABLE, VOCABULARY } from '../data/column-rules.ts';
import type { ColumnSpec } from '../spec.ts';
import { eventTimeOf } from './event-time.ts';

/** Longest text (characters) that one cell of a call may hold. */
const MAX_TEXT = 10_000;

/** Says what is wrong with one value of a column, or undefined when it is good. */
export type ValueCheck = (value: unknown) => string | undefined;

const WANTED: Record<ColumnSpec['type'], string> = {
  number: 'a number',
  integer: 'an integer',
  string: `a text of at most ${MAX_TEXT} characters`,
  boolean: 'true or false',
  timestamp: 'an ISO 8601 time',
};

const FITS: Record<ColumnSpec['type'], (value: unknown) => boolean> = {
  number: Number.isFinite,
  integer: Number.isSafeInteger,
  string: (value) => typeof value === 'string' && value.length <= MAX_TEXT,
  boolean: (value) => typeof value === 'boolean',
  timestamp: (value) => eventTimeOf(value) !== undefined,
};

/** What is wrong with a value, and the rule that it breaks, as in a dataset's findings. */
export interface ValueFault {
  readonly rule: string;
  readonly message: string;
}

/**
 * Makes the check of one column's values. A rule (`min`, `max`, `values`) binds a single row only where the spec tolerates no
 * breach at all; where it tolerates a share of rows, the share is judged by monitoring and intake, and the row is served.
 * @example valueCheck({ name: 'age', type: 'integer', nullable: false, tolerance: 0, min: 0 })(-1) // 'must be at least 0, got -1'
 */
export function valueCheck(column: ColumnSpec): ValueCheck {
  const faultOf = valueFault(column);
  return (value) => faultOf(value)?.message;
}

/** The same, with the name of the rule. */
export function valueFault(column: ColumnSpec): (value: unknown) => ValueFault | undefined {
  const mayBeNull = column.nullable || (column.maxNullShare ?? 0) > 0;
  const fits = FITS[column.type];
  const known = column.values === undefined ? undefined : new Set(column.values);
  const [small, big] = RANGE[column.type === 'integer' ? 'integer' : 'number'];
  return (value) => {
    if (value === null || value === undefined)
      return mayBeNull ? undefined : { rule: COMPLETENESS, message: 'must not be null' };
    if (!fits(value))
      return {
        rule: UNREADABLE[column.type][0],
        message: `must be ${WANTED[column.type]}, got ${shown(value)}`,
      };
    if (column.tolerance > 0) return undefined;
    if (column.min !== undefined && Number(value) < column.min)
      return { rule: small, message: `must be at least ${column.min}, got ${value}` };
    if (column.max !== undefined && Number(value) > column.max)
      return { rule: big, message: `must be at most ${column.max}, got ${value}` };
    if (known?.has(String(value)) === false)
      return { rule: VOCABULARY, message: `must be a listed value, got ${shown(value)}` };
    return undefined;
  };
}

/** A value as an error sentence shows it: short, and never a whole document. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
