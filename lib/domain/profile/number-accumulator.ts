import { type BinGuide, binGuide, MANY_EDGES } from './bin-guide.ts';
import { type BinSums, binSums } from './bin-sums.ts';
import { binOf, pointOf } from './edges.ts';
import { finite } from './finite.ts';
import { HUGE, type HugeValues, hugeValues } from './huge-values.ts';
import { type IntegerTable, integerTable } from './integer-table.ts';
import { distancesFrom, meanOf } from './mean-of.ts';
import { isFarFromZero, type Moments, mergeMoments, momentsAround } from './moments.ts';
import { rankHash } from './number-hash.ts';
import { type NumberSketch, numberSketch } from './number-sketch.ts';
import { emptyNumeric, type NumericProfile } from './numeric-profile.ts';

/** Most values of one `add`: the engine's vectors have no more. */
export const MAX_CHUNK_ROWS = 2048;

/** Chunks that gather before their moments and bin sums are added to the rest: seldom enough to cost nothing. */
const CHUNKS_A_BLOCK = 8;

// One chunk is counted at a time, whoever's it is.
const VALUES = new Float64Array(MAX_CHUNK_ROWS);
const HALVES = new Int32Array(VALUES.buffer);
/** What a loop leaves to a slower one: a call within the loop would cost more than the other loop. */
const ASIDE = new Float64Array(MAX_CHUNK_ROWS);
const ASIDE_HALVES = new Int32Array(ASIDE.buffer);
const HITS = new Uint16Array(MAX_CHUNK_ROWS);

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
  readonly #counts = { ...emptyNumeric(0).counts };
  #state: Moments = { n: 0, mean: 0, m2: 0 };
  readonly #integers: IntegerTable | undefined;
  readonly #huge: HugeValues = hugeValues();
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  /** Sum of squared distances from `shift` in the open block, and of the distances while sums of bins are too coarse for it. */
  #squares = 0;
  #distances = 0;
  #isFar = true;
  #shift = Number.NaN;
  #chunks = 0;

  constructor(edges: Iterable<number>) {
    this.#edges = Float64Array.from(edges);
    this.#bounded = Float64Array.from([...this.#edges, Number.POSITIVE_INFINITY]);
    // Without a guide all values are searched for, huge ones among them.
    const huge = this.#edges.some((edge) => Math.abs(edge) > HUGE);
    this.#guide = binGuide(huge ? new Float64Array(0) : this.#edges);
    this.#bins = binSums(this.#edges.length + 1);
    this.#integers = integerTable(this.#edges);
  }

  /**
   * @param values at most `MAX_CHUNK_ROWS`
   * @param validity bit i of word i/32 is set where row i has a value; null where all have
   */
  add(values: Float64Array, validity: Uint32Array | null, rows: number): void {
    const packed = validity === null ? this.#copy(values, rows) : this.#pack(values, validity, rows);
    this.#take(packed, rows - packed);
  }

  /** Values that are there, at most `MAX_CHUNK_ROWS`, and how many there were beside them that are not. */
  addValues(values: Float64Array, nulls: number): void {
    VALUES.set(values);
    this.#take(values.length, nulls);
  }

  #take(packed: number, nulls: number): void {
    this.#counts.null += nulls;
    const filled = this.#integers?.take(VALUES, packed) ?? packed;
    if (Number.isNaN(this.#shift)) this.#shift = meanOf(VALUES, filled);
    if (this.#isFar) this.#distances += distancesFrom(this.#shift, VALUES, filled);
    this.#count(filled);
    this.#chunks++;
    if (this.#chunks % CHUNKS_A_BLOCK === 0) this.#close();
  }

  profile(): NumericProfile {
    this.#close();
    this.#integers?.drain((value, rows) => this.#addRows(value, rows));
    const { counts, sums } = this.#bins.totals();
    this.#huge.addSums(sums);
    const moments = this.#huge.withMoments(this.#state);
    // A point bin's sum is known exactly.
    this.#edges.forEach((_, i) => {
      const point = pointOf(this.#edges, i + 1);
      if (point !== undefined) sums[i + 1] = finite(point * (counts[i + 1] as number));
    });
    const constant = moments.n > 0 && this.#min === this.#max;
    return {
      kind: 'numeric',
      counts: { ...this.#counts },
      ...(constant ? { n: moments.n, mean: this.#min, m2: 0 } : moments),
      min: moments.n === 0 ? null : this.#min,
      max: moments.n === 0 ? null : this.#max,
      bins: { counts, sums },
      distinct: this.#sketch.text(),
    };
  }

  #copy(values: Float64Array, rows: number): number {
    VALUES.set(values.length === rows ? values : values.subarray(0, rows));
    return rows;
  }

  /** Values that are there, side by side. Writing each and moving on only past real ones costs less than a branch. */
  #pack(values: Float64Array, validity: Uint32Array, rows: number): number {
    const to = VALUES;
    let filled = 0;
    for (let i = 0; i < rows; i++) {
      to[filled] = values[i] as number;
      filled += ((validity[i >>> 5] as number) >>> (i & 31)) & 1;
    }
    return filled;
  }

  /** Two loops, each over few arrays: one for all would have more to hold than there are registers. */
  #count(filled: number): void {
    const { low, high } = this.#guide;
    // Once values beyond the guide were seen, those in it are neither the smallest nor the largest.
    if (!(this.#min < low && this.#max >= high)) this.#extremes(filled);
    this.#outside(this.#inside(filled));
    this.#bits(filled);
  }

  /** Counts values that the guide knows; puts others, and what is no finite number, aside and returns how many. */
  #inside(filled: number): number {
    const values = VALUES;
    const aside = ASIDE;
    const edges = this.#bounded;
    const { low, high, doubling, perUnit, shift: bits, first, cells } = this.#guide;
    const { counts, sums } = this.#bins;
    const shift = this.#shift;
    let [squares, whole, left] = [0, 0, 0];
    for (let i = 0; i < filled; i++) {
      const x = values[i] as number;
      if (!(x >= low && x < high)) {
        aside[left++] = x;
        continue;
      }
      whole += Number(x === Math.floor(x));
      squares += (x - shift) * (x - shift);
      const cell = doubling ? ((HALVES[2 * i + 1] as number) >>> bits) - first : ((x - low) * perUnit) | 0;
      let bin = cells[cell] as number;
      if (bin < MANY_EDGES) {
        bin += (edges[bin] as number) <= x ? 1 : 0;
        bin += (edges[bin] as number) <= x ? 1 : 0;
      } else for (bin -= MANY_EDGES; (edges[bin] as number) <= x; ) bin++;
      counts[bin] = (counts[bin] as number) + 1;
      sums[bin] = (sums[bin] as number) + x;
    }
    this.#squares += squares;
    this.#counts.nonInteger += filled - left - whole;
    return left;
  }

  /** The values put aside, by search. */
  #outside(left: number): void {
    const { counts, sums } = this.#bins;
    for (let i = 0; i < left; i++) {
      const x = ASIDE[i] as number;
      if (x - x !== 0) {
        this.#notFinite(x, i);
        continue;
      }
      if (x < this.#min) this.#min = x;
      if (x > this.#max) this.#max = x;
      if (x !== Math.floor(x)) this.#counts.nonInteger++;
      const bin = binOf(x, this.#edges);
      if (Math.abs(x) > HUGE) {
        this.#bins.add(bin, 1, 0);
        this.#huge.add(x, bin);
        continue;
      }
      this.#squares += (x - this.#shift) ** 2;
      counts[bin] = (counts[bin] as number) + 1;
      sums[bin] = (sums[bin] as number) + x;
    }
  }

  #extremes(filled: number): void {
    for (let i = 0; i < filled; i++) {
      const x = VALUES[i] as number;
      if (x - x !== 0) continue;
      if (x < this.#min) this.#min = x;
      if (x > this.#max) this.#max = x;
    }
  }

  /** What the bits of a value tell: its sign, whether it is zero, and its hash. */
  #bits(filled: number): void {
    const halves = HALVES;
    const { limit } = this.#sketch;
    const places = HITS;
    let [negative, zeros, hits] = [0, 0, 0];
    for (let i = 0; i < filled; i++) {
      const upper = halves[2 * i + 1] as number;
      const lower = halves[2 * i] as number;
      const zero = Number(((upper << 1) | lower) === 0);
      zeros += zero;
      negative += (upper >>> 31) & ~zero;
      places[hits] = i;
      hits += Number(rankHash(upper, lower) < limit);
    }
    this.#counts.negative += negative;
    this.#counts.zero += zeros;
    if (zeros > 0) this.#sketch.add(0, 0);
    if (hits > 0) this.#sketch.addAll(halves, HITS, hits);
  }

  /** Many rows of one integer. */
  #addRows(value: number, rows: number): void {
    this.#bins.add(binOf(value, this.#edges), rows, value * rows);
    this.#state = mergeMoments(this.#state, { n: rows, mean: value, m2: 0 });
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    if (value < 0) this.#counts.negative += rows;
    if (value === 0) this.#counts.zero += rows;
    VALUES[0] = value;
    this.#sketch.add(HALVES[1] as number, HALVES[0] as number);
  }

  #notFinite(x: number, at: number): void {
    // A NaN has a sign too, which is no sign of a value.
    this.#counts.negative -= (ASIDE_HALVES[2 * at + 1] as number) >>> 31;
    if (Number.isNaN(x)) this.#counts.nan++;
    else if (x > 0) this.#counts.posInf++;
    else this.#counts.negInf++;
  }

  /** Adds the block's moments to the rest; distances from a mean known before lose nothing that the whole would keep. */
  #close(): void {
    const { n, sum } = this.#bins.close();
    if (n === 0) return;
    const distances = this.#isFar ? this.#distances : sum - n * this.#shift;
    const block = momentsAround({ mean: this.#shift }, n, distances, this.#squares);
    this.#state = mergeMoments(this.#state, block);
    this.#shift = this.#state.mean;
    this.#isFar = isFarFromZero(this.#state);
    [this.#squares, this.#distances] = [0, 0];
  }
}
