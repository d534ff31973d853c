import { newSketch, SKETCH_REGISTERS, sketchText } from './distinct-sketch.ts';
import { rankHash, registerHash } from './number-hash.ts';

/**
 * A sketch of numbers that is told only of values that may change it. Once every register has rank r, a hash of a lower rank
 * cannot, so after some thousand values nearly all are passed over with one comparison.
 */
export interface NumberSketch {
  /** Rank hashes at or above it change nothing. */
  readonly limit: number;
  /** Adds the value with these halves of its bits. */
  add(upper: number, lower: number): void;
  text(): string;
}

export function numberSketch(): NumberSketch {
  return new Sketch();
}

/** Values remembered, so that one that comes again and again is hashed seldom. */
const REMEMBERED = 256;

class Sketch implements NumberSketch {
  limit = 2 ** 32;
  readonly #registers = newSketch();
  readonly #seen = new Int32Array(2 * REMEMBERED).fill(-1);
  /** The lowest rank of all registers, and how many have it. */
  #lowest = 0;
  #atLowest = SKETCH_REGISTERS;

  add(upper: number, lower: number): void {
    const slot = 2 * (((upper >>> 10) ^ (upper >>> 18) ^ lower) & (REMEMBERED - 1));
    if (this.#seen[slot] === upper && this.#seen[slot + 1] === lower) return;
    this.#seen[slot] = upper;
    this.#seen[slot + 1] = lower;
    const register = registerHash(upper, lower) & (SKETCH_REGISTERS - 1);
    const rank = Math.clz32(rankHash(upper, lower)) + 1;
    const before = this.#registers[register] as number;
    if (rank <= before) return;
    this.#registers[register] = rank;
    if (before === this.#lowest && --this.#atLowest === 0) this.#raise();
  }

  text(): string {
    return sketchText(this.#registers);
  }

  #raise(): void {
    let lowest = Number.POSITIVE_INFINITY;
    for (const rank of this.#registers) lowest = Math.min(lowest, rank);
    this.#lowest = lowest;
    this.#atLowest = this.#registers.filter((rank) => rank === lowest).length;
    // A rank above the lowest needs that many leading zeros.
    this.limit = 2 ** (32 - lowest);
  }
}
