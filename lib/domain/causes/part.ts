import type { BadPart } from './cause.ts';
import type { Traffic, WindowPart } from './question.ts';

/** A part of a window as the first one that is bad. */
export function badPart(part: WindowPart | undefined): BadPart | undefined {
  return part && { start: part.start, end: part.end, object: part.object };
}

/** The day or the hour that begins then. */
export function partFrom(start: string, unit: Traffic['unit']): Pick<BadPart, 'start' | 'end'> {
  return { start, end: new Date(Date.parse(start) + (unit === 'hour' ? 1 : 24) * HOUR_MS).toISOString() };
}

const HOUR_MS = 3_600_000;
