import { type KeySet, keptShare, keySet } from '../../domain/constraints/key-sets.ts';
import { MAX_EXAMPLES } from '../../domain/data/settle-findings.ts';
import type { Engine } from '../engine.ts';
import type { TypedRows } from '../read/typed-rows.ts';
import { scanChunks } from '../scan-chunks.ts';
import type { Broken, Examples } from './find-examples.ts';
import { keyHash, keyText, type RowKeys, withRowKeys } from './row-keys.ts';

export interface Repeats extends Broken {
  readonly keys: KeySet;
}

/** What one pass may hold of the keys: the engine's limit for buffers does not bind its tables of groups. */
const PASS_BYTES = 96 * 2 ** 20;

/** A group's place in the table, hash, short text and counter, the table half empty; measured. */
const COUNTED_KEY_BYTES = 80;

/** The same with a list of two row numbers, which lies on its own; measured. */
const LOCATED_KEY_BYTES = 160;

/** How often a text lies in memory while its table grows; measured. */
const TEXT_COPIES = 3;

/** How far the guess of distinct keys may be too low. */
const GUESS_MARGIN = 1.25;

/**
 * Rows whose key an earlier row has, exactly; rows with a null in the key have none. Keys are counted in passes, each over those whose
 * hash falls to it, so that memory does not grow with them.
 */
export async function countRepeats(
  columns: readonly string[],
  rows: TypedRows,
  engine: Engine,
): Promise<Repeats> {
  return withRowKeys(columns, rows, engine, async (all) => {
    const of = passesOf(all, COUNTED_KEY_BYTES);
    const repeating: Pass[] = [];
    const isUnique = of > 1 && (await haveOwnHashes(all, engine));
    let distinct = isUnique ? all.rows : 0;
    for (let number = 0; number < of && !isUnique; number++) {
      const counted = await countPass({ number, of }, all, engine);
      distinct += counted.keys;
      if (counted.rows > counted.keys) repeating.push({ number, of });
    }
    return {
      rows: all.rows - distinct,
      examples: await firstRepeats(all, repeating, engine),
      keys: await keysOf(all, distinct, engine),
    };
  });
}

/** What the engine hands out of a column of hashes. */
interface Hashes {
  readonly items: BigUint64Array;
}

/** Whether no two keys share a hash, so that none repeats: what is normal, seen in one scan. */
async function haveOwnHashes({ relation, columns, rows }: RowKeys, engine: Engine): Promise<boolean> {
  if (rows * BigUint64Array.BYTES_PER_ELEMENT > PASS_BYTES) return false;
  const hashes = new BigUint64Array(rows);
  let seen = 0;
  await scanChunks(`SELECT ${keyHash(columns)} FROM ${relation}`, rows, engine, (chunk) => {
    const { items } = chunk.getColumnVector(0) as unknown as Hashes;
    hashes.set(items.subarray(0, chunk.rowCount), seen);
    seen += chunk.rowCount;
  });
  hashes.sort();
  return hashes.every((hash, i) => i === 0 || hash !== hashes[i - 1]);
}

function passesOf({ rows, distinct, textBytes }: RowKeys, keyBytes: number): number {
  const keys = Math.min(rows, distinct * GUESS_MARGIN);
  return Math.max(1, Math.ceil((keys * keyBytes + textBytes * TEXT_COPIES) / PASS_BYTES));
}

interface Pass {
  readonly number: number;
  readonly of: number;
}

/** The keys of one pass. The lowest bits of a hash are left to the table of groups, which takes its places from them. */
function keysIn({ number, of }: Pass, { relation, columns }: RowKeys): string {
  return of === 1 ? relation : `${relation} WHERE (${keyHash(columns)} >> 24) % ${of} = ${number}`;
}

async function countPass(
  pass: Pass,
  keys: RowKeys,
  engine: Engine,
): Promise<{ readonly rows: number; readonly keys: number }> {
  const grouped = `SELECT count(*) AS n FROM ${keysIn(pass, keys)} GROUP BY ${keys.columns.join(', ')}`;
  const [counted] = await engine.query<{ rows: number; keys: number }>(
    `SELECT coalesce(sum(n), 0) AS rows, count(*) AS keys FROM (${grouped})`,
  );
  return counted ?? { rows: 0, keys: 0 };
}

/** The second row of each repeated key, the first of them. A pass sees no row behind the last one that can still be among them. */
async function firstRepeats(keys: RowKeys, repeating: readonly Pass[], engine: Engine): Promise<Examples> {
  const parts = Math.ceil(passesOf(keys, LOCATED_KEY_BYTES) / passesOf(keys, COUNTED_KEY_BYTES));
  const by = keys.columns.join(', ');
  let first: Examples = [];
  for (const { number, of } of repeating)
    for (let part = 0; part < parts; part++) {
      const among = keysIn({ number: number + part * of, of: of * parts }, keys);
      const last = first.length === MAX_EXAMPLES ? first.at(-1)?.row : undefined;
      const open = last === undefined ? among : `(SELECT * FROM ${among}) WHERE _row < ${last}`;
      const found = await engine.query<Examples[number]>(
        `SELECT "row", left(${keyText(keys.columns)}, 200) AS value FROM (
           SELECT ${by}, list_extract(min(_row, 2), 2) AS "row" FROM ${open}
           GROUP BY ${by} HAVING count(*) > 1 ORDER BY "row" LIMIT ${MAX_EXAMPLES}) ORDER BY "row"`,
      );
      first = [...first, ...found].sort((a, b) => a.row - b.row).slice(0, MAX_EXAMPLES);
    }
  return first;
}

/** Hashes that stay the same from one version of the engine to the next, since shards of one dataset may meet two. */
async function keysOf({ relation, columns }: RowKeys, distinct: number, engine: Engine): Promise<KeySet> {
  const { oneIn, below } = keptShare(distinct);
  const hash = `SELECT md5_number_lower(${keyText(columns)}) AS h FROM ${relation}`;
  const kept = oneIn === 1 ? hash : `FROM (${hash}) WHERE h < ${below}`;
  const connection = await engine.connect();
  try {
    const result = await connection.run(`SELECT DISTINCT h FROM (${kept})`);
    const chunks = await result.fetchAllChunks();
    const hashes = new BigUint64Array(chunks.reduce((sum, { rowCount }) => sum + rowCount, 0));
    let seen = 0;
    for (const chunk of chunks) {
      const { items } = chunk.getColumnVector(0) as unknown as Hashes;
      hashes.set(items.subarray(0, chunk.rowCount), seen);
      seen += chunk.rowCount;
    }
    return keySet(hashes, oneIn);
  } finally {
    connection.closeSync();
  }
}
