import { basename } from 'node:path';
import { inputColumns, type ModelSpec } from '../domain/spec.ts';
import { type CompiledFeatures, compileOrThrow } from './check-features.ts';
import type { Engine } from './engine.ts';
import { formatOf } from './file-format.ts';
import { parsedColumn } from './parsed-column.ts';
import { openSource, type Source } from './source.ts';
import { quoteIdentifier, quoteString } from './sql-text.ts';
import { featureInput, finiteFeature } from './typed-input.ts';

export interface ComputeFileInput {
  /** Raw local files; a name's extension says the format. */
  readonly inputs: readonly string[];
  readonly spec: ModelSpec;
  /** A `.parquet` file to write. */
  readonly output: string;
  /** Event-time range, half open, ISO 8601; left out it is open. */
  readonly from?: string;
  readonly to?: string;
  /** Event time of the rows of a spec without `timeColumn`. */
  readonly receivedAt?: string;
  /**
   * `training`: the features by their names, the label by its name, `_time` and `_id`.
   * `profile`: the inputs as `input.x`, the features as `feature.x`, `_time` and `_id`.
   */
  readonly columns?: 'training' | 'profile';
}

export interface ComputedFile {
  readonly rows: number;
  /** Event times of the oldest and newest row. */
  readonly from?: string;
  readonly to?: string;
}

/**
 * The same features.sql as in serving, over raw files: rows in event-time order, each id once (its first row). Runs in an
 * instance that can read the inputs and write the output and nothing else.
 */
export async function computeFile(input: ComputeFileInput, engine: Engine): Promise<ComputedFile> {
  const locked = await engine.locked([...input.inputs, input.output]);
  try {
    const compiled = await compileOrThrow(input.spec, locked.connection);
    const sql = await statement(input, compiled, locked);
    const rows = await locked.copy(sql, input.output);
    return { rows, ...(await timeRange(input.output, locked)) };
  } finally {
    locked.close();
  }
}

/**
 * `raw` holds every file's rows with the spec's types, `chosen` those in range and once each, `input` what features.sql sees. Row
 * by row what `input` has beyond the caller's columns goes along under names that no column of a spec can have.
 */
async function statement(
  input: ComputeFileInput,
  compiled: CompiledFeatures,
  engine: Pick<Engine, 'query'>,
): Promise<string> {
  const { spec } = input;
  const sources = await Promise.all(input.inputs.map((file) => openSource(file, known(file), engine)));
  const raw = sources.map((source, i) => rawRows(source, i, input)).join(' UNION ALL ');
  const once = spec.schema.idColumn
    ? 'QUALIFY _id IS NULL OR row_number() OVER (PARTITION BY _id ORDER BY _time, _file, _row) = 1'
    : '';
  const range = [
    input.from && `_time >= ${timestamp(input.from)}`,
    input.to && `_time < ${timestamp(input.to)}`,
    // A row without a label teaches and judges nothing.
    input.columns !== 'profile' && '_label IS NOT NULL',
  ].filter(Boolean);
  const where = range.length > 0 ? `WHERE ${range.join(' AND ')}` : '';
  const typed = inputColumns(spec).map(
    (c) => `${featureInput(c, quoteIdentifier(`_in_${c.name}`))} AS ${quoteIdentifier(c.name)}`,
  );
  const along = [
    '_time',
    '_id',
    '_label',
    '_file',
    '_row',
    ...inputColumns(spec).map((c) => `_in_${c.name}`),
  ].map(quoteIdentifier);
  return `WITH raw AS (${raw}),
    chosen AS (SELECT * FROM raw ${where} ${once}),
    input AS (SELECT ${[...along, ...typed].join(', ')} FROM chosen),
    output AS (${compiled.select}, ${along.join(', ')} FROM input)
    SELECT ${outputColumns(input, compiled).join(', ')} FROM output ORDER BY _time, _id, _file, _row`;
}

function rawRows(source: Source, file: number, { spec, receivedAt }: ComputeFileInput): string {
  const { timeColumn, idColumn, label } = spec.schema;
  const value = (name: string) => {
    const column = spec.schema.columns.find((c) => c.name === name);
    if (column === undefined) throw new Error(`the spec has no column ${name}`);
    return parsedColumn(column, source).value;
  };
  if (timeColumn === undefined && receivedAt === undefined)
    throw new Error(`a spec without timeColumn needs the time of receipt, model ${spec.name} got none`);
  const columns = [
    `${timeColumn ? value(timeColumn) : timestamp(receivedAt as string)} AS _time`,
    `${idColumn ? `CAST(${value(idColumn)} AS VARCHAR)` : 'CAST(NULL AS VARCHAR)'} AS _id`,
    `${value(label)} AS _label`,
    `${file} AS _file`,
    '_row',
    ...inputColumns(spec).map((c) => `${value(c.name)} AS ${quoteIdentifier(`_in_${c.name}`)}`),
  ];
  return `SELECT ${columns.join(', ')} FROM ${source.relation}`;
}

function outputColumns({ spec, columns }: ComputeFileInput, compiled: CompiledFeatures): readonly string[] {
  const as = (value: string, name: string) => `${value} AS ${quoteIdentifier(name)}`;
  const prefix = columns === 'profile' ? 'feature.' : '';
  const features = compiled.columns.map((c) => as(finiteFeature(c.name, c.type), prefix + c.name));
  if (columns !== 'profile') return [...features, as('_label', spec.schema.label), '_time', '_id'];
  const inputs = inputColumns(spec).map((c) => as(quoteIdentifier(`_in_${c.name}`), `input.${c.name}`));
  return [...inputs, ...features, '_time', '_id'];
}

async function timeRange(
  file: string,
  engine: Pick<Engine, 'query'>,
): Promise<{ from?: string; to?: string }> {
  const sql = `SELECT min(_time) AS "from", max(_time) AS "to" FROM read_parquet(${quoteString(file)})`;
  const [range] = await engine.query<{ from: string | null; to: string | null }>(sql);
  return !range?.from || !range.to ? {} : { from: range.from, to: range.to };
}

function known(file: string) {
  const format = formatOf(file);
  if (format === undefined)
    throw new Error(`a raw file ends in .parquet, .csv or .jsonl, got ${basename(file)}`);
  return format;
}

function timestamp(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) throw new Error(`an event time is ISO 8601, got ${iso}`);
  return `TIMESTAMP ${quoteString(time.toISOString().replace('T', ' ').replace('Z', ''))}`;
}
