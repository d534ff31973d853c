import { basename } from 'node:path';
import { inputColumns, type ModelSpec } from '../../domain/spec.ts';
import type { Engine } from '../engine.ts';
import { formatOf } from '../read/file-format.ts';
import { mismatchName, parsedColumn } from '../read/parsed-column.ts';
import { openSource, type Source } from '../read/source.ts';
import { featureInput, finiteFeature } from '../read/typed-input.ts';
import { type CompiledFeatures, compileOrThrow } from '../spec-sql/check-features.ts';
import { parquetRows, quoteIdentifier, quoteTime } from '../sql-text.ts';

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
   * `profile`: the inputs as `input.x`, the features as `feature.x`, `_time`, `_id`, and which inputs were of the wrong type.
   */
  readonly columns?: 'training' | 'profile';
  /** Input columns that go along with `training` as the text `group.x`: they tell groups of rows apart and are no features. */
  readonly groups?: readonly string[];
  /** Which inputs hold rows whose outcome the model influenced, and the highest share (0–1) they may have of the output. */
  readonly influenced?: { readonly files: readonly string[]; readonly maxShare: number };
  /** Raw files whose ids must not be in the output: cases that a model is judged by. */
  readonly without?: readonly string[];
}

export interface ComputedFile {
  readonly rows: number;
  /** Event times of the oldest and newest row. */
  readonly from?: string;
  readonly to?: string;
  /** Of rows whose outcome the model influenced; absent when no input holds such rows. */
  readonly influenced?: InfluencedRows;
}

export interface InfluencedRows {
  readonly kept: number;
  readonly leftOut: number;
}

/**
 * The same features.sql as in serving, over raw files: rows in event-time order, each id once (its first row). Runs in an
 * instance that can read the inputs and write the output and nothing else.
 *
 * Of influenced rows beyond their share those stay whose hash of time and id is lowest: an even sample, and the same for the same
 * rows, whatever else is read.
 */
export async function computeFile(input: ComputeFileInput, engine: Engine): Promise<ComputedFile> {
  const locked = await engine.locked([...input.inputs, ...(input.without ?? []), input.output]);
  try {
    const compiled = await compileOrThrow(input.spec, locked.connection);
    const chosen = await chosenRows(input, locked);
    const compression = input.columns === 'profile' ? 'snappy' : 'zstd';
    const rows = await locked.copy(statement(input, compiled, chosen), input.output, compression);
    const range = await timeRange(input.output, locked);
    return { rows, ...range, ...(await influencedRows(input, chosen, rows, locked)) };
  } finally {
    locked.close();
  }
}

/** CTEs `raw`, every file's rows with the spec's types, and `chosen`, those in range and once each. */
async function chosenRows(input: ComputeFileInput, engine: Pick<Engine, 'query'>): Promise<string> {
  const { spec } = input;
  const sources = await Promise.all(input.inputs.map((file) => openSource(file, known(file), engine)));
  const raw = sources.map((source, i) => rawRows(source, i, input)).join(' UNION ALL ');
  const once = spec.schema.idColumn
    ? 'QUALIFY _id IS NULL OR row_number() OVER (PARTITION BY _id ORDER BY _time, _file, _row) = 1'
    : '';
  const conditions = [
    input.from && `_time >= ${quoteTime(input.from)}`,
    input.to && `_time < ${quoteTime(input.to)}`,
    // A row without a label teaches and judges nothing.
    input.columns !== 'profile' && '_label IS NOT NULL',
    await notAmong(input, engine),
  ].filter(Boolean);
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  return `raw AS (${raw}), chosen AS (SELECT * FROM raw ${where} ${once})`;
}

async function notAmong(
  { without = [], spec }: ComputeFileInput,
  engine: Pick<Engine, 'query'>,
): Promise<string | undefined> {
  const id = spec.schema.columns.find((c) => c.name === spec.schema.idColumn);
  if (without.length === 0 || id === undefined) return undefined;
  const sources = await Promise.all(without.map((file) => openSource(file, known(file), engine)));
  const ids = sources.map(
    (source) => `SELECT CAST(${parsedColumn(id, source).value} AS VARCHAR) AS id FROM ${source.relation}`,
  );
  return `(_id IS NULL OR _id NOT IN (SELECT id FROM (${ids.join(' UNION ALL ')}) WHERE id IS NOT NULL))`;
}

/** Keeps of `chosen` as many influenced rows as their share allows. */
function withinShare({ influenced }: ComputeFileInput): string {
  if (influenced === undefined || influenced.maxShare >= 1) return '';
  const { maxShare } = influenced;
  const order = "md5(concat_ws('/', epoch_us(_time), _id)), _time, _file, _row";
  // A billionth of a row is the rounding of the shares, not a row.
  return `QUALIFY NOT _influenced OR row_number() OVER (PARTITION BY _influenced ORDER BY ${order}) * ${1 - maxShare}
    <= ${maxShare} * count(*) FILTER (NOT _influenced) OVER () + 1e-9`;
}

/**
 * `input` is what features.sql sees of the chosen rows. Row by row what `input` has beyond the caller's columns goes along under
 * names that no column of a spec can have.
 */
