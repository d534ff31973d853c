import type { Binning } from '../../domain/profile/binning.ts';
import type { Profile } from '../../domain/profile/profile.ts';
import { segmentKeys } from '../../domain/profile/segment-profile.ts';
import type { ProfileSource } from '../../domain/profile/source.ts';
import type { Scale } from '../../domain/statistics/joint/standardise.ts';
import type { Engine } from '../engine.ts';
import { countMismatches } from './count-mismatches.ts';
import { type CellProfile, profileColumns } from './profile-columns.ts';
import { profileJoint } from './profile-joint.ts';
import { type RawObject, withProfileFile } from './profile-object.ts';
import { type ProfiledRelation, profiledRelation, type RowRange } from './profiled-relation.ts';
import { segmentCuts, wholeCut } from './row-cut.ts';

export interface ProfileFile {
  /** Parquet whose columns are named as in the binning; `_time` gives the time range. */
  readonly file: string | readonly string[];
  readonly binning: Binning;
  /** Unique id of the rows counted, or more about them. */
  readonly source: string | Omit<ProfileSource, 'rows'>;
  /** Only these rows, of one file. */
  readonly range?: RowRange;
  /** ISO 8601: timestamps after it count as future. */
  readonly asOf?: string;
  /** Of the numeric columns that are to be counted together, too. */
  readonly joint?: Scale | undefined;
}

/**
 * The profile of a file under a binning. A column that the file lacks counts as null throughout. Throws, and counts nothing, when
 * the file cannot be read to its last row.
 */
export async function profileFile(
  { file, binning, source, range, asOf, joint: scale }: ProfileFile,
  engine: Engine,
): Promise<Profile> {
  const relation = await profiledRelation(file, range, engine);
  const counted = typeof source === 'string' ? { id: source } : source;
  return {
    version: 1,
    binningId: binning.id,
    rows: relation.rows,
    rejectedRows: 0,
    ...(await timeRange(relation, engine)),
    sources: [
      { ...counted, rows: relation.rows, ...(range && { range: { from: range.from, to: range.to } }) },
    ],
    ...(await profileCells(binning, relation, asOf, engine)),
    ...(scale && { joint: await profileJoint({ scale, file, range }, relation, engine) }),
  };
}

/** All rows, and by the same scan those of each segment. */
async function profileCells(
  { columns, segments }: Binning,
  relation: ProfiledRelation,
  asOf: string | undefined,
  engine: Engine,
): Promise<Pick<Profile, 'columns' | 'segments'>> {
  const parts = segments ? segmentCuts(segments, relation.types) : [];
  const [whole, ...cells] = await profileColumns([wholeCut(columns), ...parts], relation, asOf, engine);
  const cellsInOrder = cells.flat();
  return {
    columns: await countMismatches(whole?.[0]?.columns ?? {}, relation, engine),
    ...(segments && {
      segments: segmentKeys(segments).map((key, i) => ({ ...key, ...(cellsInOrder[i] as CellProfile) })),
    }),
  };
}

/** The profile of a raw object of a dataset: its inputs and its features. */
export async function profileObject(
  object: RawObject & { readonly binning: Binning; readonly source: ProfileFile['source'] },
  engine: Engine,
): Promise<Profile> {
  return withProfileFile(object, engine, (file) =>
    profileFile({ file, binning: object.binning, source: object.source }, engine),
  );
}

async function timeRange(
  { sql, types }: ProfiledRelation,
  engine: Engine,
): Promise<Pick<Profile, 'from' | 'to'>> {
  if (!types.has('_time')) return {};
  const [row] = await engine.query<{ from: string | null; to: string | null }>(
    `SELECT min(_time) AS "from", max(_time) AS "to" FROM ${sql}`,
  );
  const { from = null, to = null } = row ?? {};
  return { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) };
}
