import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { ByteRange, ObjectStore, SeenObject } from './object-store.ts';
import { writeAt } from './write-at.ts';

/** A bucket's twin for tests. */
export function memoryObjectStore(bucket = 'memory'): ObjectStore {
  const objects = new Map<string, Uint8Array>();
  const hash = (algorithm: string, bytes: Uint8Array) => createHash(algorithm).update(bytes).digest('hex');
  const seenBytes = ({ key, etag }: SeenObject, range?: ByteRange) => {
    const bytes = objects.get(key);
    if (bytes === undefined) return 'missing';
    if (etag !== undefined && etag !== hash('md5', bytes)) return 'replaced';
    return range ? bytes.slice(range.startByte, range.endByte) : bytes;
  };
  const self: ObjectStore = {
    bucket,
    uri: (key) => `s3://${bucket}/${key}`,
    async getJson<T>(key: string) {
      const bytes = objects.get(key);
      return bytes === undefined ? undefined : (JSON.parse(Buffer.from(bytes).toString('utf8')) as T);
    },
    putJson: (key, value) => self.put(key, JSON.stringify(value)),
    putJsonOnce: (key, value) => self.putOnce(key, JSON.stringify(value)),
    get: async (key) => objects.get(key)?.slice(),
    async put(key, bytes) {
      objects.set(key, new Uint8Array(Buffer.from(bytes)));
    },
    async putOnce(key, bytes) {
      if (objects.has(key)) return false;
      await self.put(key, bytes);
      return true;
    },
    async head(key) {
      const bytes = objects.get(key);
      if (bytes === undefined) return undefined;
      return { bytes: bytes.length, etag: hash('md5', bytes), sha256: hash('sha256', bytes) };
    },
    async sha256(key) {
      const bytes = objects.get(key);
      return bytes === undefined ? undefined : hash('sha256', bytes);
    },
    list: async (prefix, most) =>
      [...objects]
        .filter(([key]) => key.startsWith(prefix))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .slice(0, most)
        .map(([key, bytes]) => ({ key, bytes: bytes.length, etag: hash('md5', bytes) })),
    async download(key, file) {
      const bytes = objects.get(key);
      if (bytes !== undefined) await writeFile(file, bytes);
      return bytes !== undefined;
    },
    async fetch(seen, file, range) {
      const bytes = seenBytes(seen, range);
      if (typeof bytes === 'string') return { outcome: bytes };
      const written = await writeAt([bytes], file, range?.startByte);
      return { outcome: 'fetched', ...written };
    },
    async getRange(seen, range) {
      const bytes = seenBytes(seen, range);
      return typeof bytes === 'string' ? undefined : bytes;
    },
    upload: async (file, key) => self.put(key, await readFile(file)),
    async remove(key) {
      objects.delete(key);
    },
    presignPut: async (key) => ({ url: `memory://${bucket}/${key}`, headers: {} }),
  };
  return self;
}
