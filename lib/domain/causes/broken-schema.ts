import { COMPLETENESS } from '../data/column-rules.ts';
import type { Finding } from '../findings.ts';
import { refusedAt } from '../monitoring/refused-hour.ts';
import type { BadPart, FaultCause, FoundCause } from './cause.ts';
import { badPart, partFrom } from './part.ts';
import type { CauseQuestion } from './question.ts';

const SCHEMA_RULES = new Set(['schema-missing-column', 'schema-new-column']);
const TYPE_RULES = new Set([
  'unexpected-data-type',
  'schema-column-retyped',
  'float-type-string-not-float',
  'int-type-not-int-string',
  'bool-type-unexpected-string',
  'timestamp-type-not-time',
]);

/**
 * Findings that say that the rows have another shape: columns that came or went, values of another type; or that calls were refused for
 * values that must not stay away. Warnings open nothing.
 */
export function brokenSchemas(question: CauseQuestion): readonly FoundCause[] {
  const errors = question.findings.filter(({ severity }) => severity === 'error');
  const cause = (name: FaultCause, isOf: (finding: Finding) => boolean): readonly FoundCause[] => {
    const found = errors.filter(isOf);
    const firstBad = firstOf(found, question);
    if (found.length === 0) return [];
    const columns = [...new Set(found.flatMap(({ column }) => (column ? [`input.${column}`] : [])))].sort();
    const evidence = found.map(({ message }) => message).join('; ');
    return [{ cause: name, columns, evidence, ...(firstBad && { firstBad }) }];
  };
  return [
    ...cause('schema-changed', ({ rule }) => SCHEMA_RULES.has(rule)),
    ...cause('type-changed', ({ rule }) => TYPE_RULES.has(rule)),
    ...cause('null-surge', ({ rule, object }) => rule === COMPLETENESS && isRefused(object)),
  ];
}

function isRefused(object: string | undefined): boolean {
  return object !== undefined && refusedAt(object) !== undefined;
}

/** The day or hour of the earliest refused call that shows one of them; the window's first where none does. */
function firstOf(found: readonly Finding[], { parts, traffic }: CauseQuestion): BadPart | undefined {
  const calls = found.flatMap(({ object = '' }) => {
    const hour = refusedAt(object);
    return hour === undefined ? [] : [{ hour, object }];
  });
  const [first] = calls.sort((a, b) => (a.hour < b.hour ? -1 : 1));
  if (first === undefined) return badPart(parts[0]);
  const start = traffic.unit === 'hour' ? first.hour : `${first.hour.slice(0, 10)}T00`;
  return { ...partFrom(`${start}:00:00.000Z`, traffic.unit), object: first.object };
}
