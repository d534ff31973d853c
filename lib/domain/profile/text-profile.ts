import { z } from 'zod';
import { count, emptyNumeric, numericProfileSchema } from './numeric-profile.ts';

/** Cells of the histogram of three-character sequences. */
export const TRIGRAM_CELLS = 1024;

/** Kinds of characters that are told apart. */
export const CHARACTER_CLASSES = ['letter', 'upper', 'digit', 'space', 'punctuation', 'other'] as const;
export type CharacterClass = (typeof CHARACTER_CLASSES)[number];

export const textProfileSchema = z.object({
  kind: z.literal('text'),
  counts: z.object({ null: count, empty: count }),
  /** Non-null rows. */
  n: count,
  distinct: z.string(),
  /** Code points a text, and words a text, under `TEXT_EDGES`. */
  length: numericProfileSchema,
  tokens: numericProfileSchema,
  /** Characters of all texts by class: `letter` is small or caseless, `other` beyond letters and ASCII. */
  characters: z.record(z.enum(CHARACTER_CLASSES), count),
  /** Texts that have a web address, an e-mail address in them. */
  matches: z.object({ url: count, email: count }),
  /** Sequences of three characters, in lower case, by their hash. */
  trigrams: z.array(count).length(TRIGRAM_CELLS),
});

/** What is kept of a column of free text: its form, never its content. Adds up: see `mergeColumns`. */
export type TextProfile = z.infer<typeof textProfileSchema>;

/** Bins of lengths and word counts, the same for every text column: single up to 16, then about a tenth wider each. */
export const TEXT_EDGES: readonly number[] = textEdges();

function textEdges(): number[] {
  const edges: number[] = [];
  for (let edge = 1; edge < 1_000_000; edge = Math.max(edge + 1, Math.round(edge * 1.1))) edges.push(edge);
  return edges;
}

export function emptyText(): TextProfile {
  return {
    kind: 'text',
    counts: { null: 0, empty: 0 },
    n: 0,
    distinct: '',
    length: emptyNumeric(TEXT_EDGES.length),
    tokens: emptyNumeric(TEXT_EDGES.length),
    characters: { letter: 0, upper: 0, digit: 0, space: 0, punctuation: 0, other: 0 },
    matches: { url: 0, email: 0 },
    trigrams: new Array<number>(TRIGRAM_CELLS).fill(0),
  };
}
