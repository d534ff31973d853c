import { unpackedBytes } from './unpacked-bytes.ts';

const [CR, LF, QUOTE, COMMA] = [0x0d, 0x0a, 0x22, 0x2c];

/**
 * How many blank lines of a CSV file lie before some of its lines, of which one may have line ends within its quotes. A blank one is no
 * row, but where the engine says in which line a row is broken, it counts them.
 *
 * @param numbers of lines, from 1, ascending
 */
export async function blankLinesBefore(file: string, numbers: readonly number[]): Promise<readonly number[]> {
  const lines = new Lines();
  const counts: number[] = [];
  for await (const chunk of unpackedBytes(file)) {
    for (const byte of chunk) {
      lines.take(byte);
      if (lines.number === numbers[counts.length]) counts.push(lines.blank);
    }
    if (counts.length === numbers.length) break;
  }
  return numbers.map((_, i) => counts[i] ?? lines.blank);
}

/** Counts lines as a CSV file has them; CR LF ends one. */
class Lines {
  /** Of the line that is open. */
  number = 1;
  blank = 0;
  #before = LF;
  #isQuoted = false;
  #wasClosed = false;

  take(byte: number): void {
    const before = this.#before;
    this.#before = byte;
    if (this.#isQuoted) {
      if (byte !== QUOTE) return;
      this.#isQuoted = false;
      this.#wasClosed = true;
      return;
    }
    const atStart = before === LF || before === CR;
    const isEnd = byte === CR || (byte === LF && before !== CR);
    // A quote within a field that none has opened is a character of it; two within one that is quoted are another.
    if (byte === QUOTE) this.#isQuoted = atStart || before === COMMA || this.#wasClosed;
    else if (isEnd) {
      this.number++;
      if (atStart) this.blank++;
    }
    this.#wasClosed = false;
  }
}
