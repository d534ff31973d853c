import { type KeySet, keySet, MAX_COMPARED_KEYS } from '../domain/constraints/key-sets.ts';
import { MAX_EXAMPLES } from '../domain/data/settle-findings.ts';
import type { Engine } from './engine.ts';
import type { Broken, Examples } from './find-examples.ts';
import type { TypedRows } from './typed-rows.ts';

export interface Repeats extends Broken {
  readonly keys: KeySet;
}

/** Rows whose key an earlier row has, exactly; rows with a null in the key have none. */
export async function countRepeats(
  columns: readonly string[],
  { relation, columns: known }: TypedRows,
  engine: Engine,
): Promise<Repeats> {
  const values = columns.map((name) => known.get(name)?.value as string);
  const keyed = `${relation} WHERE ${values.map((value) => `${value} IS NOT NULL`).join(' AND ')}`;
  const grouped = `SELECT count(*) AS n FROM ${keyed} GROUP BY ${values.join(', ')}`;
  const [counted] = await engine.query<{ rows: number; keys: number }>(
    `SELECT coalesce(sum(n), 0) AS rows, count(*) AS keys FROM (${grouped})`,
  );
  const { rows = 0, keys = 0 } = counted ?? {};
  const text = textOf(values);
  const examples =
    rows > keys
      ? await engine.query<Examples[number]>(
          `SELECT list_extract(min(_row, 2), 2) AS "row", left(any_value(${text}), 200) AS value
           FROM ${keyed} GROUP BY ${values.join(', ')} HAVING count(*) > 1 ORDER BY "row" LIMIT ${MAX_EXAMPLES}`,
        )
      : [];
  const hashes = keys <= MAX_COMPARED_KEYS ? await hashesOf(text, keyed, engine) : undefined;
  return {
    rows: rows - keys,
    examples,
    keys: hashes === undefined ? { parts: 1, repeats: 0 } : keySet(hashes),
  };
}

/** One text a key; the lengths before its parts keep `a`, `bc` and `ab`, `c` apart. */
function textOf(values: readonly string[]): string {
  const parts = values.map((value) => `CAST(${value} AS VARCHAR)`);
  if (parts.length === 1) return parts[0] as string;
  return `concat_ws(', ', ${parts.map((part) => `length(${part}) || ':' || ${part}`).join(', ')})`;
}

/** A hash that stays the same from one version of the engine to the next, since shards of one dataset may meet two. */
async function hashesOf(text: string, keyed: string, engine: Engine): Promise<BigUint64Array> {
  const connection = await engine.connect();
  try {
    const reader = await connection.runAndReadAll(`SELECT DISTINCT md5_number_lower(${text}) FROM ${keyed}`);
    return BigUint64Array.from(reader.getColumns()[0] as bigint[]);
  } finally {
    connection.closeSync();
  }
}
