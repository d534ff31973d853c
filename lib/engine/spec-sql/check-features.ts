import type { DuckDBConnection } from '@duckdb/node-api';
import { inputColumns, type ModelSpec } from '../../domain/spec.ts';
import { bounded } from '../bounded.ts';
import { INPUT_TYPES, NUMBER_TYPE } from '../read/typed-input.ts';
import { openSandbox } from '../sandbox.ts';
import { quoteIdentifier } from '../sql-text.ts';
import { firstLine, lineAt, parseSelect, printedSelect } from './parsed-sql.ts';
import { clausesBeyondRows, type TreeNode, walkSelectList } from './select-tree.ts';
import { CHECK_LIMIT_MS, type SpecIssue } from './spec-issue.ts';

export interface FeatureColumn {
  readonly name: string;
  readonly type: 'number' | 'boolean' | 'string';
}

/** features.sql after every check: `select` is all before ` FROM input`, in the parser's own words. */
export interface CompiledFeatures {
  readonly select: string;
  readonly columns: readonly FeatureColumn[];
}

/**
 * What is wrong with a spec's features.sql, [] when nothing: it must be one SELECT over the relation `input`, row by row, of
 * deterministic functions, with uniquely named outputs that are numbers, booleans or texts.
 */
export async function checkFeaturesSql(spec: ModelSpec): Promise<readonly SpecIssue[]> {
  const sandbox = await openSandbox();
  try {
    const compiled = await compileFeatures(spec, sandbox.connection);
    return 'select' in compiled ? [] : compiled;
  } finally {
    sandbox.close();
  }
}

/** The output columns of a spec's features.sql. Throws when it is not good. */
export async function checkedColumns(spec: ModelSpec): Promise<readonly FeatureColumn[]> {
  const sandbox = await openSandbox();
  try {
    return (await compileOrThrow(spec, sandbox.connection)).columns;
  } finally {
    sandbox.close();
  }
}

/** The checked statement. Throws when it is not good, which a spec that was applied cannot be. */
export async function compileOrThrow(
  spec: ModelSpec,
  connection: DuckDBConnection,
): Promise<CompiledFeatures> {
  const compiled = await compileFeatures(spec, connection);
  if ('select' in compiled) return compiled;
  throw new Error(compiled.map(({ path, message }) => `${path} ${message}`).join('; '));
}

/** The checked statement, or the list of what is wrong with it. */
async function compileFeatures(
  spec: ModelSpec,
  connection: DuckDBConnection,
): Promise<CompiledFeatures | readonly SpecIssue[]> {
  return bounded(connection, CHECK_LIMIT_MS, async () => {
    const parsed = await parseSelect(connection, spec.features.sql);
    if ('issue' in parsed) return [issue(parsed.issue)];
    const issues = treeIssues(parsed.tree, spec);
    if (issues.length > 0) return issues;
    const canonical = await printedSelect(connection, spec.features.sql);
    const bound = await bind(connection, canonical, spec);
    if ('issue' in bound) return [issue(bound.issue)];
    const wrong = outputIssues(bound.outputs, spec);
    if (wrong.length > 0) return wrong;
    return { select: canonical, columns: bound.outputs as readonly FeatureColumn[] };
  });
}

function issue(message: string): SpecIssue {
  return { path: 'features.sql', message };
}

function treeIssues(tree: TreeNode, spec: ModelSpec): readonly SpecIssue[] {
  const issues = clausesBeyondRows(tree).map(issue);
  if (tree.type !== 'SELECT_NODE') return issues;
  const columns = new Set(inputColumns(spec).map((column) => column.name.toLowerCase()));
  walkSelectList(tree, columns, (node, message) => {
    const at = Number(node.query_location);
    issues.push(
      issue(at < spec.features.sql.length ? `line ${lineAt(spec.features.sql, at)}: ${message}` : message),
    );
  });
  (tree.select_list as readonly TreeNode[]).forEach((expression, i) => {
    if (!expression.alias && expression.class !== 'COLUMN_REF' && expression.class !== 'STAR')
      issues.push(issue(`output ${i + 1} has no name; add AS and one`));
  });
  return issues;
}

interface Output {
  readonly name: string;
  readonly type: FeatureColumn['type'] | { readonly other: string };
}

async function bind(
  connection: DuckDBConnection,
  select: string,
  spec: ModelSpec,
): Promise<{ outputs: readonly Output[] } | { issue: string }> {
  const input = inputColumns(spec).map(
    (c) => `CAST(NULL AS ${INPUT_TYPES[c.type]}) AS ${quoteIdentifier(c.name)}`,
  );
  try {
    const result = await connection.run(
      `WITH input AS (SELECT ${input.join(', ')} WHERE false) ${select} FROM input`,
    );
    const names = result.columnNames();
    return { outputs: names.map((name, i) => ({ name, type: outputType(String(result.columnType(i))) })) };
  } catch (error) {
    return { issue: firstLine(error as Error) };
  }
}

function outputType(type: string): Output['type'] {
  if (NUMBER_TYPE.test(type)) return 'number';
  if (type === 'BOOLEAN') return 'boolean';
  return type === 'VARCHAR' ? 'string' : { other: type };
}

function outputIssues(outputs: readonly Output[], spec: ModelSpec): readonly SpecIssue[] {
  const names = outputs.map((output) => output.name.toLowerCase());
  return outputs.flatMap(({ name, type }, i) => {
    const found: string[] = [];
    if (!/^[A-Za-z][A-Za-z0-9_]{0,62}$/.test(name))
      found.push(`output ${name} must start with a letter and hold letters, digits and _ only, at most 63`);
    if (names.indexOf(name.toLowerCase()) !== i) found.push(`output ${name} is named twice`);
    if (name.toLowerCase() === spec.schema.label.toLowerCase())
      found.push(`output ${name} has the name of the label`);
    if (typeof type === 'object')
      found.push(`output ${name} is a ${type.other}, wanted a number, a boolean or a text`);
    return found.map(issue);
  });
}
