import type { SegmentBinning } from '../domain/profile/binning.ts';
import { type SegmentProfile, segmentKeys } from '../domain/profile/segment-profile.ts';
import { categoryKeySql } from './category-key-sql.ts';
import type { Engine } from './engine.ts';
import { profileColumns } from './profile-columns.ts';
import type { ProfiledRelation } from './profiled-relation.ts';
import { quoteString } from './sql-text.ts';

/** The rows of a relation by the values of declared columns. One scan a segment: they are few, and declared by a person. */
export async function profileSegments(
  segments: SegmentBinning,
  relation: ProfiledRelation,
  asOf: string | undefined,
  engine: Engine,
): Promise<SegmentProfile[]> {
  const profiles: SegmentProfile[] = [];
  for (const key of segmentKeys(segments)) {
    const values = segments.by.find(({ name }) => name === key.by)?.values ?? [];
    const part = await partOf(key, values, relation, engine);
    const columns = await profileColumns(segments.columns, part, asOf, engine);
    profiles.push({ ...key, rows: part.rows, columns });
  }
  return profiles;
}

async function partOf(
  { by, value }: Pick<SegmentProfile, 'by' | 'value'>,
  values: readonly string[],
  { sql, types }: ProfiledRelation,
  engine: Engine,
): Promise<ProfiledRelation> {
  const text = types.has(by) ? categoryKeySql(by) : 'CAST(NULL AS VARCHAR)';
  const named =
    values.length === 0 ? 'false' : `coalesce(${text} IN (${values.map(quoteString).join(', ')}), false)`;
  const condition = value === null ? `NOT ${named}` : `${text} = ${quoteString(value)}`;
  const part = `(SELECT * FROM ${sql} WHERE ${condition})`;
  const [counted] = await engine.query<{ rows: number }>(`SELECT count(*) AS rows FROM ${part}`);
  return { sql: part, types, rows: counted?.rows ?? 0 };
}
