import { NumberAccumulator } from '../../domain/profile/number-accumulator.ts';
import type { NumericProfile } from '../../domain/profile/numeric-profile.ts';
import { CellSplit } from './cell-split.ts';
import type { RowCut } from './row-cut.ts';

/** What a scan saw of the cells of a cut. */
export interface CellsCounted {
  readonly rows: readonly number[];
  /** Of each cell, the numeric columns by their names. */
  readonly columns: readonly Readonly<Record<string, NumericProfile>>[];
}

/** Counts numeric columns, chunk by chunk, in every cell of one cut. */
export class CellCounter {
  readonly #names: readonly string[];
  readonly #cut: RowCut;
  readonly #split: CellSplit;
  /** By column and cell; none for a column that the cut has not. */
  readonly #accumulators: readonly (readonly NumberAccumulator[])[];

  constructor(names: readonly string[], cut: RowCut) {
    this.#names = names;
    this.#cut = cut;
    this.#split = new CellSplit(cut.cells);
    this.#accumulators = names.map((name) => {
      const binning = cut.columns[name];
      if (binning?.kind !== 'numeric') return [];
      return Array.from({ length: cut.cells }, () => new NumberAccumulator(binning.edges));
    });
  }

  /** To be called with every chunk before its columns, but where all rows are in one cell. */
  readCells(cells: ArrayLike<number>, rows: number): void {
    this.#split.read(cells, rows);
  }

  /** @param validity as of a `NumberAccumulator` */
  add(column: number, values: Float64Array, validity: Uint32Array | null, rows: number): void {
    const accumulators = this.#accumulators[column] as readonly NumberAccumulator[];
    if (this.#cut.cells === 1) accumulators[0]?.add(values, validity, rows);
    else if (accumulators.length > 0)
      this.#split.split(values, validity, (cell, some, nulls) => accumulators[cell]?.addValues(some, nulls));
  }

  counted(): CellsCounted {
    const columns = Array.from({ length: this.#cut.cells }, (_, cell) =>
      Object.fromEntries(
        this.#names.flatMap((name, i) => {
          const accumulator = this.#accumulators[i]?.[cell];
          return accumulator === undefined ? [] : [[name, accumulator.profile()] as const];
        }),
      ),
    );
    return { rows: [...this.#split.rows], columns };
  }
}
