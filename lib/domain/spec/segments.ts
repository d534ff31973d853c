import type { z } from 'zod';
import type { column } from './columns.ts';

interface Columns {
  readonly label: string;
  readonly columns: readonly z.output<typeof column>[];
}

const CATEGORIES: ReadonlySet<string> = new Set(['string', 'boolean']);

/**
 * What is wrong with the columns whose values are segments; paths start below `monitoring.segments`. That a feature is there, and
 * what it holds, only its SQL knows.
 *
 * @example segmentIssues(['input.age'], { label: 'left', columns: [{ name: 'age', type: 'integer', … }] })[0].path // [0]
 */
export function segmentIssues(segments: readonly string[], { label, columns }: Columns) {
  return segments.flatMap((segment, i) => {
    const [, place, name] = /^(input|feature)\.(.+)$/.exec(segment) ?? [];
    if (place === undefined)
      return [{ path: [i], message: `must be input.<column> or feature.<name>, got ${segment}` }];
    if (place === 'feature') return [];
    const found = columns.find((c) => c.name === name && c.name !== label);
    if (found === undefined) return [{ path: [i], message: `names no input column, got ${segment}` }];
    if (found.content === 'text')
      return [{ path: [i], message: `must hold categories, got ${segment} of content text` }];
    return CATEGORIES.has(found.type)
      ? []
      : [{ path: [i], message: `must be a string or boolean column, got ${segment} of type ${found.type}` }];
  });
}
