import { MAX_CHUNK_ROWS } from '../../domain/profile/number-accumulator.ts';

/** Where the values of a cell go, side by side, and how many of its rows have none. */
export type ToCell = (cell: number, values: Float64Array, nulls: number) => void;

// One chunk is split at a time.
const SPLIT = new Float64Array(MAX_CHUNK_ROWS);

/** Tells the rows of chunks apart by their cells: a chunk's cells are read once, and its columns go by them. */
export class CellSplit {
  /** Seen of each cell, over all chunks. */
  readonly rows: Float64Array;
  /** Where a cell's values begin in the chunk at hand, and where its next one goes. */
  readonly #starts: Uint16Array;
  readonly #next: Uint16Array;
  #cells: ArrayLike<number> = [];
  #chunkRows = 0;

  constructor(cells: number) {
    this.rows = new Float64Array(cells);
    this.#starts = new Uint16Array(cells + 1);
    this.#next = new Uint16Array(cells + 1);
  }

  /** @param cells of each row of the chunk */
  read(cells: ArrayLike<number>, chunkRows: number): void {
    this.#cells = cells;
    this.#chunkRows = chunkRows;
    const starts = this.#starts;
    starts.fill(0);
    for (let i = 0; i < chunkRows; i++) {
      const after = (cells[i] as number) + 1;
      starts[after] = (starts[after] as number) + 1;
    }
    for (let cell = 0; cell < this.rows.length; cell++) {
      this.rows[cell] = (this.rows[cell] as number) + (starts[cell + 1] as number);
      starts[cell + 1] = (starts[cell + 1] as number) + (starts[cell] as number);
    }
  }

  /** @param validity as of a `NumberAccumulator` */
  split(values: Float64Array, validity: Uint32Array | null, to: ToCell): void {
    const [cells, next, starts] = [this.#cells, this.#next, this.#starts];
    next.set(starts);
    for (let i = 0; i < this.#chunkRows; i++) {
      const cell = cells[i] as number;
      const at = next[cell] as number;
      SPLIT[at] = values[i] as number;
      next[cell] = at + (validity === null ? 1 : ((validity[i >>> 5] as number) >>> (i & 31)) & 1);
    }
    for (let cell = 0; cell < this.rows.length; cell++) {
      const [from, until, end] = [starts[cell] as number, next[cell] as number, starts[cell + 1] as number];
      if (end > from) to(cell, SPLIT.subarray(from, until), end - until);
    }
  }
}
