import type { Engine } from '../engine.ts';
import { scanChunks } from '../scan-chunks.ts';
import { quoteIdentifier } from '../sql-text.ts';
import { CellCounter, type CellsCounted } from './cell-counter.ts';
import { vectorOf, words } from './chunk-vectors.ts';
import type { ProfiledRelation } from './profiled-relation.ts';
import { namesOfKind, type RowCut } from './row-cut.ts';

/** Columns of one scan, and cells of all its columns: what is kept of each lies in memory until the scan ends. */
const COLUMNS_A_SCAN = 256;
const CELLS_A_SCAN = 1024;

/**
 * Profiles of the numeric columns that the relation has, in every cell of each cut, in as few scans as memory allows. A scan hands
 * out a column once, whatever cuts it is counted under, and beside the columns the cells of their rows.
 */
export async function scanCells(
  cuts: readonly RowCut[],
  relation: ProfiledRelation,
  engine: Engine,
): Promise<readonly CellsCounted[]> {
  const names = namesOfKind('numeric', cuts, relation);
  const cells = cuts.reduce((sum, cut) => sum + cut.cells, 0);
  const atOnce = Math.max(1, Math.min(COLUMNS_A_SCAN, Math.floor(CELLS_A_SCAN / cells)));
  const scans: (readonly CellsCounted[])[] = [];
  // Without a numeric column the cells' rows are still to be counted.
  for (let from = 0; from < names.length || (from === 0 && cells > cuts.length); from += atOnce)
    scans.push(await scan(names.slice(from, from + atOnce), cuts, relation, engine));
  return cuts.map((cut, i) => ({
    rows: cut.cells === 1 ? [relation.rows] : (scans[0]?.[i]?.rows ?? []),
    columns: Array.from({ length: cut.cells }, (_, cell) =>
      Object.fromEntries(scans.flatMap((counted) => Object.entries(counted[i]?.columns[cell] ?? {}))),
    ),
  }));
}

async function scan(
  names: readonly string[],
  cuts: readonly RowCut[],
  { sql, rows }: ProfiledRelation,
  engine: Engine,
): Promise<readonly CellsCounted[]> {
  const counters = cuts.map((cut) => new CellCounter(names, cut));
  const split = counters.filter((_, i) => (cuts[i] as RowCut).cells > 1);
  const cells = cuts.flatMap((cut) => (cut.cells > 1 ? `CAST(${cut.cell} AS USMALLINT)` : []));
  const values = names.map((name) => `CAST(${quoteIdentifier(name)} AS DOUBLE)`);
  await scanChunks(`SELECT ${[...values, ...cells].join(', ')} FROM ${sql}`, rows, engine, (chunk) => {
    for (const [i, counter] of split.entries())
      counter.readCells(vectorOf<Uint16Array>(chunk, names.length + i).items, chunk.rowCount);
    for (let i = 0; i < names.length; i++) {
      const { items, validity } = vectorOf<Float64Array>(chunk, i);
      const valid = words(validity.data);
      for (const counter of counters) counter.add(i, items, valid, chunk.rowCount);
    }
  });
  return counters.map((counter) => counter.counted());
}
