import { type Binning, type ColumnBinning, makeBinning } from '../domain/profile/binning.ts';
import { MAX_CATEGORY_BYTES } from '../domain/profile/category-key.ts';
import { MAX_CATEGORIES } from '../domain/profile/column-profile.ts';
import { edgeRanks, edgesFromQuantiles } from '../domain/profile/edges.ts';
import { type ProfiledColumn, profiledColumns } from '../domain/profile/profiled-columns.ts';
import type { Engine } from './engine.ts';
import { type RawObject, withProfileFile } from './profile-object.ts';
import { quoteIdentifier, quoteString } from './sql-text.ts';

/** Edges need not be exact quantiles, since counts on them are exact; this many rows place them well. */
const SAMPLE_ROWS = 65_536;

/** Of a column with more values than a profile counts by name, the commonest are named and the rest are `other`. */
const NAMED_CATEGORIES = 200;

export interface ProposeBinning {
  /** Parquet files whose columns are named as in `columns`. */
  readonly file: string | readonly string[];
  readonly columns: readonly ProfiledColumn[];
}

/** Bins for the columns of a file: equally filled ones with point bins for atoms, and names for strings. */
export async function proposeBinning({ file, columns }: ProposeBinning, engine: Engine): Promise<Binning> {
  const files = typeof file === 'string' ? [file] : file;
  const relation = `read_parquet([${files.map(quoteString).join(', ')}])`;
  const numeric = await numericBinnings(columns, relation, engine);
  const categorical = await categoricalBinnings(columns, relation, engine);
  return makeBinning({ ...numeric, ...categorical });
}

/** Bins for a raw object of a dataset: its inputs and its features. */
export async function proposeObjectBinning(object: RawObject, engine: Engine): Promise<Binning> {
  return withProfileFile(object, engine, (file, features) =>
    proposeBinning({ file, columns: profiledColumns(object.spec, features) }, engine),
  );
}

type Binnings = Record<string, ColumnBinning>;

async function numericBinnings(
  columns: readonly ProfiledColumn[],
  relation: string,
  engine: Engine,
): Promise<Binnings> {
  const names = columns.filter((c) => c.kind === 'numeric').map((c) => c.name);
  if (names.length === 0) return {};
  const ranks = `[${edgeRanks().join(', ')}]`;
  const quantiles = names.map((name, i) => {
    const value = `CAST(${quoteIdentifier(name)} AS DOUBLE)`;
    return `quantile_disc(CASE WHEN isfinite(${value}) THEN ${value} END, ${ranks}) AS q${i}`;
  });
  const sample = `SELECT * FROM ${relation} USING SAMPLE reservoir(${SAMPLE_ROWS} ROWS) REPEATABLE (1)`;
  const [row] = await engine.query<Record<string, number[] | null>>(
    `SELECT ${quantiles.join(', ')} FROM (${sample})`,
  );
  return Object.fromEntries(
    names.map((name, i) => [name, { kind: 'numeric', edges: edgesFromQuantiles(row?.[`q${i}`] ?? []) }]),
  );
}

async function categoricalBinnings(
  columns: readonly ProfiledColumn[],
  relation: string,
  engine: Engine,
): Promise<Binnings> {
  const binnings: Binnings = {};
  for (const { name } of columns.filter((c) => c.kind === 'categorical')) {
    const value = categoryText(name);
    const counted = await engine.query<{ v: string; all: number }>(
      `SELECT ${value} AS v, count(*) AS n, count(*) OVER () AS "all" FROM ${relation} WHERE ${value} IS NOT NULL
       GROUP BY v ORDER BY n DESC, v LIMIT ${NAMED_CATEGORIES}`,
    );
    const distinct = counted[0]?.all ?? 0;
    binnings[name] =
      distinct > MAX_CATEGORIES
        ? { kind: 'categorical', values: counted.map((row) => row.v).sort() }
        : { kind: 'categorical' };
  }
  return binnings;
}

/** SQL of a value as a category: see `categoryKey`. */
function categoryText(column: string): string {
  const text = `nfc_normalize(CAST(${quoteIdentifier(column)} AS VARCHAR))`;
  return `CASE WHEN strlen(${text}) > ${MAX_CATEGORY_BYTES} THEN 'sha256:' || sha256(${text}) ELSE ${text} END`;
}
