import { type JointProfile, jointProfileOf } from '../../domain/statistics/joint/joint-profile.ts';
import type { Scale } from '../../domain/statistics/joint/standardise.ts';
import type { Engine } from '../engine.ts';
import { scanChunks } from '../scan-chunks.ts';
import { parquetRows, quoteIdentifier } from '../sql-text.ts';
import type { ProfiledRelation, RowRange } from './profiled-relation.ts';

/** Rows of a piece that are looked at together: a correlation that went shows in some thousands. */
const SAMPLED_ROWS = 20_000;

/** A row's place in the sample is its number times the golden ratio, modulo 1, in whole numbers below 2³¹. */
const PLACES = 2 ** 31;
const GOLDEN = 1_327_217_885;

export interface JointSample {
  readonly scale: Scale;
  readonly file: string | readonly string[];
  readonly range?: RowRange | undefined;
}

/**
 * The numeric columns of Parquet files together, by about 20,000 of their rows at most. Which ones follows from their numbers
 * alone, evenly over a file whatever its order, so that counting again gives the same. Pieces that are added up later weigh as
 * their samples: above 20,000 rows all alike. Throws when not all sampled rows are read.
 *
 * @param relation of the same rows
 */
export async function profileJoint(
  { scale, file, range }: JointSample,
  { rows, types }: Pick<ProfiledRelation, 'rows' | 'types'>,
  engine: Engine,
): Promise<JointProfile> {
  const numbered = parquetRows(file, 'file_row_number', 'filename');
  const place = `(file_row_number % ${PLACES}) * ${GOLDEN} % ${PLACES}`;
  const until = Math.floor(PLACES * Math.min(1, SAMPLED_ROWS / Math.max(1, rows)));
  const inside = range && ` AND file_row_number >= ${range.from} AND file_row_number < ${range.to}`;
  const from = `FROM ${numbered} WHERE ${place} < ${until}${inside ?? ''}`;
  const [counted] = await engine.query<{ rows: number }>(`SELECT count(*) AS rows ${from}`);
  const sampled = counted?.rows ?? 0;
  const chunk = scale.columns.map(() => new Float64Array(sampled).fill(Number.NaN));
  const values = scale.columns.map((name) => numberOf(name, types));
  let at = 0;
  // Neighbours in the file are often alike; in this order they are far apart, as rows compared for what chance does must be.
  const sql = `SELECT ${values.join(', ')} ${from} ORDER BY ${place}, filename`;
  await scanChunks(sql, sampled, engine, (some) => {
    chunk.forEach((column, j) => {
      column.set(some.getColumnValues(j) as readonly number[], at);
    });
    at += some.rowCount;
  });
  return jointProfileOf(scale, [chunk]);
}

// NaN is what the joint statistics take for none.
function numberOf(name: string, types: ProfiledRelation['types']): string {
  return types.has(name)
    ? `coalesce(CAST(${quoteIdentifier(name)} AS DOUBLE), 'NaN'::DOUBLE)`
    : "'NaN'::DOUBLE";
}
