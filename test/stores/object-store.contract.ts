import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ObjectStore } from '../../lib/stores/object-store.ts';

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

    it('names its objects by bucket and key', () => {
      const store = open();
      expect(store.uri('a/b')).toBe(`s3://${store.bucket}/a/b`);
    });
  });
}
