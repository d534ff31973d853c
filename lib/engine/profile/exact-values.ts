import { ExactAccumulator } from '../../domain/profile/exact-accumulator.ts';
import type { NumericProfile } from '../../domain/profile/numeric-profile.ts';
import type { Engine } from '../engine.ts';
import { scanChunks } from '../scan-chunks.ts';
import { quoteIdentifier } from '../sql-text.ts';
import { vectorOf, words } from './chunk-vectors.ts';
import type { ProfiledRelation } from './profiled-relation.ts';
import type { RowCut } from './row-cut.ts';

type Columns = Readonly<Record<string, NumericProfile>>;

/** Columns of one scan: a sketch of each lies in memory for every cell. */
const COLUMNS_A_SCAN = 16;

/** Decimals up to this many of their last digits are told apart by doubles, whatever the scale. */
const MAX_DECIMAL_UNITS = 2 ** 51;

/** Distinct values and moments of columns whose values a double does not tell apart, in each cell of a cut. */
export async function withExactValues(
  cells: readonly Columns[],
  cut: RowCut,
  relation: ProfiledRelation,
  engine: Engine,
): Promise<readonly Columns[]> {
  const names = coarseNames(cells, relation.types);
  let exact = cells;
  for (let from = 0; from < names.length; from += COLUMNS_A_SCAN)
    exact = await scan(names.slice(from, from + COLUMNS_A_SCAN), exact, cut, relation, engine);
  return exact;
}

async function scan(
  names: readonly string[],
  cells: readonly Columns[],
  { cell }: RowCut,
  { sql, rows, types }: ProfiledRelation,
  engine: Engine,
): Promise<readonly Columns[]> {
  const accumulators = cells.map(() => names.map(() => new ExactAccumulator()));
  const parts = names.flatMap((name) => partsSql(name, types.get(name) as string));
  const query = `SELECT ${parts.join(', ')}, CAST(${cell} AS USMALLINT) FROM ${sql}`;
  await scanChunks(query, rows, engine, (chunk) => {
    const { items: cellOf } = vectorOf<Uint16Array>(chunk, parts.length);
    for (let column = 0; column < names.length; column++) {
      const { items: values, validity } = vectorOf<Float64Array>(chunk, 2 * column);
      const { items: rests } = vectorOf<Float64Array>(chunk, 2 * column + 1);
      const valid = words(validity.data);
      for (let i = 0; i < chunk.rowCount; i++)
        if (valid === null || (((valid[i >>> 5] as number) >>> (i & 31)) & 1) === 1)
          accumulators[cellOf[i] as number]?.[column]?.add(values[i] as number, rests[i] as number);
    }
  });
  return cells.map((columns, i) => {
    const exact = names.flatMap((name, j) => {
      const column = columns[name];
      return column === undefined ? [] : [[name, withExact(column, accumulators[i]?.[j])] as const];
    });
    return { ...columns, ...Object.fromEntries(exact) };
  });
}

function withExact(
  { mean: _, meanRest: __, m2: ___, ...column }: NumericProfile,
  accumulator = new ExactAccumulator(),
): NumericProfile {
  const { moments, distinct } = accumulator.counted();
  return { ...column, ...moments, distinct };
}

/** The nearest double of a value, and what the value has beyond it; none where no other value has the same double. */
function partsSql(name: string, type: string): readonly [string, string] {
  const column = quoteIdentifier(name);
  const nearest = `CAST(${column} AS DOUBLE)`;
  const [whole, wholeOfNearest] = [`CAST(${column} AS HUGEINT)`, `CAST(${nearest} AS HUGEINT)`];
  const rest = `CAST(${whole} - ${wholeOfNearest} AS DOUBLE)`;
  const scale = scaleOf(type);
  if (scale === 0) return [nearest, rest];
  const fraction = `CAST(${column} - TRY_CAST(${whole} AS ${type}) AS DOUBLE)`;
  const fractionOfNearest = `(${nearest} - CAST(${wholeOfNearest} AS DOUBLE))`;
  const isFine = `abs(${nearest}) <= ${MAX_DECIMAL_UNITS / 10 ** scale}`;
  return [
    nearest,
    `CASE WHEN ${isFine} THEN 0 ELSE coalesce(${rest} + (${fraction} - ${fractionOfNearest}), 0) END`,
  ];
}

function coarseNames(cells: readonly Columns[], types: ProfiledRelation['types']): readonly string[] {
  const all = cells.flatMap((columns) => Object.entries(columns));
  return [...new Set(all.flatMap(([name, column]) => (isCoarse(types.get(name), column) ? name : [])))];
}

function isCoarse(type: string | undefined, { n, min, max }: NumericProfile): boolean {
  if (type === undefined || n === 0) return false;
  const largest = Math.max(Math.abs(min ?? 0), Math.abs(max ?? 0));
  if (type.startsWith('DECIMAL')) return largest * 10 ** scaleOf(type) > MAX_DECIMAL_UNITS;
  return /^U?BIGINT$/.test(type) && largest > Number.MAX_SAFE_INTEGER;
}

/** Digits after the point of a type of decimals; 0 for integers. */
function scaleOf(type: string): number {
  return Number(/^DECIMAL\(\d+,(\d+)\)$/.exec(type)?.[1] ?? 0);
}
