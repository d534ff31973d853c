/** Registers of a sketch: a standard error of 1.04/√4096 = 1.6 %. */
export const SKETCH_REGISTERS = 4096;

/** Ranks go up to this: a hash has 32 bits beside the index. */
const MAX_RANK = 33;

/** One character a register, its rank: a register needs 6 bits, and so does a character of base 64. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUE_OF = new Map([...ALPHABET].map((character, i) => [character, i]));

/**
 * How many distinct values a column has, from 4,096 registers that keep the highest rank of the hashes they got: a HyperLogLog
 * with precision 12. Two sketches merge by the larger of each register, so a merged one is the whole's, bit for bit.
 *
 * Its text form has a character a register, or three a used one while that is shorter; equal sketches have equal texts, and
 * the sketch of nothing is the empty text.
 *
 * Source: Flajolet, Fusy, Gandouet, Meunier, HyperLogLog (2007).
 */
export function newSketch(): Uint8Array {
  return new Uint8Array(SKETCH_REGISTERS);
}

export function sketchText(registers: Uint8Array): string {
  let used = 0;
  for (const rank of registers) if (rank > 0) used++;
  const letter = (value: number) => ALPHABET[value] as string;
  if (used * 3 >= SKETCH_REGISTERS) return Array.from(registers, letter).join('');
  let text = '';
  registers.forEach((rank, i) => {
    if (rank > 0) text += letter(i >>> 6) + letter(i & 63) + letter(rank);
  });
  return text;
}

/** Throws on a text that is no sketch. */
export function sketchRegisters(text: string): Uint8Array {
  const registers = newSketch();
  const value = (i: number) => {
    const found = VALUE_OF.get(text[i] as string);
    if (found === undefined)
      throw new Error(`a sketch has letters, digits, - and _, got ${JSON.stringify(text[i])}`);
    return found;
  };
  if (text.length === SKETCH_REGISTERS) for (let i = 0; i < text.length; i++) registers[i] = value(i);
  else for (let i = 0; i < text.length; i += 3) registers[value(i) * 64 + value(i + 1)] = value(i + 2);
  return registers;
}

/** The sketch of the values of both. */
export function mergeSketches(a: string, b: string): string {
  if (a === '' || a === b) return b;
  if (b === '') return a;
  const [registers, others] = [sketchRegisters(a), sketchRegisters(b)];
  others.forEach((rank, i) => {
    if (rank > (registers[i] as number)) registers[i] = rank;
  });
  return sketchText(registers);
}

/**
 * The number of distinct values behind a sketch; 0 for the sketch of nothing.
 * Source: Ertl, New cardinality estimation algorithms for HyperLogLog sketches (2017), algorithm 6: no bias table, and as good
 * for 10 values as for 10 billion.
 * @example estimateDistinct('') // 0
 */
export function estimateDistinct(sketch: string): number {
  const m = SKETCH_REGISTERS;
  const withRank = new Array<number>(MAX_RANK + 1).fill(0);
  for (const rank of sketchRegisters(sketch))
    withRank[Math.min(rank, MAX_RANK)] = (withRank[Math.min(rank, MAX_RANK)] as number) + 1;
  if (withRank[0] === m) return 0;
  let z = m * tau(1 - (withRank[MAX_RANK] as number) / m);
  for (let rank = MAX_RANK - 1; rank >= 1; rank--) z = (z + (withRank[rank] as number)) / 2;
  z += m * sigma((withRank[0] as number) / m);
  return (m * m) / (2 * Math.LN2) / z;
}

/** Adds a 64-bit hash, given as two halves. */
export function addHash(registers: Uint8Array, high: number, low: number): void {
  const index = low & (SKETCH_REGISTERS - 1);
  const rank = Math.min(MAX_RANK, Math.clz32(high) + 1);
  if ((registers[index] as number) < rank) registers[index] = rank;
}

function sigma(x: number): number {
  let [power, factor, sum, before] = [x, 1, x, Number.NaN];
  while (sum !== before) {
    power *= power;
    before = sum;
    sum += power * factor;
    factor *= 2;
  }
  return sum;
}

function tau(x: number): number {
  if (x === 0 || x === 1) return 0;
  let [root, factor, sum, before] = [x, 1, 1 - x, Number.NaN];
  while (sum !== before) {
    root = Math.sqrt(root);
    before = sum;
    factor /= 2;
    sum -= (1 - root) ** 2 * factor;
  }
  return sum / 3;
}
