import { expect, it } from 'vitest';
import { entryOf } from '../../lib/domain/entry-of.ts';

it.each(['constructor', 'toString', '__proto__'])('a record without an entry %s has none', (name) => {
  expect(entryOf({}, name)).toBeUndefined();
  expect(entryOf(Object.fromEntries([[name, 1]]), name)).toBe(1);
});
