import { inferType, isText } from '../../domain/data/infer-type.ts';
import type { ColumnBinning } from '../../domain/profile/binning.ts';
import type { ColumnSpec } from '../../domain/spec.ts';
import type { Engine } from '../engine.ts';
import { quoteIdentifier } from '../sql-text.ts';
import { rawColumn, type Source, type SourceColumn } from './source.ts';
import { NUMBER_TYPE } from './typed-input.ts';
import { UnreadableFileError } from './unreadable-file.ts';

export type ColumnKind = ColumnBinning['kind'];

/** A column of a file that no spec describes. */
export interface AnyColumn {
  readonly name: string;
  readonly type: ColumnSpec['type'];
  readonly kind: ColumnKind;
  /** Whether the file already holds it as its type. */
  readonly native: boolean;
}

/** Values looked at to know the columns of a file: enough rows for certainty, few enough for thousands of columns. */
const SAMPLE_CELLS = 2_000_000;
const SAMPLE_ROWS = { least: 500, most: 20_000 };

/** What a file's columns are, from its own types or a sample of its texts. Throws UnreadableFileError for nested columns. */
export async function anyColumns(
  source: Source,
  name: string,
  engine: Pick<Engine, 'query'>,
): Promise<readonly AnyColumn[]> {
  // The source numbers its rows under this name.
  if (source.format === 'csv' && source.columns.some((column) => column.name.toLowerCase() === '_row'))
    throw new UnreadableFileError(`${name} has a column _row, a name that is taken: rename it`);
  const samples = await sampleTexts(source, engine);
  return source.columns.map((column) => {
    const { values, nested } = samples.get(column.name) ?? { values: [], nested: false };
    if (nested || isNested(column.type))
      throw new UnreadableFileError(
        `${name} has a nested column ${column.name}${nested ? '' : ` (${column.type})`}, wanted plain values: unnest it or leave it out`,
      );
    if (source.format === 'parquet') return ofNative(column, values, name);
    return source.format === 'csv' ? ofTexts(column.name, values) : ofJson(column.name, values);
  });
}

interface Sample {
  readonly values: string[];
  nested: boolean;
}

/** The first values of columns of text; JSON that is an object or a list is nested. */
async function sampleTexts(source: Source, engine: Pick<Engine, 'query'>): Promise<Map<string, Sample>> {
  const texts = source.columns.filter((c) => source.format !== 'parquet' || c.type === 'VARCHAR');
  if (texts.length === 0) return new Map();
  const { least, most } = SAMPLE_ROWS;
  const limit = Math.max(least, Math.min(most, Math.floor(SAMPLE_CELLS / texts.length)));
  const selected = texts.map(({ name }, i) => `${textOf(source, name)} AS c${i}`);
  const rows = await engine.query<Record<string, string | null>>(
    `SELECT ${selected.join(', ')} FROM ${source.relation} LIMIT ${limit}`,
  );
  const samples = texts.map(({ name }, i): [string, Sample] => {
    const values = rows.flatMap((row) => row[`c${i}`] ?? []);
    const nested = source.format === 'jsonl' && values.some((value) => /^[[{]/.test(value));
    return [name, { values, nested }];
  });
  return new Map(samples);
}

/** JSON keeps its quotes here, which tell the text "1" from the number 1. */
function textOf(source: Source, name: string): string {
  if (source.format !== 'jsonl') return quoteIdentifier(name);
  const json = rawColumn(source, name);
  return `CASE WHEN json_type(${json}) <> 'NULL' THEN CAST(${json} AS VARCHAR) END`;
}

function ofTexts(name: string, values: readonly string[]): AnyColumn {
  const type = inferType(values);
  return { name, type, kind: kindOf(type, values), native: false };
}

/** A JSON text is a time or a text, however much it looks like a number. */
function ofJson(name: string, values: readonly string[]): AnyColumn {
  const texts = values.filter((value) => value.startsWith('"')).map((value) => JSON.parse(value) as string);
  if (texts.length * 2 <= values.length && values.length > 0) return ofTexts(name, values);
  const type = inferType(texts) === 'timestamp' ? 'timestamp' : 'string';
  return { name, type, kind: kindOf(type, texts), native: false };
}

/** Texts of a Parquet file that are times are read as times. */
function ofNative({ name, type: native }: SourceColumn, values: readonly string[], file: string): AnyColumn {
  if (NUMBER_TYPE.test(native)) return { name, type: 'number', kind: 'numeric', native: true };
  if (/^(TIMESTAMP|DATE)/.test(native)) return { name, type: 'timestamp', kind: 'timestamp', native: true };
  if (/^(BLOB|BIT)$/.test(native))
    throw new UnreadableFileError(
      `${file} has a column ${name} of bytes (${native}), wanted numbers, texts, truth values or times`,
    );
  if (native === 'BOOLEAN') return { name, type: 'boolean', kind: 'categorical', native: true };
  if (native === 'VARCHAR' && inferType(values) === 'timestamp')
    return { name, type: 'timestamp', kind: 'timestamp', native: false };
  return { name, type: 'string', kind: kindOf('string', values), native: true };
}

function kindOf(type: ColumnSpec['type'], values: readonly string[]): ColumnKind {
  if (type === 'number' || type === 'integer') return 'numeric';
  if (type === 'timestamp') return 'timestamp';
  return type === 'string' && isText(values) ? 'text' : 'categorical';
}

function isNested(type: string): boolean {
  return /^(STRUCT|MAP|UNION)\b|\]$/.test(type);
}
