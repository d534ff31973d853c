import { rowRules } from '../../domain/constraints/row-rules.ts';
import type { RuleReport } from '../../domain/data/settle-findings.ts';
import { inputColumns, type ModelSpec } from '../../domain/spec.ts';
import type { Engine } from '../engine.ts';
import { servedRows } from '../read/typed-rows.ts';
import { checkRules } from './check-rules.ts';
import { fewValuedColumns } from './few-values.ts';

export interface ValidateServed {
  /** A compacted day of a log. */
  readonly file: string;
  /** What people know it by; row numbers in findings are those of its rows. */
  readonly object: string;
  readonly spec: ModelSpec;
  /** SQL condition on the day's own columns, for a part of it. */
  readonly where?: string;
}

/** What the inputs of served predictions break of the rules for serving. Findings name columns as the spec does. */
export async function validateServed(
  { file, object, spec, where = 'true' }: ValidateServed,
  engine: Engine,
): Promise<RuleReport> {
  const columns = inputColumns(spec);
  const named = new Map(columns.map(({ name }) => [`input.${name}`, name]));
  const few = await fewValuedColumns(file, new Set(named.keys()), engine);
  const fewValues = new Set([...few].map((name) => named.get(name) as string));
  const { rows, to, findings, keys } = await checkRules(
    {
      rows: servedRows(file, columns, where, fewValues),
      rules: rowRules(spec, 'serving'),
      columns,
      timeColumn: spec.schema.timeColumn,
    },
    engine,
  );
  return {
    rows,
    findings: findings.map((finding) => ({ ...finding, object })),
    ...(to !== null && { to }),
    ...(Object.keys(keys).length > 0 && { keys }),
  };
}
