import { rowErrorOf } from '../../domain/intake/row-error.ts';
import type { Engine } from '../engine.ts';
import type { TypedRows } from '../read/typed-rows.ts';
import { countRows, type RowsCounted } from './count-rows.ts';
import type { Counted } from './find-examples.ts';
import type { RuleCheck } from './rule-condition.ts';

/** Checks that raise on a row instead of being true or false, and the engine's word for it. */
export type Failures = ReadonlyMap<RuleCheck, string>;

const UNCOUNTED: Counted = { rows: 0, first: [] };

/**
 * Counts the checks; where one fails on a row, it is found and left out, so that the others are counted all the same. The engine's own TRY is no
 * help: in 1.5.5 it gives wrong answers for columns that repeat values.
 */
export async function countSafely(
  checks: readonly RuleCheck[],
  rows: TypedRows,
  timeColumn: string | undefined,
  engine: Pick<Engine, 'query'>,
): Promise<RowsCounted & { readonly failures: Failures }> {
  try {
    return { ...(await countRows(checks, rows, timeColumn, engine)), failures: new Map() };
  } catch (error) {
    if (rowErrorOf(error) === undefined) throw error;
    const failures = await failuresOf(checks, rows, engine);
    if (failures.size === 0) throw error;
    const good = checks.filter((check) => !failures.has(check));
    const { counted, ...whole } = await countRows(good, rows, timeColumn, engine);
    const found = new Map(good.map((check, i) => [check, counted[i]]));
    return { ...whole, counted: checks.map((check) => found.get(check) ?? UNCOUNTED), failures };
  }
}

/** Only conditions that a spec states in SQL can fail. */
async function failuresOf(
  checks: readonly RuleCheck[],
  rows: TypedRows,
  engine: Pick<Engine, 'query'>,
): Promise<Failures> {
  const failures = new Map<RuleCheck, string>();
  for (const check of checks) {
    if (check.rule.check.kind !== 'sql') continue;
    try {
      await countRows([check], rows, undefined, engine);
    } catch (error) {
      const why = rowErrorOf(error);
      if (why === undefined) throw error;
      failures.set(check, why);
    }
  }
  return failures;
}
