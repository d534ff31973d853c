import type { ColumnBinning } from '../domain/profile/binning.ts';
import {
  edgeRanks,
  edgesFromQuantiles,
  FINE_BINS,
  MAX_POINTS,
  NUMERIC_BINS,
  pointEdges,
  SMALL_TABLE_ROWS,
} from '../domain/profile/edges.ts';
import type { ProfiledColumn } from '../domain/profile/profiled-columns.ts';
import type { Engine } from './engine.ts';
import type { ProfiledRelation } from './profiled-relation.ts';
import { quoteIdentifier } from './sql-text.ts';

/** Edges need not be exact quantiles, since counts on them are exact; this many rows place them well. */
export const SAMPLE_ROWS = 65_536;

/** Columns whose sample lies in memory at once. */
const COLUMNS_A_SAMPLE = 64;

/** Bins for numeric columns, in their order: equally filled ones with finer tails, and points for atoms and few values. */
export async function proposeNumeric(
  columns: readonly ProfiledColumn[],
  relation: ProfiledRelation,
  engine: Engine,
): Promise<readonly ColumnBinning[]> {
  const binnings: ColumnBinning[] = [];
  for (let from = 0; from < columns.length; from += COLUMNS_A_SAMPLE) {
    const sampled = await sample(columns.slice(from, from + COLUMNS_A_SAMPLE), relation, engine);
    const points = await pointsOf(sampled, relation, engine);
    for (const column of sampled) {
      const known = points.get(column.name);
      const edges = known ? pointEdges(known) : await edgesOf(column, relation, engine);
      binnings.push({ kind: 'numeric', edges });
    }
  }
  return binnings;
}

interface Sampled {
  readonly name: string;
  readonly quantiles: readonly number[] | null;
  readonly distinct: number;
}

async function sample(
  columns: readonly ProfiledColumn[],
  { sql, rows }: ProfiledRelation,
  engine: Engine,
): Promise<readonly Sampled[]> {
  const usual = rows <= SMALL_TABLE_ROWS ? FINE_BINS : NUMERIC_BINS;
  const size = Math.min(rows, SAMPLE_ROWS);
  const values = columns.map(({ name }, i) => `${finite(name)} AS x${i}`);
  const measured = columns.map(({ bins = usual }, i) => {
    const ranks = `[${edgeRanks(bins, size).join(', ')}]`;
    return `quantile_disc(x${i}, ${ranks}) AS q${i}, count(DISTINCT x${i}) AS d${i}`;
  });
  const [row] = await engine.query<Record<string, number[] | number | null>>(
    `SELECT ${measured.join(', ')}
     FROM (SELECT ${values.join(', ')} FROM ${sql} USING SAMPLE reservoir(${SAMPLE_ROWS} ROWS) REPEATABLE (1))`,
  );
  return columns.map(({ name }, i) => ({
    name,
    quantiles: (row?.[`q${i}`] ?? null) as number[] | null,
    distinct: Number(row?.[`d${i}`] ?? 0),
  }));
}

/** All values of columns that have few, at once: of a table that lies in its sample, where a few cannot turn out to be many. */
async function pointsOf(
  sampled: readonly Sampled[],
  { sql, rows }: ProfiledRelation,
  engine: Engine,
): Promise<ReadonlyMap<string, number[]>> {
  const few = rows > SAMPLE_ROWS ? [] : sampled.filter(({ distinct }) => distinct <= MAX_POINTS);
  if (few.length === 0) return new Map();
  const values = few.map(({ name }, i) => `list(DISTINCT ${finite(name)}) AS p${i}`);
  const [row] = await engine.query<Record<string, (number | null)[] | null>>(
    `SELECT ${values.join(', ')} FROM ${sql}`,
  );
  return new Map(
    few.map(({ name }, i) => {
      const found = (row?.[`p${i}`] ?? []).filter((value) => value !== null);
      return [name, found.sort((a, b) => a - b)];
    }),
  );
}

async function edgesOf(
  { name, quantiles, distinct }: Sampled,
  { sql }: ProfiledRelation,
  engine: Engine,
): Promise<number[]> {
  if (distinct <= MAX_POINTS) {
    const values = await engine.query<{ x: number }>(
      `SELECT DISTINCT ${finite(name)} AS x FROM ${sql} WHERE x IS NOT NULL LIMIT ${MAX_POINTS + 1}`,
    );
    if (values.length <= MAX_POINTS) return pointEdges(values.map(({ x }) => x).sort((a, b) => a - b));
  }
  return edgesFromQuantiles(quantiles ?? []);
}

function finite(name: string): string {
  const value = `CAST(${quoteIdentifier(name)} AS DOUBLE)`;
  return `CASE WHEN isfinite(${value}) THEN ${value} END`;
}
