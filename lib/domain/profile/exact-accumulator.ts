import { addHash, newSketch, sketchText } from './distinct-sketch.ts';
import { type Moments, mergeMoments, momentsAround } from './moments.ts';
import { rankHash, registerHash } from './number-hash.ts';

/** Values between two merges of moments: few, so that a first value far from all others costs no digits. */
const BLOCK = 256;

// One value is hashed at a time.
const PARTS = new Float64Array(2);
const HALVES = new Int32Array(PARTS.buffer);

/**
 * Counts values that one double is too coarse for, such as ids beyond 2^53: each is the sum of two, the nearest one and a rest.
 * A value without a rest counts as it does in a `NumberAccumulator`, so that sketches of both merge.
 */
export class ExactAccumulator {
  readonly #registers = newSketch();
  #moments: Moments = { n: 0, mean: 0, m2: 0 };
  #shift = Number.NaN;
  #shiftRest = 0;
  #n = 0;
  #distances = 0;
  #squares = 0;

  add(value: number, rest: number): void {
    if (Number.isNaN(this.#shift)) [this.#shift, this.#shiftRest] = [value, rest];
    const distance = value - this.#shift + (rest - this.#shiftRest);
    this.#distances += distance;
    this.#squares += distance * distance;
    this.#sketch(value, rest);
    if (++this.#n === BLOCK) this.#close();
  }

  counted(): { readonly moments: Moments; readonly distinct: string } {
    this.#close();
    return { moments: this.#moments, distinct: sketchText(this.#registers) };
  }

  #sketch(value: number, rest: number): void {
    // Zero has one hash, whatever its sign.
    PARTS[0] = value + 0;
    PARTS[1] = rest;
    let [lower, upper] = [HALVES[0] as number, HALVES[1] as number];
    if (rest !== 0) {
      const [lowerRest, upperRest] = [HALVES[2] as number, HALVES[3] as number];
      lower ^= registerHash(upperRest, lowerRest);
      upper ^= rankHash(upperRest, lowerRest);
    }
    addHash(this.#registers, rankHash(upper, lower), registerHash(upper, lower));
  }

  #close(): void {
    if (this.#n === 0) return;
    const shift = { mean: this.#shift, meanRest: this.#shiftRest };
    const block = momentsAround(shift, this.#n, this.#distances, this.#squares);
    this.#moments = mergeMoments(this.#moments, block);
    this.#shift = this.#moments.mean;
    this.#shiftRest = this.#moments.meanRest ?? 0;
    [this.#n, this.#distances, this.#squares] = [0, 0, 0];
  }
}
