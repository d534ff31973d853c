import { inferType, isText } from '../../domain/data/infer-type.ts';
import type { ColumnSpec } from '../../domain/spec.ts';
import type { Engine } from '../engine.ts';
import type { AnyColumn, ColumnKind } from './any-column.ts';
import { refuseSameNames } from './same-names.ts';
import { sampleTexts } from './sample-texts.ts';
import { settledTypes } from './settled-types.ts';
import type { Source } from './source.ts';
import type { SourceColumn } from './source-column.ts';
import { NUMBER_TYPE, TIME_TYPE } from './typed-input.ts';
import { UnreadableFileError } from './unreadable-file.ts';

/** What a file's columns are, from its own types, or from a sample of its texts held against all rows. Throws UnreadableFileError for nested columns. */
export async function anyColumns(
  source: Source,
  name: string,
  engine: Pick<Engine, 'query'>,
): Promise<readonly AnyColumn[]> {
  // The source numbers its rows under this name.
  if (source.format === 'csv' && source.columns.some((column) => column.name.toLowerCase() === '_row'))
    throw new UnreadableFileError(`${name} has a column _row, a name that is taken: rename it`);
  if (source.columns.length === 0)
    throw new UnreadableFileError(
      `${name} has no line that is a JSON object with keys, wanted one for each row: {"temp": 5, "wet": true}`,
    );
  refuseSameNames(source.columns.map((column) => column.name));
  const samples = await sampleTexts(source, engine);
  const columns = source.columns.map((column) => {
    const values = samples.get(column.name) ?? [];
    // JSON that is an object or a list.
    const nested = source.format === 'jsonl' && values.some((value) => /^[[{]/.test(value));
    if (nested || isNested(column.type))
      throw new UnreadableFileError(
        `${name} has a nested column ${column.name}${nested ? '' : ` (${column.type})`}, wanted plain values: unnest it or leave it out`,
      );
    if (source.format === 'parquet') return ofNative(column, values, name);
    return source.format === 'csv' ? ofTexts(column.name, values) : ofJson(column.name, values);
  });
  return source.format === 'csv' ? settledTypes(columns, source, engine) : columns;
}

function ofTexts(name: string, values: readonly string[]): AnyColumn {
  const type = inferType(values);
  return { name, type, kind: kindOf(type, values), native: false };
}

/** A JSON text, which begins with a quote, is a time or a text, however much it looks like a number. */
function ofJson(name: string, values: readonly string[]): AnyColumn {
  const texts = values.filter((value) => value.startsWith('"')).map((value) => value.slice(1));
  if (texts.length * 2 <= values.length && values.length > 0) return ofTexts(name, values);
  const type = inferType(texts) === 'timestamp' ? 'timestamp' : 'string';
  return { name, type, kind: kindOf(type, texts), native: false };
}

/** Texts of a Parquet file that are times are read as times. */
function ofNative(
  { name, type: native, exceedsDates }: SourceColumn,
  values: readonly string[],
  file: string,
): AnyColumn {
  if (NUMBER_TYPE.test(native)) return { name, type: 'number', kind: 'numeric', native: true };
  if (TIME_TYPE.test(native))
    return { name, type: 'timestamp', kind: 'timestamp', native: exceedsDates !== true };
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
