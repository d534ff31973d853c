import { categoryKey } from './category-key.ts';
import { addHash, newSketch, sketchText } from './distinct-sketch.ts';
import { MAX_CHUNK_ROWS, NumberAccumulator } from './number-accumulator.ts';
import {
  type CharacterClass,
  emptyText,
  TEXT_EDGES,
  type TextProfile,
  TRIGRAM_CELLS,
} from './text-profile.ts';
import { textHash } from './value-hash.ts';

const URL_PATTERN = /\bhttps?:\/\/\S|\bwww\.\S/i;
const EMAIL_PATTERN = /[^\s@]@[^\s@]+\.[^\s@]/;

/** Characters of a text that are looked at; a document's form shows in its first pages. */
const MAX_CHARACTERS = 20_000;

/** Counts the texts of one column. */
export class TextAccumulator {
  readonly #column = emptyText();
  readonly #sketch = newSketch();
  readonly #lengths = new NumberAccumulator(TEXT_EDGES);
  readonly #tokens = new NumberAccumulator(TEXT_EDGES);
  readonly #pendingLengths = new Float64Array(MAX_CHUNK_ROWS);
  readonly #pendingTokens = new Float64Array(MAX_CHUNK_ROWS);
  #pending = 0;

  add(text: string | null): void {
    const column = this.#column;
    if (text === null) {
      column.counts.null++;
      return;
    }
    column.n++;
    if (text === '') column.counts.empty++;
    const { high, low } = textHash(categoryKey(text));
    addHash(this.#sketch, high, low);
    if (URL_PATTERN.test(text)) column.matches.url++;
    if (EMAIL_PATTERN.test(text)) column.matches.email++;
    const { characters, tokens } = this.#characters(text.slice(0, MAX_CHARACTERS));
    this.#pendingLengths[this.#pending] = text.length > MAX_CHARACTERS ? text.length : characters;
    this.#pendingTokens[this.#pending] = tokens;
    if (++this.#pending === MAX_CHUNK_ROWS) this.#flush();
  }

  profile(): TextProfile {
    this.#flush();
    return {
      ...this.#column,
      distinct: sketchText(this.#sketch),
      length: this.#lengths.profile(),
      tokens: this.#tokens.profile(),
    };
  }

  /** Classes and three-character sequences in one walk over the code points. */
  #characters(text: string): { characters: number; tokens: number } {
    const { characters: classes, trigrams } = this.#column;
    let [characters, tokens, inWord, before, last] = [0, 0, false, -1, -1];
    for (const character of text) {
      const point = character.codePointAt(0) as number;
      const kind = classOf(point, character);
      classes[kind]++;
      characters++;
      if (kind !== 'space' && !inWord) tokens++;
      inWord = kind !== 'space';
      const lower = point < 128 ? (point >= 65 && point <= 90 ? point + 32 : point) : point;
      if (before >= 0) {
        const cell = trigramCell(before, last, lower);
        trigrams[cell] = (trigrams[cell] as number) + 1;
      }
      [before, last] = [last, lower];
    }
    return { characters, tokens };
  }

  #flush(): void {
    if (this.#pending === 0) return;
    this.#lengths.add(this.#pendingLengths, null, this.#pending);
    this.#tokens.add(this.#pendingTokens, null, this.#pending);
    this.#pending = 0;
  }
}

const LETTER = /\p{L}|\p{M}/u;
const UPPER = /\p{Lu}/u;
const SPACE = /\s/u;
const DIGIT = /\p{Nd}/u;
const PUNCTUATION = /\p{P}/u;

function classOf(point: number, character: string): CharacterClass {
  if (point < 128) return ASCII_CLASSES[point] as CharacterClass;
  if (SPACE.test(character)) return 'space';
  if (UPPER.test(character)) return 'upper';
  if (LETTER.test(character)) return 'letter';
  if (DIGIT.test(character)) return 'digit';
  return PUNCTUATION.test(character) ? 'punctuation' : 'other';
}

const ASCII_CLASSES: readonly CharacterClass[] = Array.from({ length: 128 }, (_, point) => {
  const character = String.fromCharCode(point);
  if (/\s/.test(character)) return 'space';
  if (/[A-Z]/.test(character)) return 'upper';
  if (/[a-z]/.test(character)) return 'letter';
  if (/[0-9]/.test(character)) return 'digit';
  return /[!-~]/.test(character) ? 'punctuation' : 'other';
});

function trigramCell(a: number, b: number, c: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77) ^ Math.imul(c, 0xc2b2ae3d);
  h = Math.imul(h ^ (h >>> 15), 0x27d4eb2f);
  return (h ^ (h >>> 16)) & (TRIGRAM_CELLS - 1);
}
