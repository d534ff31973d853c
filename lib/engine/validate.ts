import { type ColumnRule, columnRules, ruleFinding } from '../domain/data/column-rules.ts';
import { ruleOfObject } from '../domain/data/object-rules.ts';
import { MAX_EXAMPLES } from '../domain/data/settle-findings.ts';
import type { Finding } from '../domain/findings.ts';
import type { ColumnSpec, ModelSpec } from '../domain/spec.ts';
import { type BrokenRows, brokenRows } from './broken-rows.ts';
import type { Engine } from './engine.ts';
import { contentIssue, formatOf } from './file-format.ts';
import { type ParsedColumn, parsedColumn } from './parsed-column.ts';
import { openSource, type Source } from './source.ts';
import { quoteString } from './sql-text.ts';
import { withName } from './with-name.ts';
import { type CheckedColumn, wrongTypes } from './wrong-types.ts';

/** What one object of a dataset is like. */
export interface FileReport {
  readonly rows: number;
  readonly findings: readonly Finding[];
  /** Event times of the oldest and newest row. */
  readonly from?: string;
  readonly to?: string;
  /** False when it cannot be profiled. */
  readonly readable: boolean;
}

interface ValidateFile {
  readonly file: string;
  /** Its name says the format. */
  readonly objectKey: string;
  readonly spec: ModelSpec;
}

/** Checks one raw object against the spec. Bad data is in the report; an exception is an outage. */
export async function validateFile(input: ValidateFile, engine: Engine): Promise<FileReport> {
  const { file, objectKey, spec } = input;
  const format = formatOf(objectKey);
  if (format === undefined)
    return unreadable(
      ruleOfObject(
        'object-format-unknown',
        objectKey,
        'has a name that ends in none of .parquet, .csv, .csv.gz, .jsonl, .jsonl.gz',
      ),
    );
  const content = await contentIssue(file, objectKey);
  if (content !== undefined) return unreadable(ruleOfObject('object-unreadable', objectKey, content));
  return withName(file, objectKey, async (named) => {
    try {
      const source = await openSource(named, format, engine);
      return await reportOf(source, named, { ...input, spec }, engine);
    } catch (error) {
      if (!isDataError(error)) throw error;
      const why = (error as Error).message.split('\n')[0];
      return unreadable(ruleOfObject('object-unreadable', objectKey, `cannot be read: ${why}`));
    }
  });
}

function unreadable(finding: Finding): FileReport {
  return { rows: 0, findings: [finding], readable: false };
}

// What the engine says of bad bytes. Out of memory, an interrupted query or a full disk are outages.
function isDataError(error: unknown): boolean {
  return (
    /^(Invalid Input|Conversion|Serialization|Binder|TProtocolException|IO|Invalid|Decompress|unexpected end|incorrect|the header)/i.test(
      (error as Error).message,
    ) && !/No space left|Out of Memory/i.test((error as Error).message)
  );
}

async function reportOf(
  source: Source,
  file: string,
  input: ValidateFile,
  engine: Engine,
): Promise<FileReport> {
  const { objectKey, spec } = input;
  const broken =
    source.format === 'parquet' ? { numbers: [] } : await brokenRows(source, file, objectKey, engine);
  const columns = spec.schema.columns.map((c) => ({ spec: c, parsed: parsedColumn(c, source) }));
  const wrong = await wrongTypes(columns, source, objectKey, engine);
  const schema = schemaFindings(columns, source, objectKey, wrong);
  const present = columns.filter((c) => !schema.some((f) => f.column === c.spec.name));
  const { rows, from, to, findings } = await scan(present, source, input, broken, engine);
  const empty =
    rows === 0 ? [ruleOfObject('dataset-low-num-examples', objectKey, 'has no rows, wanted at least 1')] : [];
  return {
    rows: rows + broken.numbers.length,
    findings: [...empty, ...(broken.finding ? [broken.finding] : []), ...schema, ...findings],
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    readable: rows > 0 && !schema.some((f) => f.severity === 'error'),
  };
}

