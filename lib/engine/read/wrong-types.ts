import { ruleOfObject } from '../../domain/data/object-rules.ts';
import { MAX_EXAMPLES } from '../../domain/data/settle-findings.ts';
import type { Finding } from '../../domain/findings.ts';
import type { ColumnSpec } from '../../domain/spec.ts';
import type { Engine } from '../engine.ts';
import type { ParsedColumn } from './parsed-column.ts';
import type { Source } from './source.ts';
import { INPUT_TYPES } from './typed-input.ts';

/** A column of the spec and what the file has for it. */
export interface CheckedColumn {
  readonly spec: ColumnSpec;
  readonly parsed: ParsedColumn;
}

/** Columns that a Parquet file has as another type, with rows that show it. */
export async function wrongTypes(
  columns: readonly CheckedColumn[],
  source: Source,
  object: string,
  engine: Engine,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { spec, parsed } of columns) {
    if (parsed.wrongType === undefined) continue;
    const what = `has ${spec.name} as ${parsed.wrongType}, wanted ${spec.type}`;
    const examples = await tellingRows(spec, parsed, source, engine);
    findings.push({ ...ruleOfObject('unexpected-data-type', object, what, spec.name), examples });
  }
  return findings;
}

/** One value that is no number makes a tool write a whole column as text: such values come first. */
function tellingRows(
  { type }: ColumnSpec,
  { raw }: ParsedColumn,
  { relation }: Source,
  engine: Engine,
): Promise<NonNullable<Finding['examples']>> {
  const text = `CAST(${raw} AS VARCHAR)`;
  return engine.query(
    `SELECT _row AS "row", left(${text}, 200) AS value FROM ${relation} WHERE ${raw} IS NOT NULL
     ORDER BY TRY_CAST(${text} AS ${INPUT_TYPES[type]}) IS NOT NULL, _row LIMIT ${MAX_EXAMPLES}`,
  );
}
