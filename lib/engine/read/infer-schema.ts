import { type ColumnFacts, MAX_LISTED, type SampleFacts } from '../../domain/constraints/column-facts.ts';
import { type SchemaProposal, schemaProposal } from '../../domain/constraints/schema-proposal.ts';
import { columnName } from '../../domain/spec/columns.ts';
import type { ColumnSpec } from '../../domain/spec.ts';
import { type Engine, openEngine } from '../engine.ts';
import { type AnyColumn, anyColumns } from './any-columns.ts';
import { countBrokenRows } from './broken-rows.ts';
import { parsedColumn } from './parsed-column.ts';
import { readableFormat } from './readable-format.ts';
import { openSource, type Source } from './source.ts';
import { type TypedColumn, typedRows } from './typed-rows.ts';
import { sayingWhatIsWrong, UnreadableFileError } from './unreadable-file.ts';

/** Rows whose values are kept to count the different ones: enough for shares to a tenth of a percent. */
const SAMPLE_ROWS = 200_000;

/**
 * The schema and constraints that a file suggests. Types come from the form of a sample and are then held against all rows.
 *
 * @param name what people call the file
 * Throws UnreadableFileError, with a sentence, for what is no such file, is harmed, has no rows or nested columns.
 */
export async function inferSchema(
  { file, name = file }: { readonly file: string; readonly name?: string },
  engine: Engine,
): Promise<SchemaProposal> {
  const format = await readableFormat(file, name);
  return sayingWhatIsWrong(name, async () => {
    const source = await openSource(file, format, engine);
    await countBrokenRows(source, file, name, engine);
    const found = await anyColumns(source, name, engine);
    const leftOut = found.flatMap((column) => {
      const because = whyLeftOut(column, source);
      return because === undefined ? [] : [{ wanted: column.name, because: [because] }];
    });
    const outside = new Set(leftOut.map(({ wanted }) => wanted));
    const kept = found.filter((column) => !outside.has(column.name));
    if (kept.length === 0)
      throw new UnreadableFileError(`${name} has no column that a spec can hold: ${leftOut[0]?.because}`);
    const facts = await factsOf(kept, source, engine);
    const rows = facts[0]?.rows ?? 0;
    if (rows === 0) throw new UnreadableFileError(`${name} has no rows to learn a schema from`);
    return schemaProposal(facts, { rows, sampledRows: Math.min(rows, SAMPLE_ROWS), leftOut });
  });
}

/** Undefined for a column that a spec can hold. */
function whyLeftOut({ name, type }: AnyColumn, source: Source): string | undefined {
  if (!columnName.safeParse(name).success) return 'a spec cannot name it: rename it in the data';
  const { wrongType } = parsedColumn({ name, type, nullable: true, tolerance: 0 }, source);
  return wrongType && `no type of a spec reads ${wrongType}: write it as text, number or timestamp`;
}

/** The same with an engine of its own, for who has no other use for one. */
export async function inferSchemaAlone(input: {
  readonly file: string;
  readonly name: string;
}): Promise<SchemaProposal> {
  const engine = await openEngine();
  try {
    return await inferSchema(input, engine);
  } finally {
    engine.close();
  }
}

async function factsOf(
  columns: readonly AnyColumn[],
  source: Source,
  engine: Engine,
): Promise<readonly ColumnFacts[]> {
  const specs = await wholeNumbers(columns, source, engine);
  const counts = await countAll(specs, source, engine);
  const samples = await countSample(specs, source, engine);
  return specs.map((spec, i) => ({
    name: spec.name,
    type: spec.type,
    ...(counts[i] as CountedFacts),
    sample: samples[i] as SampleFacts,
  }));
}

function rowsAs(specs: readonly ColumnSpec[], source: Source) {
  return typedRows(
    specs.map((spec) => ({ spec, parsed: parsedColumn(spec, source) })),
    source,
    new Set(),
  );
}

/** Types of a file whose values are whole, however large. */
const INTEGER_TYPE = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER)$/;

