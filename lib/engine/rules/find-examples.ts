import { MAX_EXAMPLES } from '../../domain/data/settle-findings.ts';
import type { Finding } from '../../domain/findings.ts';
import type { Engine } from '../engine.ts';
import type { TypedRows } from '../read/typed-rows.ts';
import type { RuleCheck } from './rule-condition.ts';

export type Examples = NonNullable<Finding['examples']>;

/** How many rows break a check, and, where counting saw them, the numbers of the first of them, ascending. */
export interface Counted {
  readonly rows: number;
  readonly first?: readonly number[];
}

export interface Broken {
  readonly rows: number;
  readonly examples: Examples;
}

/** What breaks often is found among so many rows, without reading the rest. */
const HEAD_ROWS = 122_880;

/**
 * The first rows that break each check, and what is to be seen of them. One scan of the head and at most one of the whole find those that counting
 * did not see, for all checks together; then only the rows found are read.
 */
export async function findExamples(
  checks: readonly RuleCheck[],
  counted: readonly Counted[],
  rows: TypedRows,
  engine: Pick<Engine, 'query'>,
): Promise<readonly Broken[]> {
  const first = counted.map(({ first, rows: count }) => (count === 0 ? [] : first));
  for (const where of [`_at < ${HEAD_ROWS}`, 'true']) {
    const open = checks.flatMap((check, i) => (first[i] === undefined ? [{ check, i }] : []));
    if (open.length === 0) break;
    const found = await firstRows(
      open.map(({ check }) => check),
      where,
      rows,
      engine,
    );
    for (const [j, { i }] of open.entries()) {
      const wanted = Math.min(counted[i]?.rows ?? 0, MAX_EXAMPLES);
      if (where === 'true' || (found[j]?.length ?? 0) >= wanted) first[i] = found[j] ?? [];
    }
  }
  return shownRows(checks, counted, first as readonly (readonly number[])[], rows, engine);
}

/** SQL of the numbers of the first rows that break a check. */
export function firstNumbers(condition: string): string {
  return `min(CASE WHEN ${condition} THEN _row END, ${MAX_EXAMPLES})`;
}

async function firstRows(
  checks: readonly RuleCheck[],
  where: string,
  { relation }: TypedRows,
  engine: Pick<Engine, 'query'>,
): Promise<readonly (readonly number[])[]> {
  const numbers = checks.map(({ condition }, i) => `${firstNumbers(condition)} AS e${i}`);
  const [found] = await engine.query<Record<string, readonly number[] | null>>(
    `SELECT ${numbers.join(', ')} FROM (SELECT * FROM ${relation} WHERE ${where}) AS input`,
  );
  return checks.map((_, i) => found?.[`e${i}`] ?? []);
}

async function shownRows(
  checks: readonly RuleCheck[],
  counted: readonly Counted[],
  first: readonly (readonly number[])[],
  { relation }: TypedRows,
  engine: Pick<Engine, 'query'>,
): Promise<readonly Broken[]> {
  const wanted = [...new Set(first.flat())];
  if (wanted.length === 0) return counted.map(({ rows }) => ({ rows, examples: [] }));
  const seen = checks.flatMap(({ shown }, i) => (first[i]?.length ? [`${shown} AS v${i}`] : []));
  const shown = await engine.query<Record<string, unknown>>(
    `SELECT ${['_row', ...seen].join(', ')} FROM ${relation} WHERE _at IN (${wanted.map((row) => row - 1).join(', ')})`,
  );
  const byRow = new Map(shown.map((row) => [row._row as number, row]));
  return counted.map(({ rows }, i) => ({
    rows,
    examples: (first[i] ?? []).map((row) => ({ row, value: byRow.get(row)?.[`v${i}`] ?? null })),
  }));
}
