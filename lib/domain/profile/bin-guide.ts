import { pointOf } from './edges.ts';

/** Cells of a guide: small enough for the first cache, with several cells to each of some hundred bins. */
const CELLS = 4096;

/** Added to a cell that has more than two edges in it; there are fewer edges than this. */
export const MANY_EDGES = 0x8000;

/** Share (0–1) of the bins on either side that the guide leaves out: a heavy tail would take all its cells. */
const TAIL_SHARE = 1 / 64;

/** A table that gives, for a value, a bin at or below its own and near it. */
export interface BinGuide {
  /** Values from `low` up to `high` are in the table; others are searched for. */
  readonly low: number;
  readonly high: number;
  /** Cell of x: (x − low)·perUnit rounded down; in `doubling` cells, the upper half of x's bits above `shift` less `first`. */
  readonly doubling: boolean;
  readonly perUnit: number;
  readonly shift: number;
  readonly first: number;
  /** Number of edges below the smallest value of each cell, plus `MANY_EDGES` where the cell has more than two itself. */
  readonly cells: Uint16Array;
}

/**
 * The guide for ascending edges: cells of equal width, or of widths that double with the value where values are spread over
 * orders of magnitude; whichever leaves fewer edges to pass.
 */
export function binGuide(edges: Float64Array): BinGuide {
  const tail = Math.floor(edges.length * TAIL_SHARE);
  // From the value of a point bin, not from its upper edge: above zero that is so small that to compute with it takes long.
  const low = edges[pointOf(edges, tail) === undefined ? tail : tail - 1] ?? 0;
  const high = edges[edges.length - 1 - tail] ?? 0;
  const equal = equalGuide(edges, low, high);
  if (!(low > 0)) return equal;
  const doubling = doublingGuide(edges, low, high);
  return workLeft(edges, doubling) < workLeft(edges, equal) ? doubling : equal;
}

/** The bin that a value's cell starts in. */
export function cellOf(guide: BinGuide, value: number): number {
  return guide.doubling
    ? (upperHalf(value) >>> guide.shift) - guide.first
    : ((value - guide.low) * guide.perUnit) | 0;
}

function equalGuide(edges: Float64Array, low: number, high: number): BinGuide {
  const width = high - low;
  const perUnit = width > 0 && Number.isFinite(width) ? CELLS / width : 0;
  const guide = {
    low,
    high,
    doubling: false,
    perUnit,
    shift: 0,
    first: 0,
    cells: new Uint16Array(CELLS + 1),
  };
  return filled(guide, edges);
}

function doublingGuide(edges: Float64Array, low: number, high: number): BinGuide {
  const span = upperHalf(high) - upperHalf(low);
  const shift = Math.max(0, 32 - Math.clz32(Math.ceil(span / CELLS)));
  const first = upperHalf(low) >>> shift;
  const cells = new Uint16Array((upperHalf(high) >>> shift) - first + 1);
  return filled({ low, high, doubling: true, perUnit: 0, shift, first, cells }, edges);
}

// A cell starts at or below the bin of every value in it: at the number of edges in the cells before it.
function filled(guide: BinGuide, edges: Float64Array): BinGuide {
  const { cells } = guide;
  let edge = 0;
  while (edge < edges.length && (edges[edge] as number) <= guide.low) edge++;
  for (let cell = 0; cell < cells.length; cell++) {
    const start = edge;
    while (edge < edges.length && inCell(guide, edges[edge] as number, cell)) edge++;
    cells[cell] = edge - start > 2 ? start + MANY_EDGES : start;
  }
  return guide;
}

function inCell(guide: BinGuide, edge: number, cell: number): boolean {
  return edge < guide.high && cellOf(guide, edge) <= cell;
}

/** What the guide leaves to do, over all bins: an edge to pass for each of the last two of a cell, a loop for more. */
function workLeft(edges: Float64Array, guide: BinGuide): number {
  let work = 0;
  edges.forEach((edge, i) => {
    if (edge < guide.low || edge >= guide.high) return;
    const start = guide.cells[cellOf(guide, edge)] as number;
    work += start < MANY_EDGES ? i + 1 - start : i + 1 - (start - MANY_EDGES) + WORK_OF_A_LOOP;
  });
  return work;
}

/** A loop that ends at another place each time costs as much as passing this many edges. */
const WORK_OF_A_LOOP = 6;

const float = new Float64Array(1);
const halves = new Uint32Array(float.buffer);

/** The upper 32 bits of a double; for positive ones they ascend with it. */
function upperHalf(value: number): number {
  float[0] = value;
  return halves[1] as number;
}
