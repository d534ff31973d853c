import type { BadPart } from './cause.ts';
import type { WindowPart } from './question.ts';

/** A part of a window as the first one that is bad. */
export function badPart(part: WindowPart | undefined): BadPart | undefined {
  return part && { start: part.start, end: part.end, object: part.object };
}
