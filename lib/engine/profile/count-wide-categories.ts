import { capCategories } from '../../domain/profile/cap-categories.ts';
import { type CategoricalProfile, MAX_CATEGORIES } from '../../domain/profile/column-profile.ts';
import { addHash, newSketch, SKETCH_REGISTERS, sketchText } from '../../domain/profile/distinct-sketch.ts';
import { HASH_BUCKETS, textHash } from '../../domain/profile/value-hash.ts';
import type { Engine } from '../engine.ts';
import { quoteIdentifier, quoteString } from '../sql-text.ts';
import type { CategoricalColumn } from './categorical-column.ts';
import { categoryKeySql } from './category-key-sql.ts';
import type { ProfiledRelation } from './profiled-relation.ts';

/** How many times `MAX_CATEGORIES` are fetched by their hash: the engine's guess of the distinct values is off by up to 18 %. */
const MARGIN = 1.6;

/**
 * The profile of a column with any number of values, in memory that does not grow with them: named values are counted by name,
 * all others by the register that their hash belongs to, which is their bucket too.
 */
export async function countWideCategories(
  { name, values }: CategoricalColumn,
  relation: ProfiledRelation,
  engine: Engine,
): Promise<CategoricalProfile> {
  if (values !== undefined) return countBy(name, oneOf(values), relation, engine);
  const [guess] = await engine.query<{ distinct: number }>(
    `SELECT approx_count_distinct(${quoteIdentifier(name)}) AS "distinct" FROM ${relation.sql}`,
  );
  for (let share = (MARGIN * MAX_CATEGORIES) / (guess?.distinct || 1); ; share *= 2) {
    const lowest = `h < ${BigInt(Math.min(2 ** 53, Math.ceil(share * 2 ** 53))) * 2048n - 1n}`;
    const column = await countBy(name, share >= 1 ? 'true' : lowest, relation, engine);
    if (share >= 1 || column.values.length >= MAX_CATEGORIES) return column;
  }
}

interface Group {
  readonly name: string | null;
  readonly register: number | null;
  /** The upper half of the lowest hash: the highest rank. */
  readonly lowest: number;
  readonly n: number;
}

async function countBy(
  name: string,
  isNamed: string,
  { sql, rows }: ProfiledRelation,
  engine: Engine,
): Promise<CategoricalProfile> {
  const hashed = `SELECT v, md5_number_upper(v) AS h FROM (SELECT ${categoryKeySql(name)} AS v FROM ${sql})`;
  const groups = await engine.query<Group>(
    `SELECT CASE WHEN ${isNamed} THEN v END AS name,
       CASE WHEN NOT (${isNamed}) THEN h & ${SKETCH_REGISTERS - 1} END AS register,
       coalesce(min(h) >> 32, 0) AS lowest, count(*) AS n
     FROM (${hashed}) GROUP BY 1, 2`,
  );
  const seen = groups.reduce((sum, { n }) => sum + n, 0);
  if (seen !== rows) throw new Error(`a count sees every row, got ${seen} of ${rows} in ${name}`);
  return columnOf(groups);
}

function columnOf(groups: readonly Group[]): CategoricalProfile {
  const sketch = newSketch();
  const buckets = new Array<number>(HASH_BUCKETS).fill(0);
  const values: [string, number][] = [];
  let [nulls, other] = [0, 0];
  for (const { name, register, lowest, n } of groups) {
    if (name !== null) {
      const { high, low } = textHash(name);
      addHash(sketch, high, low);
      values.push([name, n]);
    } else if (register !== null) {
      addHash(sketch, lowest, register);
      const bucket = register & (HASH_BUCKETS - 1);
      buckets[bucket] = (buckets[bucket] as number) + n;
      other += n;
    } else nulls += n;
  }
  const empty = values.find(([value]) => value === '')?.[1] ?? 0;
  const n = other + values.reduce((sum, [, count]) => sum + count, 0);
  return capCategories({
    kind: 'categorical',
    counts: { null: nulls, empty, typeMismatch: 0 },
    n,
    values,
    other,
    ...(other > 0 && { buckets }),
    distinct: sketchText(sketch),
  });
}

function oneOf(values: readonly string[]): string {
  return values.length === 0 ? 'false' : `v IN (${values.map(quoteString).join(', ')})`;
}
