import type { DuckDBDataChunk } from '@duckdb/node-api';

/** The memory of a vector, which the library reads value by value; its types keep it to itself. */
interface Vector<T> {
  readonly items: T;
  readonly validity: { readonly data: BigUint64Array | null };
}

/** Values of a column of a chunk, and of which rows there are any. */
export function vectorOf<T>(chunk: DuckDBDataChunk, column: number): Vector<T> {
  return chunk.getColumnVector(column) as unknown as Vector<T>;
}

/** Validity as a `NumberAccumulator` wants it. */
export function words(data: BigUint64Array | null): Uint32Array | null {
  return data && new Uint32Array(data.buffer, data.byteOffset, data.length * 2);
}
