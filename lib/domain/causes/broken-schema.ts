import type { Finding } from '../findings.ts';
import type { FoundCause } from './cause.ts';
import { badPart } from './part.ts';
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

/** Findings that say that the rows have another shape: columns that came or went, values of another type. Warnings open nothing. */
export function brokenSchemas({ findings, parts }: CauseQuestion): readonly FoundCause[] {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const of = (rules: ReadonlySet<string>) => errors.filter(({ rule }) => rules.has(rule));
  const firstBad = badPart(parts[0]);
  const cause = (name: 'schema-changed' | 'type-changed', found: readonly Finding[]): FoundCause[] =>
    found.length === 0
      ? []
      : [
          {
            cause: name,
            columns: [...new Set(found.flatMap(({ column }) => (column ? [`input.${column}`] : [])))].sort(),
            evidence: found.map(({ message }) => message).join('; '),
            ...(firstBad && { firstBad }),
          },
        ];
  return [...cause('schema-changed', of(SCHEMA_RULES)), ...cause('type-changed', of(TYPE_RULES))];
}