function statement(input: ComputeFileInput, compiled: CompiledFeatures, chosen: string): string {
  const inputs = inputColumns(input.spec);
  const typed = inputs.map(
    (c) => `${featureInput(c, quoteIdentifier(`_in_${c.name}`))} AS ${quoteIdentifier(c.name)}`,
  );
  const perInput = (prefix: string) => inputs.map((c) => prefix + c.name);
  const wrong = input.columns === 'profile' ? perInput('_wrong_') : [];
  const along = ['_time', '_id', '_label', '_file', '_row', ...perInput('_in_'), ...wrong].map(
    quoteIdentifier,
  );
  return `WITH ${chosen},
    kept AS (SELECT * FROM chosen ${withinShare(input)}),
    input AS (SELECT ${[...along, ...typed].join(', ')} FROM kept),
    output AS (${compiled.select}, ${along.join(', ')} FROM input)
    SELECT ${outputColumns(input, compiled).join(', ')} FROM output ${inOrder(input)}`;
}

/** A profile counts rows in any order, and sorting them takes more than all the rest. */
function inOrder({ columns }: ComputeFileInput): string {
  return columns === 'profile' ? '' : 'ORDER BY _time, _id, _file, _row';
}

async function influencedRows(
  { influenced }: ComputeFileInput,
  chosen: string,
  written: number,
  engine: Pick<Engine, 'query'>,
): Promise<Pick<ComputedFile, 'influenced'>> {
  if (influenced === undefined || influenced.files.length === 0) return {};
  const [counted] = await engine.query<{ plain: number; influenced: number }>(
    `WITH ${chosen} SELECT count(*) FILTER (NOT _influenced) AS plain, count(*) FILTER (_influenced) AS influenced FROM chosen`,
  );
  const kept = written - (counted?.plain ?? 0);
  return { influenced: { kept, leftOut: (counted?.influenced ?? 0) - kept } };
}

function rawRows(source: Source, file: number, input: ComputeFileInput): string {
  const { spec, receivedAt, inputs, influenced, columns } = input;
  const { timeColumn, idColumn, label } = spec.schema;
  const parsed = (name: string) => {
    const column = spec.schema.columns.find((c) => c.name === name);
    if (column === undefined) throw new Error(`the spec has no column ${name}`);
    return parsedColumn(column, source);
  };
  const value = (name: string) => parsed(name).value;
  if (timeColumn === undefined && receivedAt === undefined)
    throw new Error(`a spec without timeColumn needs the time of receipt, model ${spec.name} got none`);
  const projected = [
    `${timeColumn ? value(timeColumn) : quoteTime(receivedAt as string)} AS _time`,
    `${idColumn ? `CAST(${value(idColumn)} AS VARCHAR)` : 'CAST(NULL AS VARCHAR)'} AS _id`,
    `${value(label)} AS _label`,
    `${file} AS _file`,
    `${influenced?.files.includes(inputs[file] as string) ?? false} AS _influenced`,
    '_row',
    ...inputColumns(spec).map((c) => `${value(c.name)} AS ${quoteIdentifier(`_in_${c.name}`)}`),
    ...(columns === 'profile' ? inputColumns(spec) : []).map(
      (c) => `${parsed(c.name).unreadable} AS ${quoteIdentifier(`_wrong_${c.name}`)}`,
    ),
  ];
  return `SELECT ${projected.join(', ')} FROM ${source.relation}`;
}

function outputColumns(
  { spec, columns, groups = [] }: ComputeFileInput,
  compiled: CompiledFeatures,
): readonly string[] {
  const as = (value: string, name: string) => `${value} AS ${quoteIdentifier(name)}`;
  const prefix = columns === 'profile' ? 'feature.' : '';
  const features = compiled.columns.map((c) => as(finiteFeature(c.name, c.type), prefix + c.name));
  const along = groups.map((name) =>
    as(`CAST(${quoteIdentifier(`_in_${name}`)} AS VARCHAR)`, `group.${name}`),
  );
  if (columns !== 'profile') return [...features, ...along, as('_label', spec.schema.label), '_time', '_id'];
  const inputs = inputColumns(spec).map((c) => as(quoteIdentifier(`_in_${c.name}`), `input.${c.name}`));
  const wrong = inputColumns(spec).map((c) =>
    as(quoteIdentifier(`_wrong_${c.name}`), mismatchName(`input.${c.name}`)),
  );
  return [...inputs, ...features, '_time', '_id', ...wrong];
}

async function timeRange(
  file: string,
  engine: Pick<Engine, 'query'>,
): Promise<{ from?: string; to?: string }> {
  const sql = `SELECT min(_time) AS "from", max(_time) AS "to" FROM ${parquetRows(file)}`;
  const [range] = await engine.query<{ from: string | null; to: string | null }>(sql);
  return !range?.from || !range.to ? {} : { from: range.from, to: range.to };
}

function known(file: string) {
  const format = formatOf(file);
  if (format === undefined)
    throw new Error(`a raw file ends in .parquet, .csv or .jsonl, got ${basename(file)}`);
  return format;
}
