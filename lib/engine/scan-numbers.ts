import type { DuckDBDataChunk } from '@duckdb/node-api';
import { NumberAccumulator } from '../domain/profile/number-accumulator.ts';
import type { NumericProfile } from '../domain/profile/numeric-profile.ts';
import type { Engine } from './engine.ts';
import type { ProfiledRelation } from './profiled-relation.ts';
import { scanChunks } from './scan-chunks.ts';
import { quoteIdentifier } from './sql-text.ts';

/** Columns of one scan: what is kept of each lies in memory until it ends. */
const COLUMNS_A_SCAN = 256;

export interface NumericColumn {
  readonly name: string;
  readonly edges: readonly number[];
}

/** Profiles of numeric columns that the relation has, in as few scans as memory allows. */
export async function scanNumbers(
  columns: readonly NumericColumn[],
  { sql, rows }: ProfiledRelation,
  engine: Engine,
): Promise<readonly NumericProfile[]> {
  const profiles: NumericProfile[] = [];
  for (let from = 0; from < columns.length; from += COLUMNS_A_SCAN) {
    const some = columns.slice(from, from + COLUMNS_A_SCAN);
    const accumulators = some.map(({ edges }) => new NumberAccumulator(edges));
    const values = some.map(({ name }) => `CAST(${quoteIdentifier(name)} AS DOUBLE)`);
    await scanChunks(`SELECT ${values.join(', ')} FROM ${sql}`, rows, engine, (chunk) => {
      for (let i = 0; i < accumulators.length; i++) addVector(accumulators[i] as NumberAccumulator, chunk, i);
    });
    profiles.push(...accumulators.map((accumulator) => accumulator.profile()));
  }
  return profiles;
}

function addVector(accumulator: NumberAccumulator, chunk: DuckDBDataChunk, column: number): void {
  const { items, validity } = chunk.getColumnVector(column) as unknown as Vector;
  accumulator.add(items, words(validity.data), chunk.rowCount);
}

/** The memory of a vector, which the library reads value by value; its types keep it to itself. */
interface Vector {
  readonly items: Float64Array;
  readonly validity: { readonly data: BigUint64Array | null };
}

function words(data: BigUint64Array | null): Uint32Array | null {
  return data && new Uint32Array(data.buffer, data.byteOffset, data.length * 2);
}
