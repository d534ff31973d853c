import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logParts } from '../../../lib/domain/monitoring/log-parts.ts';

const DAY = 'predictions/m/0000000001/2013-04-01/';
const object = (below: string, bytes = 10) => ({ key: `${DAY}${below}.jsonl.gz`, bytes, etag: `e${bytes}` });
const prefixes = (objects: readonly ReturnType<typeof object>[], most: number) =>
  logParts(objects, DAY, most).map(({ prefix }) => prefix.slice(DAY.length));

/** Names are hashes: as many digits as tell them apart here. */
const logged = fc.uniqueArray(
  fc.tuple(
    fc.integer({ min: 0, max: 23 }),
    fc.integer({ min: 0, max: 0xffff }),
    fc.integer({ min: 1, max: 50 }),
  ),
  { selector: ([hour, name]) => `${hour}/${name}`, maxLength: 60 },
);
const objectsOf = (some: readonly (readonly [number, number, number])[]) =>
  some.map(([hour, name, bytes]) =>
    object(`${String(hour).padStart(2, '0')}/${name.toString(16).padStart(4, '0')}`, bytes),
  );

describe('logParts', () => {
  it('leaves a day whole that one worker can take', () => {
    expect(prefixes([object('05/a'), object('23/b')], 20)).toEqual(['']);
    expect(logParts([], DAY, 20)).toEqual([]);
  });

  it('cuts a larger day at its hours, and a larger hour by the names in it', () => {
    expect(prefixes([object('05/a'), object('23/b')], 19)).toEqual(['05/', '23/']);
    expect(prefixes([object('05/aa'), object('05/ab'), object('05/c'), object('23/b')], 20)).toEqual([
      '05/a',
      '05/c',
      '23/',
    ]);
  });

  it('cuts no object, however large', () => {
    expect(prefixes([object('05/aa', 99), object('05/ab', 99)], 20)).toEqual(['05/aa', '05/ab']);
  });

  it('puts every object into exactly one part, the one that its key begins with', () => {
    fc.assert(
      fc.property(logged, fc.integer({ min: 1, max: 300 }), (some, most) => {
        const parts = logParts(objectsOf(some), DAY, most);
        const keys = parts.flatMap((part) => part.objects.map(({ key }) => key));
        expect(keys.sort()).toEqual(
          objectsOf(some)
            .map(({ key }) => key)
            .sort(),
        );
        for (const { prefix, objects } of parts) {
          expect(objects.every(({ key }) => key.startsWith(prefix))).toBe(true);
          const bytes = objects.reduce((sum, one) => sum + one.bytes, 0);
          expect(bytes <= most || objects.length === 1).toBe(true);
        }
      }),
    );
  });

  it('leaves all other parts as they were when an object comes late', () => {
    fc.assert(
      fc.property(logged, fc.integer({ min: 60, max: 300 }), (some, most) => {
        const [late, ...early] = objectsOf(some);
        if (late === undefined) return;
        const before = logParts(early, DAY, most);
        const after = logParts([late, ...early], DAY, most);
        const untouched = before.filter(({ prefix }) => !late.key.startsWith(prefix));
        const revisions = after.map(({ revision }) => revision);
        expect(revisions).toEqual(expect.arrayContaining(untouched.map(({ revision }) => revision)));
      }),
    );
  });

  it('does not ask in which order objects are listed, but what is in them', () => {
    const [a, b] = [object('05/a'), object('23/b')];
    expect(logParts([b, a], DAY, 20)).toEqual(logParts([a, b], DAY, 20));
    const [part] = logParts([a, { ...b, etag: 'other' }], DAY, 20);
    expect(part?.revision).not.toBe(logParts([a, b], DAY, 20)[0]?.revision);
  });
});
