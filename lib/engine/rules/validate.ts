import type { KeySets } from '../../domain/constraints/key-sets.ts';
import type { RowRule } from '../../domain/constraints/row-rule.ts';
import { rowRules } from '../../domain/constraints/row-rules.ts';
import type { SchemaColumn } from '../../domain/constraints/schema-diff.ts';
import { ruleOfObject } from '../../domain/data/object-rules.ts';
import type { Finding } from '../../domain/findings.ts';
import type { ModelSpec } from '../../domain/spec.ts';
import type { Engine } from '../engine.ts';
import { brokenRows } from '../read/broken-rows.ts';
import { contentIssue, formatOf } from '../read/file-format.ts';
import { parsedColumn } from '../read/parsed-column.ts';
import { openSource, type Source } from '../read/source.ts';
import { typedRows } from '../read/typed-rows.ts';
import { isOutOfRoom, UnreadableContentError } from '../read/unreadable-file.ts';
import { withName } from '../read/with-name.ts';
import { type CheckedColumn, wrongTypes } from '../read/wrong-types.ts';
import { checkRules } from './check-rules.ts';
import { fewValuedColumns } from './few-values.ts';

/** What one object of a dataset is like. */
export interface FileReport {
  readonly rows: number;
  readonly findings: readonly Finding[];
  /** Event times of the oldest and newest row. */
  readonly from?: string;
  readonly to?: string;
  /** Its columns as they are stored; absent when it cannot be opened. */
  readonly schema?: readonly SchemaColumn[];
  /** Of `unique` constraints, to be compared with those of the other objects. */
  readonly keys?: KeySets;
  /** False when it cannot be profiled. */
  readonly readable: boolean;
}

interface ValidateFile {
  readonly file: string;
  /** Its name says the format. */
  readonly objectKey: string;
  readonly spec: ModelSpec;
  /** When the object came, ISO 8601 UTC; without it event times are not compared with that. */
  readonly receivedAt?: string;
}

/** Checks one raw object against the spec. Bad data is in the report; an exception is an outage. */
export async function validateFile(input: ValidateFile, engine: Engine): Promise<FileReport> {
  const { file, objectKey } = input;
  const format = formatOf(objectKey);
  if (format === undefined)
    return unreadable(
      ruleOfObject(
        'object-format-unknown',
        objectKey,
        'has a name that ends in none of .parquet, .csv, .jsonl, the last two also with .gz or .zst',
      ),
    );
  const content = await contentIssue(file, objectKey);
  if (content !== undefined) return unreadable(ruleOfObject('object-unreadable', objectKey, content));
  return withName(file, objectKey, async (named) => {
    try {
      const source = await openSource(named, format, engine);
      return await reportOf(source, named, input, engine);
    } catch (error) {
      if (!isDataError(error)) throw error;
      return unreadable(ruleOfObject('object-unreadable', objectKey, whyUnreadable(error as Error)));
    }
  });
}

function whyUnreadable({ message }: Error): string {
  if (/state machine reached an invalid state/.test(message)) return 'mixes kinds of line ends, wanted one';
  return `cannot be read: ${message.split('\n')[0]}`;
}

function unreadable(finding: Finding): FileReport {
  return { rows: 0, findings: [finding], readable: false };
}

// What the engine says of bad bytes. Out of memory, an interrupted query or a full disk are outages.
function isDataError(error: unknown): boolean {
  if (error instanceof UnreadableContentError) return true;
  return (
    /^(Invalid Input|Conversion|Serialization|Binder|TProtocolException|IO|Invalid|Decompress|unexpected end|incorrect)/i.test(
      (error as Error).message,
    ) && !isOutOfRoom((error as Error).message)
  );
}

async function reportOf(
  source: Source,
  file: string,
  { objectKey, spec, receivedAt }: ValidateFile,
  engine: Engine,
): Promise<FileReport> {
  const broken =
    source.format === 'parquet' ? { numbers: [] } : await brokenRows(source, file, objectKey, engine);
  const columns = spec.schema.columns.map((c) => ({ spec: c, parsed: parsedColumn(c, source) }));
  const wrong = await wrongTypes(columns, source, objectKey, engine);
  const schema = schemaFindings(columns, source, objectKey, wrong);
  const faulty = new Set(schema.flatMap((f) => (f.severity === 'error' ? (f.column ?? []) : [])));
  const texts = new Set(spec.schema.columns.flatMap((c) => (c.type === 'string' ? c.name : [])));
  const fewValues =
    source.format === 'parquet' ? await fewValuedColumns(file, texts, engine) : new Set<string>();
  const { rows, from, to, keys, findings } = await checkRules(
    {
      rows: typedRows(columns, source, fewValues),
      rules: rowRules(spec, 'training', receivedAt).filter((rule) => isCheckable(rule, faulty)),
      columns: spec.schema.columns,
      timeColumn: spec.schema.timeColumn,
      unreadRows: broken.numbers.length,
    },
    engine,
  );
  const placed = findings.map((f) => placedIn(objectKey, f, source.format === 'jsonl' ? [] : broken.numbers));
  const empty =
    rows === 0 ? [ruleOfObject('dataset-low-num-examples', objectKey, 'has no rows, wanted at least 1')] : [];
  return {
    rows: rows + broken.numbers.length,
    findings: [...empty, ...(broken.finding ? [broken.finding] : []), ...schema, ...placed],
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    schema: source.columns,
    ...(Object.keys(keys).length > 0 && { keys }),
    readable: rows > 0 && faulty.size === 0,
  };
}

/** A column that is not there, or is another type, breaks no rule beyond that; nor does a rule that looks at several. */
function isCheckable({ column }: RowRule, faulty: ReadonlySet<string>): boolean {
  return column === undefined ? faulty.size === 0 : !faulty.has(column);
}

function placedIn(object: string, finding: Finding, broken: readonly number[]): Finding {
  const { examples = [], ...rest } = finding;
  return {
    ...rest,
    object,
    examples: examples.map(({ row, value }) => ({ row: rowInFile(row, broken), value })),
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

/** The engine numbers the rows it could read; the file has the broken ones between them. */
function rowInFile(row: number, broken: readonly number[]): number {
  let number = row;
  for (const before of broken) {
    if (before > number) break;
    number++;
  }
  return number;
}
