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
  /** Adds the values at these places of an array of halves, but those that are no finite number other than zero. */
  addAll(halves: Int32Array, places: Uint16Array, count: number): void;
  text(): string;
}

/** Values remembered, so that one that comes again and again is hashed seldom. */
const REMEMBERED = 256;

/** Bits of the exponent, all set in what is not finite. */
const EXPONENT = 0x7ff00000;

export function numberSketch(): NumberSketch {
  return new Sketch();
}

class Sketch implements NumberSketch {
  limit = 2 ** 32;
  readonly #registers = newSketch();
  readonly #seen = new Int32Array(2 * REMEMBERED).fill(-1);
  /** The lowest rank of all registers, and how many have it. */
  #lowest = 0;
  #atLowest = SKETCH_REGISTERS;

  add(upper: number, lower: number): void {
    ONE[0] = lower;
    ONE[1] = upper;
    this.#update(ONE, FIRST, 1);
  }

  addAll(halves: Int32Array, places: Uint16Array, count: number): void {
    const fresh = this.#lowest === 0 ? this.#unseen(halves, places, count) : count;
    this.#update(halves, places, fresh);
  }

  text(): string {
    return sketchText(this.#registers);
  }

  /** Keeps the places of values that did not come lately, and says how many; a column of few values has few. */
  #unseen(halves: Int32Array, places: Uint16Array, count: number): number {
    const seen = this.#seen;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const place = places[i] as number;
      const lower = halves[2 * place] as number;
      const upper = halves[2 * place + 1] as number;
      const slot = 2 * (((upper >>> 10) ^ (upper >>> 18) ^ lower) & (REMEMBERED - 1));
      if (seen[slot] === upper && seen[slot + 1] === lower) continue;
      seen[slot] = upper;
      seen[slot + 1] = lower;
      places[kept++] = place;
    }
    return kept;
  }

  #update(halves: Int32Array, places: Uint16Array, count: number): void {
    const registers = this.#registers;
    let raised = 0;
    for (let i = 0; i < count; i++) {
      const place = places[i] as number;
      const lower = halves[2 * place] as number;
      const upper = halves[2 * place + 1] as number;
      const register = registerHash(upper, lower) & (SKETCH_REGISTERS - 1);
      const before = registers[register] as number;
      const rank = Math.clz32(rankHash(upper, lower)) + 1;
      if (rank <= before || !isCounted(upper, lower)) continue;
      registers[register] = rank;
      if (before === this.#lowest) raised++;
    }
    this.#atLowest -= raised;
    if (this.#atLowest === 0) this.#raise();
  }

  #raise(): void {
    const lowest = this.#registers.reduce((least, rank) => Math.min(least, rank));
    this.#lowest = lowest;
    this.#atLowest = this.#registers.filter((rank) => rank === lowest).length;
    // A rank above the lowest needs that many leading zeros.
    this.limit = 2 ** (32 - lowest);
  }
}

const ONE = new Int32Array(2);
const FIRST = new Uint16Array(1);

/** Not NaN, not infinite, and not the other zero. */
function isCounted(upper: number, lower: number): boolean {
  return (upper & EXPONENT) !== EXPONENT && !(lower === 0 && upper === -0x80000000);
}