function schemaFindings(
  columns: readonly CheckedColumn[],
  source: Source,
  object: string,
  wrong: readonly Finding[],
): readonly Finding[] {
  const wanted = new Set(columns.map((c) => c.spec.name));
  const got = new Set(source.columns.map((c) => c.name));
  // A key that no line of a JSON Lines file has is a column of nulls only where nulls are allowed.
  const missing = columns.filter(
    (c) => !got.has(c.spec.name) && !(source.format === 'jsonl' && c.spec.nullable),
  );
  return [
    ...missing.map((c) =>
      ruleOfObject('schema-missing-column', object, `has no column ${c.spec.name}`, c.spec.name),
    ),
    ...wrong,
    ...[...got]
      .filter((name) => !wanted.has(name))
      .map((name) =>
        ruleOfObject('schema-new-column', object, `has a column ${name}, which the spec does not name`, name),
      ),
  ];
}

interface Check {
  readonly rule: ColumnRule;
  readonly condition: string;
  readonly raw: string;
}

interface Scan {
  readonly rows: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly findings: readonly Finding[];
}

/** All rules in one scan; a second one fetches example rows of those that were broken. */
async function scan(
  columns: readonly CheckedColumn[],
  source: Source,
  { objectKey, spec }: ValidateFile,
  broken: BrokenRows,
  engine: Engine,
): Promise<Scan> {
  const checks = columns.flatMap(({ spec: column, parsed }) =>
    columnRules(column).map((rule) => ({
      rule,
      raw: parsed.raw,
      condition: condition(rule, column, parsed),
    })),
  );
  const time =
    columns.find((c) => c.spec.name === spec.schema.timeColumn)?.parsed.value ?? 'CAST(NULL AS TIMESTAMP)';
  const isRow = source.format === 'jsonl' ? "json_type(json) = 'OBJECT'" : 'true';
  const relation = `(SELECT * FROM ${source.relation} WHERE ${isRow})`;
  const counts = checks.map((check, i) => `count_if(${check.condition}) AS c${i}`);
  const [counted] = await engine.query<Record<string, number>>(
    `SELECT ${['count(*) AS rows', `min(${time}) AS "from"`, `max(${time}) AS "to"`, ...counts].join(', ')} FROM ${relation}`,
  );
  const { rows, from, to } = counted as unknown as { rows: number; from: string | null; to: string | null };
  const total = rows + broken.numbers.length;
  const findings: Finding[] = [];
  for (const [i, check] of checks.entries()) {
    const count = counted?.[`c${i}`] ?? 0;
    if (count === 0) continue;
    const examples = await exampleRows(
      check,
      relation,
      source.format === 'jsonl' ? [] : broken.numbers,
      engine,
    );
    const finding = ruleFinding(check.rule, count, total, { object: objectKey, examples });
    if (finding) findings.push(finding);
  }
  return { rows, from, to, findings };
}

function condition(rule: ColumnRule, column: ColumnSpec, { value, unreadable }: ParsedColumn): string {
  // NaN is above every number to the engine; it has a rule of its own.
  const finite = column.type === 'number' ? `isfinite(${value}) AND ` : '';
  switch (rule.kind) {
    case 'unreadable':
      return unreadable;
    case 'null':
      return `((${value}) IS NULL AND NOT ${unreadable})`;
    case 'nan':
      return `isnan(${value})`;
    case 'infinite':
      return `isinf(${value})`;
    case 'small':
      return `(${finite}(${value}) < ${column.min})`;
    case 'big':
      return `(${finite}(${value}) > ${column.max})`;
    case 'vocabulary':
      return `((${value}) NOT IN (${(column.values ?? []).map(quoteString).join(', ')}))`;
  }
}

async function exampleRows(
  { condition, raw }: Check,
  relation: string,
  broken: readonly number[],
  engine: Engine,
): Promise<NonNullable<Finding['examples']>> {
  const found = await engine.query<{ row: number; value: unknown }>(
    `SELECT _row AS "row", left(CAST(${raw} AS VARCHAR), 200) AS value FROM ${relation} WHERE ${condition} LIMIT ${MAX_EXAMPLES}`,
  );
  return found.map(({ row, value }) => ({ row: rowInFile(row, broken), value }));
}

/** The engine numbers the rows it could read; the file has the broken ones between them. */
function rowInFile(row: number, broken: readonly number[]): number {
  let number = row;
  for (const before of broken) {
    if (before > number) break;
    number++;
  }
  return number;
}
