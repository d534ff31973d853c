import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withTempFolder } from '../../../lib/runtime/temp-folder.ts';
import type { ObjectStore } from '../../../lib/stores/objects/object-store.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** What every bucket promises. */
export function objectStoreContract(name: string, open: () => ObjectStore): void {
  describe(`${name}, as any bucket`, () => {
    it('answers undefined for what is not there', async () => {
      const store = open();
      expect(await store.getJson('no.json')).toBeUndefined();
      expect(await store.get('no')).toBeUndefined();
      expect(await store.head('no')).toBeUndefined();
      expect(await store.sha256('no')).toBeUndefined();
    });

    it('keeps JSON with every number as it was', async () => {
      const store = open();
      const value = { small: 5e-324, large: 1.7976931348623157e308, text: 'ä €', list: [0.1, null] };
      await store.putJson('json/a.json', value);
      expect(await store.getJson('json/a.json')).toEqual(value);
      await store.putJson('json/a.json', { other: 1 });
      expect(await store.getJson('json/a.json')).toEqual({ other: 1 });
    });

    it('lets the first writer win with putOnce', async () => {
      const store = open();
      const won = await Promise.all(['a', 'b', 'c'].map((text) => store.putOnce('once/x', text)));
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await store.putJsonOnce('once/x', {})).toBe(false);
      const text = Buffer.from((await store.get('once/x')) ?? []).toString();
      expect(text).toBe(['a', 'b', 'c'][won.indexOf(true)]);
    });

    it('lists a prefix in order of key', async () => {
      const store = open();
      const keys = Array.from({ length: 12 }, (_, i) => `list/${String(i).padStart(4, '0')}`);
      await Promise.all([...keys].reverse().map((key) => store.put(key, key)));
      expect((await store.list('list/')).map((o) => o.key)).toEqual(keys);
      expect((await store.list('list/0001')).map((o) => o.bytes)).toEqual([9]);
      expect((await store.list('list/', 3)).map((o) => o.key)).toEqual(keys.slice(0, 3));
      expect(await store.list('nothing/')).toEqual([]);
    });

    it('hashes what is stored and removes it once and again', async () => {
      const store = open();
      await store.put('sum/a', 'hello');
      expect(await store.sha256('sum/a')).toBe(sha256('hello'));
      expect((await store.head('sum/a'))?.bytes).toBe(5);
      await store.remove('sum/a');
      await store.remove('sum/a');
      expect(await store.get('sum/a')).toBeUndefined();
    });

    it('fetches what was seen, whole or by ranges that make one file, and says what it hashes to', () =>
      withTempFolder(async (folder) => {
        const store = open();
        await store.put('seen/a', '0123456789');
        const seen = { key: 'seen/a', ...(await store.head('seen/a')) };
        const [whole, parts] = [join(folder, 'whole'), join(folder, 'parts')];
        const fetched = { outcome: 'fetched', bytes: 10, sha256: sha256('0123456789') };
        expect(await store.fetch(seen, whole)).toEqual(fetched);
        expect(await readFile(whole, 'utf8')).toBe('0123456789');
        expect(await store.fetch(seen, parts, { startByte: 7, endByte: 10 })).toMatchObject({
          bytes: 3,
          sha256: sha256('789'),
        });
        await store.fetch(seen, parts, { startByte: 0, endByte: 2 });
        expect(await readFile(parts, 'latin1')).toBe(`01${'\0'.repeat(5)}789`);
        const some = await store.getRange(seen, { startByte: 3, endByte: 5 });
        expect(Buffer.from(some ?? []).toString()).toBe('34');
      }));

    it('notices an object that was replaced or removed since it was seen', () =>
      withTempFolder(async (folder) => {
        const store = open();
        const file = join(folder, 'x');
        await store.put('seen/b', 'before');
        const { etag = '' } = (await store.head('seen/b')) ?? {};
        const seen = { key: 'seen/b', etag };
        await store.put('seen/b', 'after!');
        expect(await store.fetch(seen, file)).toEqual({ outcome: 'replaced' });
        expect(await store.getRange(seen, { startByte: 0, endByte: 2 })).toBeUndefined();
        await store.remove('seen/b');
        expect(await store.fetch(seen, file)).toEqual({ outcome: 'missing' });
      }));

    it('names its objects by bucket and key', () => {
      const store = open();
      expect(store.uri('a/b')).toBe(`s3://${store.bucket}/a/b`);
    });
  });
}
