import { type BinGuide, binGuide } from './bin-guide.ts';
import { type BinSums, binSums } from './bin-sums.ts';
import { binOf, pointOf } from './edges.ts';
import { mergeMoments } from './merge-numeric.ts';
import { rankHash } from './number-hash.ts';
import { type NumberSketch, numberSketch } from './number-sketch.ts';
import { emptyNumeric, type NumericProfile } from './numeric-profile.ts';

/** Most values of one `add`: the engine's vectors have no more. */
export const MAX_CHUNK_ROWS = 2048;

/** Chunks that gather before their moments and bin sums are added to the rest: seldom enough to cost nothing. */
const CHUNKS_A_BLOCK = 8;

/**
 * Counts the values of one numeric column, chunk by chunk, without allocating. Everything that needs each value is done in the
 * one loop of `#count`; what follows from the bins (the sum, the zeros' share in it) is not.
 */
export class NumberAccumulator {
  readonly #edges: Float64Array;
  /** The edges and, beyond them, one that no value reaches: a search needs no other end. */
  readonly #bounded: Float64Array;
  readonly #guide: BinGuide;
  readonly #bins: BinSums;
  readonly #sketch: NumberSketch = numberSketch();
  readonly #values = new Float64Array(MAX_CHUNK_ROWS);
  readonly #halves = new Uint32Array(this.#values.buffer);
  readonly #counts = { ...emptyNumeric(0).counts };
  #moments = { n: 0, mean: 0, m2: 0 };
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  /** Sum of squared distances from `shift` in the open block. */
  #squares = 0;
  #shift = Number.NaN;
  #chunks = 0;

  constructor(edges: Iterable<number>) {
    this.#edges = Float64Array.from(edges);
    this.#bounded = Float64Array.from([...this.#edges, Number.POSITIVE_INFINITY]);
    this.#guide = binGuide(this.#edges);
    this.#bins = binSums(this.#edges.length + 1);
  }

  /**
   * @param values at most `MAX_CHUNK_ROWS`
   * @param validity bit i of word i/32 is set where row i has a value; null where all have
   */
  add(values: Float64Array, validity: Uint32Array | null, rows: number): void {
    const filled = validity === null ? this.#copy(values, rows) : this.#pack(values, validity, rows);
    this.#counts.null += rows - filled;
    if (Number.isNaN(this.#shift)) this.#shift = meanOf(this.#values, filled);
    this.#count(filled);
    this.#chunks++;
    if (this.#chunks % CHUNKS_A_BLOCK === 0) this.#close();
  }

  profile(): NumericProfile {
    this.#close();
    const { counts, sums } = this.#bins.totals();
    const { n, m2 } = this.#moments;
    // A point bin's sum is known exactly.
    this.#edges.forEach((_, i) => {
      const point = pointOf(this.#edges, i + 1);
      if (point !== undefined) sums[i + 1] = point * (counts[i + 1] as number);
    });
    const constant = n > 0 && this.#min === this.#max;
    return {
      kind: 'numeric',
      counts: { ...this.#counts },
      n,
      mean: n === 0 ? 0 : constant ? this.#min : this.#moments.mean,
      m2: constant ? 0 : m2,
      min: n === 0 ? null : this.#min,
      max: n === 0 ? null : this.#max,
      bins: { counts, sums },
      distinct: this.#sketch.text(),
    };
  }

  #copy(values: Float64Array, rows: number): number {
    this.#values.set(values.length === rows ? values : values.subarray(0, rows));
    return rows;
  }

  /** Values that are there, side by side. Writing each and moving on only past real ones costs less than a branch. */
  #pack(values: Float64Array, validity: Uint32Array, rows: number): number {
    const to = this.#values;
    let filled = 0;
    for (let i = 0; i < rows; i++) {
      to[filled] = values[i] as number;
      filled += ((validity[i >>> 5] as number) >>> (i & 31)) & 1;
    }
    return filled;
  }

  #count(filled: number): void {
    const values = this.#values;
    const halves = this.#halves;
    const edges = this.#bounded;
    const { low, high, doubling, perUnit, shift: bits, first, cells } = this.#guide;
    const { counts, sums } = this.#bins;
    const shift = this.#shift;
    const sketch = this.#sketch;
    let [min, max, squares] = [this.#min, this.#max, this.#squares];
    let [zero, negative, whole, other] = [0, 0, 0, 0];
    for (let i = 0; i < filled; i++) {
      const x = values[i] as number;
      if (x === 0) {
        zero++;
        continue;
      }
      if (x - x !== 0) {
        other++;
        this.#notFinite(x);
        continue;
      }
      const upper = halves[2 * i + 1] as number;
      negative += upper >>> 31;
      if (x === Math.floor(x)) whole++;
      if (x < min) min = x;
      if (x > max) max = x;
      const distance = x - shift;
      squares += distance * distance;
      let bin: number;
      if (x >= low && x < high) {
        bin = cells[doubling ? (upper >>> bits) - first : ((x - low) * perUnit) | 0] as number;
        while ((edges[bin] as number) <= x) bin++;
      } else bin = binOf(x, this.#edges);
      counts[bin] = (counts[bin] as number) + 1;
      sums[bin] = (sums[bin] as number) + x;
      const lower = halves[2 * i] as number;
      const hash = rankHash(upper, lower);
      if (hash < sketch.limit) sketch.add(hash, upper, lower);
    }
    this.#min = min;
    this.#max = max;
    this.#squares = squares;
    this.#counts.negative += negative;
    this.#counts.nonInteger += filled - zero - other - whole;
    if (zero > 0) this.#zeros(zero);
  }

  #zeros(zero: number): void {
    this.#counts.zero += zero;
    this.#min = Math.min(this.#min, 0);
    this.#max = Math.max(this.#max, 0);
    this.#squares += zero * this.#shift * this.#shift;
    const bin = binOf(0, this.#edges);
    this.#bins.counts[bin] = (this.#bins.counts[bin] as number) + zero;
    this.#sketch.add(rankHash(0, 0), 0, 0);
  }

  #notFinite(x: number): void {
    if (Number.isNaN(x)) this.#counts.nan++;
    else if (x > 0) this.#counts.posInf++;
    else this.#counts.negInf++;
  }

  /** Adds the block's moments to the rest; squares from a mean known before lose nothing that the whole would keep. */
  #close(): void {
    const { n, sum } = this.#bins.close();
    if (n === 0) return;
    const mean = sum / n;
    const m2 = Math.max(0, this.#squares - n * (mean - this.#shift) ** 2);
    this.#moments = mergeMoments(this.#moments, { n, mean, m2 });
    this.#shift = this.#moments.mean;
    this.#squares = 0;
  }
}

/** Of the finite ones; NaN when there are none. */
function meanOf(values: Float64Array, filled: number): number {
  let [sum, n] = [0, 0];
  for (let i = 0; i < filled; i++) {
    const x = values[i] as number;
    if (x - x !== 0) continue;
    sum += x;
    n++;
  }
  return sum / n;
}
