import { hash } from 'node:crypto';

/** Longer texts, in UTF-8, are kept as their hash: a profile is a summary, not a copy. */
export const MAX_CATEGORY_BYTES = 256;

/**
 * A text as a category: letters with accents in one form (NFC), a long text as its hash.
 *
 * @example categoryKey('e\u0301') // 'é', one character
 */
export function categoryKey(text: string): string {
  const normal = text.normalize('NFC');
  if (normal.length * 3 <= MAX_CATEGORY_BYTES || Buffer.byteLength(normal) <= MAX_CATEGORY_BYTES)
    return normal;
  return `sha256:${hash('sha256', normal)}`;
}
