import { newSketch, SKETCH_REGISTERS, sketchText } from './distinct-sketch.ts';
import { registerHash } from './number-hash.ts';

/**
 * A sketch of numbers that is told only of values that may change it. Once every register has rank r, a hash of a lower rank
 * cannot, so after some thousand values nearly all are passed over with one comparison.
 */
export interface NumberSketch {
  /** Rank hashes at or above it change nothing. */
  readonly limit: number;
  /**
   * @param hash the value's rank hash
   * @param upper, lower the halves of its bits
   */
  add(hash: number, upper: number, lower: number): void;
  text(): string;
}

export function numberSketch(): NumberSketch {
  return new Sketch();
}

class Sketch implements NumberSketch {
  limit = 2 ** 32;
  readonly #registers = newSketch();
  /** The lowest rank of all registers, and how many have it. */
  #lowest = 0;
  #atLowest = SKETCH_REGISTERS;

  add(hash: number, upper: number, lower: number): void {
    const register = registerHash(upper, lower) & (SKETCH_REGISTERS - 1);
    const rank = Math.clz32(hash) + 1;
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
