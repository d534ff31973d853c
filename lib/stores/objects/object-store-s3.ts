import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { backoff } from '../backoff.ts';
import type { ObjectListing, ObjectStore } from './object-store.ts';
import { openSeen, requireWhole } from './open-seen.ts';
import { presignPut } from './presign-put.ts';
import { isMissing, statusOf } from './s3-status.ts';
import { writeAt } from './write-at.ts';

export interface S3ObjectStoreOptions {
  readonly client: S3Client;
  readonly bucket: string;
}

/** Two writers of one key at the same moment: S3 asks one of them to try again. */
const MAX_CONFLICTS = 8;

export function s3ObjectStore({ client, bucket }: S3ObjectStoreOptions): ObjectStore {
  const open = (key: string, versionId?: string) => openObject(client, bucket, key, versionId);
  const get: ObjectStore['get'] = async (key, versionId) => collect(await open(key, versionId));
  const put: ObjectStore['put'] = async (key, bytes) => {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, ...typeOf(key) }));
  };
  const putOnce: ObjectStore['putOnce'] = (key, bytes) => putIfAbsent(client, bucket, key, bytes);

  return {
    bucket,
    uri: (key) => `s3://${bucket}/${key}`,
    async getJson<T>(key: string) {
      const bytes = await get(key);
      return bytes === undefined ? undefined : (JSON.parse(Buffer.from(bytes).toString('utf8')) as T);
    },
    putJson: (key, value) => put(key, JSON.stringify(value)),
    putJsonOnce: (key, value) => putOnce(key, JSON.stringify(value)),
    get,
    put,
    putOnce,
    head: (key) => headObject(client, bucket, key),
    async sha256(key, versionId) {
      const body = await open(key, versionId);
      if (body === undefined) return undefined;
      const hash = createHash('sha256');
      await pipeline(body, hash);
      return hash.digest('hex');
    },
    list: (prefix, most) => listObjects(client, bucket, prefix, most),
    async download(key, file, versionId) {
      const body = await open(key, versionId);
      if (body !== undefined) await pipeline(body, createWriteStream(file));
      return body !== undefined;
    },
    async fetch(seen, file, range) {
      const opened = await openSeen(client, bucket, seen, range);
      if (typeof opened === 'string') return { outcome: opened };
      const written = await writeAt(opened.body, file, range?.startByte);
      requireWhole(seen.key, written.bytes, opened.bytes);
      return { outcome: 'fetched', ...written };
    },
    async getRange(seen, range) {
      const opened = await openSeen(client, bucket, seen, range);
      if (typeof opened === 'string') return undefined;
      const bytes = (await collect(opened.body)) as Uint8Array;
      requireWhole(seen.key, bytes.length, opened.bytes);
      return bytes;
    },
    async upload(file, key) {
      const { size } = await stat(file);
      const body = createReadStream(file);
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentLength: size }));
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
    presignPut: (key, wanted) => presignPut(client, bucket, key, wanted),
  };
}

async function openObject(
  client: S3Client,
  bucket: string,
  key: string,
  versionId?: string,
): Promise<Readable | undefined> {
  try {
    const got = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: key, ...(versionId && { VersionId: versionId }) }),
    );
    return got.Body as Readable;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function collect(body: Readable | undefined): Promise<Uint8Array | undefined> {
  if (body === undefined) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function headObject(client: S3Client, bucket: string, key: string) {
  try {
    const head = await client.send(
      new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }),
    );
    return {
      bytes: head.ContentLength ?? 0,
      etag: (head.ETag ?? '').replaceAll('"', ''),
      ...(head.VersionId && { versionId: head.VersionId }),
      ...(isOfWhole(head.ChecksumSHA256) && {
        sha256: Buffer.from(head.ChecksumSHA256, 'base64').toString('hex'),
      }),
    };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function putIfAbsent(
  client: S3Client,
  bucket: string,
  key: string,
  body: Uint8Array | string,
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, IfNoneMatch: '*', ...typeOf(key) }),
      );
      return true;
    } catch (error) {
      const status = statusOf(error);
      if (status === 412) return false;
      if (status !== 409 || attempt >= MAX_CONFLICTS) throw error;
      await backoff(attempt);
    }
  }
}

async function listObjects(
  client: S3Client,
  bucket: string,
  prefix: string,
  most?: number,
): Promise<readonly ObjectListing[]> {
  const objects: ObjectListing[] = [];
  for await (const page of paginateListObjectsV2(
    { client },
    { Bucket: bucket, Prefix: prefix, MaxKeys: most },
  )) {
    for (const found of page.Contents ?? [])
      objects.push({
        key: found.Key ?? '',
        bytes: found.Size ?? 0,
        etag: (found.ETag ?? '').replaceAll('"', ''),
      });
    if (most !== undefined) break;
  }
  return objects;
}

/** The checksum of a multipart upload is that of its parts' checksums: `<base64>-<parts>`. */
function isOfWhole(checksum: string | undefined): checksum is string {
  return checksum !== undefined && checksum !== '' && !checksum.includes('-');
}

const typeOf = (key: string) => (key.endsWith('.json') ? { ContentType: 'application/json' } : {});
