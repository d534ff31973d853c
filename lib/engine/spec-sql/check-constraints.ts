import type { DuckDBConnection } from '@duckdb/node-api';
import { type ColumnSpec, inputColumns, type ModelSpec } from '../../domain/spec.ts';
import { bounded } from '../bounded.ts';
import { INPUT_TYPES } from '../read/typed-input.ts';
import { openSandbox } from '../sandbox.ts';
import { quoteIdentifier } from '../sql-text.ts';
import { firstLine, parseSelect, printedSelect } from './parsed-sql.ts';
import { clausesBeyondRows, type TreeNode, walkSelectList } from './select-tree.ts';
import { CHECK_LIMIT_MS, type SpecIssue } from './spec-issue.ts';

/** A condition on one row of the relation `input`, in the parser's own words, and the columns that it reads. */
export interface RowCondition {
  readonly expression: string;
  readonly columns: readonly string[];
}

/**
 * What is wrong with a spec's `sql` and `pattern` constraints, [] when nothing: an expression must be a boolean of one row's columns, by
 * the functions that features.sql may use; a pattern must be a regular expression to the engine.
 */
export async function checkConstraints(spec: ModelSpec): Promise<readonly SpecIssue[]> {
  const issues: SpecIssue[] = [];
  if (!spec.schema.constraints.some(({ kind }) => kind === 'sql' || kind === 'pattern')) return issues;
  const sandbox = await openSandbox();
  try {
    for (const [i, one] of spec.schema.constraints.entries()) {
      const path = `schema.constraints.${i}`;
      const issue =
        one.kind === 'sql'
          ? await sqlIssue(one.sql, conditionColumns(spec, one.environments), sandbox.connection)
          : one.kind === 'pattern'
            ? await patternIssue(one.pattern, sandbox.connection)
            : undefined;
      if (issue !== undefined) issues.push({ path: `${path}.${one.kind}`, message: issue });
    }
  } finally {
    sandbox.close();
  }
  return issues;
}

/** What a condition may name: in serving the label is not known. */
function conditionColumns(spec: ModelSpec, environments: readonly string[]): readonly ColumnSpec[] {
  return environments.includes('serving') ? inputColumns(spec) : spec.schema.columns;
}

async function sqlIssue(
  sql: string,
  columns: readonly ColumnSpec[],
  connection: DuckDBConnection,
): Promise<string | undefined> {
  const condition = await compileCondition(sql, columns, connection);
  return typeof condition === 'string' ? condition : undefined;
}

async function patternIssue(pattern: string, connection: DuckDBConnection): Promise<string | undefined> {
  try {
    await connection.run('SELECT regexp_full_match($1, $2)', ['', pattern]);
    return undefined;
  } catch (error) {
    return firstLine(error as Error);
  }
}

/** The condition that an `sql` constraint states, or a sentence about what is wrong with it. */
export async function compileCondition(
  sql: string,
  columns: readonly ColumnSpec[],
  connection: DuckDBConnection,
): Promise<RowCondition | string> {
  return bounded(connection, CHECK_LIMIT_MS, async () => {
    // A line of its own: a comment at the end must not swallow what follows.
    const select = `SELECT (${sql}\n) AS holds FROM input`;
    const parsed = await parseSelect(connection, select);
    // Its line is that of our statement around it.
    if ('issue' in parsed) return parsed.issue.replace(/^line \d+: /, '');
    const outputs = (parsed.tree.select_list ?? []) as readonly TreeNode[];
    if (outputs.length !== 1) return `must be one expression, got ${outputs.length}`;
    const issues = [...clausesBeyondRows(parsed.tree)];
    const names = new Map(columns.map((column) => [column.name.toLowerCase(), column.name]));
    if (issues.length === 0)
      walkSelectList(parsed.tree, new Set(names.keys()), (_, message) => issues.push(message));
    if (issues.length > 0) return issues.join('; ');
    const printed = await printedSelect(connection, select);
    const wrong = await bindIssue(printed, columns, connection);
    if (wrong !== undefined) return wrong;
    const expression = printed.replace(/^SELECT /, '').replace(/ AS "?holds"?$/, '');
    return { expression, columns: columnsOf(outputs, names) };
  });
}

async function bindIssue(
  select: string,
  columns: readonly ColumnSpec[],
  connection: DuckDBConnection,
): Promise<string | undefined> {
  const input = columns.map((c) => `CAST(NULL AS ${INPUT_TYPES[c.type]}) AS ${quoteIdentifier(c.name)}`);
  try {
    const result = await connection.run(
      `WITH input AS (SELECT ${input.join(', ')} WHERE false) ${select} FROM input`,
    );
    const type = String(result.columnType(0));
    return type === 'BOOLEAN' ? undefined : `is a ${type}, wanted a boolean`;
  } catch (error) {
    return firstLine(error as Error);
  }
}

/** The columns that a checked tree names, as the spec writes them. */
function columnsOf(node: unknown, names: ReadonlyMap<string, string>): readonly string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { class: kind, column_names: path } = value as { class?: string; column_names?: readonly string[] };
    const name = kind === 'COLUMN_REF' ? names.get(path?.at(-1)?.toLowerCase() ?? '') : undefined;
    if (name !== undefined) found.add(name);
    for (const child of Object.values(value)) visit(child);
  };
  visit(node);
  return [...found];
}
