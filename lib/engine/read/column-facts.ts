import { type ColumnFacts, MAX_LISTED, type SampleFacts } from '../../domain/constraints/column-facts.ts';
import type { ColumnSpec } from '../../domain/spec.ts';
import type { Engine } from '../engine.ts';
import type { AnyColumn } from './any-column.ts';
import { parsedColumn } from './parsed-column.ts';
import type { Source } from './source.ts';
import { type TypedColumn, typedRows } from './typed-rows.ts';

/** Rows whose values are kept to count the different ones: enough for shares to a tenth of a percent. */
export const SAMPLE_ROWS = 200_000;

/** Longer texts that begin alike count as one: no proposal lists them, and memory would not hold them. */
const SAMPLE_CHARACTERS = 1000;

/** The rows of a file that are rows. */
export async function countRows(source: Source, engine: Pick<Engine, 'query'>): Promise<number> {
  const [counted] = await engine.query<{ rows: number }>(
    `SELECT count(*) AS rows FROM ${rowsAs([], source).relation}`,
  );
  return counted?.rows ?? 0;
}

/** What all rows say of some columns: as many as one statement may have. */
export async function factsOfSome(
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
    const values = specs.map(({ name, type }) => {
      const { value } = columns.get(name) as { value: string };
      return `${type === 'string' ? `left(${value}, ${SAMPLE_CHARACTERS})` : value} AS ${value}`;
    });
    await connection.run(
      `CREATE TEMP TABLE ${table} AS SELECT ${values.join(', ')} FROM ${relation} USING SAMPLE reservoir(${SAMPLE_ROWS} ROWS) REPEATABLE (1)`,
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