/** Numbers that are whole in every row are integers to a spec, which holds them up to 2^63. */
async function wholeNumbers(
  columns: readonly AnyColumn[],
  source: Source,
  engine: Pick<Engine, 'query'>,
): Promise<readonly ColumnSpec[]> {
  const as = (name: string, type: ColumnSpec['type']): ColumnSpec => ({
    name,
    type,
    nullable: true,
    tolerance: 0,
  });
  const numbers = columns.filter(({ type }) => type === 'number').map(({ name }) => name);
  const { relation, columns: typed } = rowsAs(
    numbers.map((name) => as(name, 'number')),
    source,
  );
  const stored = new Map(source.columns.map(({ name, type }) => [name, type]));
  const whole = numbers.map((name, i) => {
    const { value, raw } = typed.get(name) as TypedColumn;
    const isWhole = INTEGER_TYPE.test(stored.get(name) ?? '')
      ? `${raw} IS NULL OR TRY_CAST(${raw} AS BIGINT) IS NOT NULL`
      : `${value} = floor(${value}) AND isfinite(${value}) AND abs(${value}) < 9007199254740992`;
    return `coalesce(bool_and(${isWhole}), false) AS w${i}`;
  });
  const [answer = {}] =
    numbers.length > 0 ? await engine.query(`SELECT ${whole.join(', ')} FROM ${relation}`) : [];
  return columns.map(({ name, type }) => {
    const i = numbers.indexOf(name);
    return as(name, i >= 0 && answer[`w${i}`] === true ? 'integer' : type);
  });
}

type CountedFacts = Omit<ColumnFacts, 'name' | 'type' | 'sample'>;

async function countAll(
  specs: readonly ColumnSpec[],
  source: Source,
  engine: Pick<Engine, 'query'>,
): Promise<readonly CountedFacts[]> {
  const { relation, columns } = rowsAs(specs, source);
  const counts = specs.flatMap(({ name, type }, i) => {
    const { value, unreadable = 'false' } = columns.get(name) as { value: string; unreadable?: string };
    const isNumber = type === 'number' || type === 'integer';
    const measured = isNumber
      ? `CASE WHEN isfinite(CAST(${value} AS DOUBLE)) THEN CAST(${value} AS DOUBLE) END`
      : type === 'string'
        ? `length(${value})`
        : 'CAST(NULL AS DOUBLE)';
    return [
      `count_if(${value} IS NULL AND NOT ${unreadable}) AS nulls${i}`,
      `count_if(${unreadable}) AS mismatches${i}`,
      `count_if(${type === 'number' ? `NOT isfinite(${value})` : 'false'}) AS other${i}`,
      `min(${measured}) AS min${i}`,
      `max(${measured}) AS max${i}`,
    ];
  });
  const [answer = {}] = await engine.query<Record<string, number | null>>(
    `SELECT ${['count(*) AS rows', ...counts].join(', ')} FROM ${relation}`,
  );
  return specs.map((_, i) => {
    const of = (what: string) => answer[`${what}${i}`] ?? undefined;
    const [min, max] = [of('min'), of('max')];
    return {
      rows: answer.rows ?? 0,
      nulls: of('nulls') ?? 0,
      mismatches: of('mismatches') ?? 0,
      notFinite: of('other') ?? 0,
      ...(min !== undefined && max !== undefined && { min, max }),
    };
  });
}

async function countSample(
  specs: readonly ColumnSpec[],
  source: Source,
  engine: Engine,
): Promise<readonly SampleFacts[]> {
  const { relation, columns } = rowsAs(specs, source);
  const connection = await engine.connect();
  try {
    const table = 'sampled';
    await connection.run(
      `CREATE TEMP TABLE ${table} AS SELECT * FROM ${relation} USING SAMPLE reservoir(${SAMPLE_ROWS} ROWS) REPEATABLE (1)`,
    );
    const facts: SampleFacts[] = [];
    for (const { name } of specs) {
      const value = columns.get(name)?.value as string;
      const reader = await connection.runAndReadAll(
        `SELECT CAST(v AS VARCHAR), n, sum(n) OVER (), count(*) OVER (), count_if(n = 1) OVER ()
         FROM (SELECT ${value} AS v, count(*) AS n FROM ${table} WHERE ${value} IS NOT NULL GROUP BY 1)
         ORDER BY n DESC, v LIMIT ${MAX_LISTED}`,
      );
      const rows = reader.getRows();
      const [, , values = 0, distinct = 0, singles = 0] = rows[0] ?? [];
      facts.push({
        values: Number(values),
        distinct: Number(distinct),
        singles: Number(singles),
        commonest: rows.map(([text, n]) => ({ value: String(text), rows: Number(n) })),
      });
    }
    await connection.run(`DROP TABLE ${table}`);
    return facts;
  } finally {
    connection.closeSync();
  }
}
