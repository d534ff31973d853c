import type { DuckDBConnection } from '@duckdb/node-api';
import type { TreeNode } from './select-tree.ts';

/** A statement as the parser understands it, or why it does not. */
export async function parseSelect(
  connection: DuckDBConnection,
  sql: string,
): Promise<{ readonly tree: TreeNode } | { readonly issue: string }> {
  const answer = JSON.parse(await oneText(connection, 'SELECT json_serialize_sql(CAST($1 AS VARCHAR))', sql));
  if (answer.error) {
    const line = answer.position === undefined ? '' : `line ${lineAt(sql, Number(answer.position))}: `;
    return {
      issue: answer.error_type === 'parser' ? line + answer.error_message : 'must be one SELECT statement',
    };
  }
  if (answer.statements.length !== 1)
    return { issue: `must be one SELECT statement, got ${answer.statements.length}` };
  return { tree: answer.statements[0].node };
}

/** What stands before ` FROM input`, as the parser prints it: no comments, no semicolon, nothing that a text could hide. */
export async function printedSelect(connection: DuckDBConnection, sql: string): Promise<string> {
  const statement = 'SELECT json_deserialize_sql(json_serialize_sql(CAST($1 AS VARCHAR)))';
  const printed = await oneText(connection, statement, sql);
  const select = printed.replace(/ FROM "?input"?$/i, '');
  if (select === printed) throw new Error(`a checked statement ends in FROM input, got ${printed}`);
  return select;
}

export function lineAt(sql: string, position: number): number {
  return sql.slice(0, position).split('\n').length;
}

/** The engine's message goes on with every candidate function and a drawing of the place. */
export function firstLine(error: Error): string {
  return error.message.split('\n')[0] ?? error.message;
}

async function oneText(connection: DuckDBConnection, statement: string, parameter: string): Promise<string> {
  const reader = await connection.runAndReadAll(statement, [parameter]);
  return String(reader.getRows()[0]?.[0]);
}
