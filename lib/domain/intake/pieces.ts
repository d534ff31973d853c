/** One run of a Parquet file's row groups, and where its bytes are. */
export interface RowGroupRange {
  /** Row groups `first` to `end - 1`. */
  readonly first: number;
  readonly end: number;
  /** 0-based number of its first row in the object. */
  readonly firstRow: number;
  readonly rows: number;
  /** Bytes `startByte` to `endByte - 1` of the object. */
  readonly startByte: number;
  readonly endByte: number;
}

/** What is profiled by itself: an object, or some row groups of a large one. */
export interface Piece {
  /** Position of its object in the plan. */
  readonly object: number;
  readonly bytes: number;
  readonly range?: RowGroupRange;
}

/** Pieces `first` to `end - 1`. */
export interface Batch {
  readonly first: number;
  readonly end: number;
}

/** Each piece costs its worker about 0.2 s whatever its size, and its worker must end within its time. */
const MAX_PIECES_PER_BATCH = 100;

/**
 * Row groups of one object as runs of about `pieceBytes` each. A row group is never split, so one that is larger is a run by itself.
 *
 * @param groups in the order of the file, as its footer names them
 * @example rowGroupRanges([g60MB, g60MB, g60MB], 100e6).map((r) => r.end - r.first) // [1, 1, 1]
 */
export function rowGroupRanges(
  groups: readonly Pick<RowGroupRange, 'rows' | 'startByte' | 'endByte'>[],
  pieceBytes: number,
): readonly RowGroupRange[] {
  const ranges: RowGroupRange[] = [];
  let firstRow = 0;
  groups.forEach((group, i) => {
    const run = ranges.at(-1);
    if (run && group.startByte >= run.endByte && group.endByte - run.startByte <= pieceBytes)
      ranges[ranges.length - 1] = {
        ...run,
        end: i + 1,
        rows: run.rows + group.rows,
        endByte: group.endByte,
      };
    else ranges.push({ ...group, first: i, end: i + 1, firstRow });
    firstRow += group.rows;
  });
  return ranges;
}

/**
 * Pieces as batches, in order: small ones together up to `batchBytes`, so that a worker's start is paid once for many of them.
 *
 * @example batchesOf([{ object: 0, bytes: 3 }, { object: 1, bytes: 4 }, { object: 2, bytes: 9 }], 8) // [{ first: 0, end: 2 }, { first: 2, end: 3 }]
 */
export function batchesOf(pieces: readonly Piece[], batchBytes: number): readonly Batch[] {
  const batches: Batch[] = [];
  let bytes = 0;
  pieces.forEach((piece, i) => {
    const last = batches.at(-1);
    const fits = bytes + piece.bytes <= batchBytes && last && last.end - last.first < MAX_PIECES_PER_BATCH;
    if (fits) batches[batches.length - 1] = { ...last, end: i + 1 };
    else batches.push({ first: i, end: i + 1 });
    bytes = fits ? bytes + piece.bytes : piece.bytes;
  });
  return batches;
}
