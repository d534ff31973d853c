import { ALLOWED_CASTS, ALLOWED_FUNCTIONS, ALLOWED_OPERATORS } from './allowed-functions.ts';

/** A node of `json_serialize_sql`'s tree; only what the walk reads is named. */
export interface TreeNode {
  readonly class?: string;
  readonly type?: string;
  readonly alias?: string;
  readonly query_location?: number;
  readonly [key: string]: unknown;
}

/** What one walk knows: the columns of `input` and the aliases given so far, in lower case as SQL compares them. */
interface Scope {
  readonly columns: ReadonlySet<string>;
  readonly aliases: Set<string>;
  readonly report: (node: TreeNode, message: string) => void;
}

const CLAUSES: readonly (readonly [string, string])[] = [
  ['where_clause', 'WHERE'],
  ['having', 'HAVING'],
  ['qualify', 'QUALIFY'],
  ['sample', 'USING SAMPLE'],
  ['group_expressions', 'GROUP BY'],
  ['group_sets', 'GROUP BY'],
];

const MODIFIERS: Readonly<Record<string, string>> = {
  ORDER_MODIFIER: 'ORDER BY',
  LIMIT_MODIFIER: 'LIMIT',
  LIMIT_PERCENT_MODIFIER: 'LIMIT',
  DISTINCT_MODIFIER: 'DISTINCT',
};

/** Clauses that make the statement more than one row in, one row out; as sentences without subject. */
export function clausesBeyondRows(select: TreeNode): readonly string[] {
  if (select.type !== 'SELECT_NODE') return [`is a ${select.type}, wanted one plain SELECT`];
  const found = CLAUSES.filter(([key]) => !empty(select[key])).map(([, clause]) => clause);
  for (const modifier of list(select.modifiers))
    found.push(MODIFIERS[modifier.type ?? ''] ?? String(modifier.type));
  if (!empty((select.cte_map as TreeNode | undefined)?.map)) found.push('WITH');
  if (select.aggregate_handling !== 'STANDARD_HANDLING') found.push('GROUP BY ALL');
  const clauses = [...new Set(found)].map((clause) => `has ${clause}, wanted a row-wise SELECT without it`);
  return [...clauses, ...sourceIssues(select.from_table as TreeNode)];
}

function sourceIssues(from: TreeNode): readonly string[] {
  if (from.type !== 'BASE_TABLE')
    return [`reads from a ${String(from.type).toLowerCase()}, wanted FROM input alone`];
  const name = [from.catalog_name, from.schema_name, from.table_name].filter(Boolean).join('.');
  if (name.toLowerCase() !== 'input') return [`reads from ${name}, wanted FROM input alone`];
  if (from.alias || !empty(from.sample) || !empty(from.column_name_alias) || !empty(from.at_clause))
    return ['gives input an alias or a sample, wanted FROM input alone'];
  return [];
}

/** Walks every expression of the select list and reports what is not a deterministic function of one row. */
export function walkSelectList(
  select: TreeNode,
  columns: ReadonlySet<string>,
  report: (node: TreeNode, message: string) => void,
): void {
  const scope: Scope = { columns, aliases: new Set(), report };
  for (const expression of list(select.select_list)) {
    walk(expression, scope);
    if (expression.alias) scope.aliases.add(expression.alias.toLowerCase());
  }
}

function walk(node: TreeNode | null | undefined, scope: Scope): void {
  if (node === null || node === undefined) return;
  const check = CLASSES[node.class ?? ''];
  if (check === undefined) scope.report(node, `uses ${refused(node)}, wanted a function of one row`);
  else for (const child of check(node, scope)) walk(child, scope);
}

const CLASSES: Readonly<Record<string, (node: TreeNode, scope: Scope) => readonly TreeNode[]>> = {
  CONSTANT: () => [],
  COLUMN_REF: checkColumn,
  FUNCTION: checkFunction,
  OPERATOR(node, scope) {
    if (!ALLOWED_OPERATORS.has(node.type ?? ''))
      scope.report(node, `uses the operator ${node.type}, which is not allowed`);
    return list(node.children);
  },
  COMPARISON: (node) => [node.left as TreeNode, node.right as TreeNode],
  CONJUNCTION: (node) => list(node.children),
  BETWEEN: (node) => [node.input as TreeNode, node.lower as TreeNode, node.upper as TreeNode],
  CASE: (node) => [
    ...list(node.case_checks).flatMap((c) => [c.when_expr as TreeNode, c.then_expr as TreeNode]),
    node.else_expr as TreeNode,
  ],
  CAST(node, scope) {
    const type = (node.cast_type as { readonly id: string }).id;
    if (!ALLOWED_CASTS.has(type)) scope.report(node, `casts to ${type}, which is not allowed`);
    return [node.child as TreeNode];
  },
};

function checkColumn(node: TreeNode, { columns, aliases, report }: Scope): readonly TreeNode[] {
  const path = node.column_names as readonly string[];
  const name = (path.length === 2 && path[0]?.toLowerCase() === 'input' ? path.slice(1) : path).join('.');
  if (columns.has(name.toLowerCase()) || (path.length === 1 && aliases.has(name.toLowerCase()))) return [];
  report(node, `names an unknown column ${name}; the input has ${[...columns].join(', ')}`);
  return [];
}

function checkFunction(node: TreeNode, { report }: Scope): readonly TreeNode[] {
  const name = String(node.function_name);
  const plain =
    empty(node.filter) && node.distinct === false && empty((node.order_bys as TreeNode | null)?.orders);
  const ours = !node.catalog && (!node.schema || node.schema === 'main');
  if (!ALLOWED_FUNCTIONS.has(name) || !ours || !plain)
    report(node, `uses ${name}, which is not among the deterministic functions of one row`);
  return list(node.children);
}

const REFUSED: Readonly<Record<string, string>> = {
  WINDOW: 'a window function',
  SUBQUERY: 'a subquery',
  STAR: '*; list the features by name',
  LAMBDA: 'a lambda',
  PARAMETER: 'a parameter',
};

function refused(node: TreeNode): string {
  return REFUSED[node.class ?? ''] ?? `a ${String(node.class).toLowerCase()}`;
}

function list(value: unknown): readonly TreeNode[] {
  return (value ?? []) as readonly TreeNode[];
}

function empty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}
