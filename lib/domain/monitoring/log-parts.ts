import { contentHash } from '../canonical-json.ts';
import type { LoggedObject } from './served-day.ts';

export interface SizedObject extends LoggedObject {
  readonly bytes: number;
}

/** What one worker compacts of a day: all logged objects whose keys begin alike. */
export interface LogPart {
  /** `predictions/m/0000000001/2013-04-01/` is a whole day, `…/05/` an hour of a larger one, `…/05/a` a sixteenth of a larger hour. */
  readonly prefix: string;
  /** Content hash of its objects: another object, another revision. */
  readonly revision: string;
  readonly objects: readonly SizedObject[];
}

/**
 * Packed bytes of a log that one worker takes: two million rows, 1 GB of memory, 1.4 GB of scratch space and a minute or two, which is a
 * third of what `compact-log` has. `npm run bench -- monitoring` measures it.
 */
export const PART_BYTES = 256_000_000;

/**
 * Cuts a day's log into parts: the day, or where that is too much its hours, or where one of those is too much by the first characters
 * of the objects' names, which are hashes. So a late object is in one part, and leaves the others as they were.
 *
 * @param objects of the day, any order
 * @param mostBytes a part holds more only when it is one object
 * @returns in order of key; [] for no objects
 * @example logParts(objects, 'predictions/m/0000000001/2013-04-01/').map((part) => part.prefix) // ['predictions/m/0000000001/2013-04-01/']
 */
export function logParts(
  objects: readonly SizedObject[],
  prefix: string,
  mostBytes = PART_BYTES,
): readonly LogPart[] {
  if (objects.length === 0) return [];
  const bytes = objects.reduce((sum, object) => sum + object.bytes, 0);
  if (bytes <= mostBytes || objects.length === 1) return [partOf(objects, prefix)];
  const below = Map.groupBy(objects, ({ key }) => prefix + nextStep(key.slice(prefix.length)));
  return [...below]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([longer, some]) => logParts(some, longer, mostBytes));
}

/** The folder that comes next in a key, or the next character of a name. */
function nextStep(rest: string): string {
  const slash = rest.indexOf('/');
  return slash < 0 ? rest.slice(0, 1) : rest.slice(0, slash + 1);
}

function partOf(objects: readonly SizedObject[], prefix: string): LogPart {
  const sorted = [...objects].sort((a, b) => (a.key < b.key ? -1 : 1));
  const revision = contentHash(sorted.map(({ key, etag }) => ({ key, etag }))).slice(0, REVISION_LENGTH);
  return { prefix, revision, objects: sorted };
}

/** Hex digits of a revision in a key: 128 bits. */
export const REVISION_LENGTH = 32;
