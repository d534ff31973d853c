import { type Binning, type ColumnBinning, makeBinning } from '../../domain/profile/binning.ts';
import { categoryKey } from '../../domain/profile/category-key.ts';
import type { ColumnProfile } from '../../domain/profile/column-profile.ts';
import { type ProfiledColumn, profiledColumns } from '../../domain/profile/profiled-columns.ts';
import { segmentBinning } from '../../domain/profile/segment-binning.ts';
import type { Engine } from '../engine.ts';
import { quoteIdentifier } from '../sql-text.ts';
import { profileCategories } from './profile-categories.ts';
import { type RawObject, withProfileFile } from './profile-object.ts';
import { type ProfiledRelation, profiledRelation } from './profiled-relation.ts';
import { proposeNumeric, SAMPLE_ROWS } from './propose-numeric.ts';
import { withTextColumns } from './text-columns.ts';

/** Of a column with more values than a profile counts by name, the commonest are named and the rest fall into buckets. */
const NAMED_CATEGORIES = 200;

export interface ProposeBinning {
  /** Parquet files whose columns are named as in `columns`. */
  readonly file: string | readonly string[];
  readonly columns: readonly ProfiledColumn[];
  /** Categorical columns among them whose values cut the rows into segments. */
  readonly segments?: readonly string[];
}

/** Bins for the columns of a file: equally filled ones with point bins for atoms, and names for strings that are no text. */
export async function proposeBinning(
  { file, columns: asked, segments = [] }: ProposeBinning,
  engine: Engine,
): Promise<Binning> {
  const relation = await profiledRelation(file, undefined, engine);
  const columns = await withTextColumns(asked, segments, relation, engine);
  const known = columns.filter(({ name }) => relation.types.has(name));
  const numeric = known.filter(({ kind }) => kind === 'numeric');
  const edges = await proposeNumeric(numeric, relation, engine);
  const categorical = known.filter(({ kind }) => kind === 'categorical');
  const names = await proposeCategories(categorical, relation, engine);
  const binnings = Object.fromEntries(
    columns.map((column) => [
      column.name,
      edges[numeric.indexOf(column)] ?? names[categorical.indexOf(column)] ?? withoutValues(column),
    ]),
  );
  const by = categorical.filter(({ name }) => segments.includes(name));
  if (by.length === 0) return makeBinning(binnings);
  const counted = await profileCategories(by, relation, engine);
  const values = Object.fromEntries(by.map(({ name }, i) => [name, counted[i] as ColumnProfile]));
  return makeBinning(binnings, segmentBinning(values, binnings));
}

/** Bins for a raw object of a dataset: its inputs and its features. */
export async function proposeObjectBinning(object: RawObject, engine: Engine): Promise<Binning> {
  return withProfileFile(object, engine, (file, features) =>
    proposeBinning({ file, columns: profiledColumns(object.spec, features) }, engine),
  );
}

function withoutValues({ kind }: ProfiledColumn): ColumnBinning {
  return kind === 'numeric' ? { kind, edges: [] } : { kind };
}

async function proposeCategories(
  columns: readonly ProfiledColumn[],
  relation: ProfiledRelation,
  engine: Engine,
): Promise<readonly ColumnBinning[]> {
  const profiles = await profileCategories(columns, relation, engine);
  const binnings: ColumnBinning[] = [];
  for (const [i, { name }] of columns.entries())
    binnings.push(
      profiles[i]?.other === 0
        ? { kind: 'categorical' }
        : { kind: 'categorical', values: await commonest(name, relation, engine) },
    );
  return binnings;
}

/** By a sample: which of a thousand rare values are the two hundredth makes no difference. */
async function commonest(name: string, { sql }: ProfiledRelation, engine: Engine): Promise<string[]> {
  const counted = await engine.query<{ v: string }>(
    `SELECT v FROM (SELECT CAST(${quoteIdentifier(name)} AS VARCHAR) AS v FROM ${sql}
       USING SAMPLE reservoir(${SAMPLE_ROWS} ROWS) REPEATABLE (1))
     WHERE v IS NOT NULL GROUP BY v ORDER BY count(*) DESC, v LIMIT ${NAMED_CATEGORIES}`,
  );
  return [...new Set(counted.map(({ v }) => categoryKey(v)))].sort();
}
