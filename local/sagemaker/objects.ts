import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { clientConfig, type Env } from './aws-client.ts';

export type Source = { readonly bucket: string; readonly key: string; readonly relativePath: string };

export type DataType = 'S3Prefix' | 'ManifestFile';

export const parseUri = (uri: string) => {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(uri) ?? [];
  return { bucket, key };
};

export const joinUri = (uri: string, ...parts: readonly string[]) =>
  [uri.replace(/\/+$/, ''), ...parts].join('/');

/** A key below a prefix, as the path it gets below the channel's folder. */
export const relativePath = (prefix: string, key: string): string => {
  const folder = key.startsWith(`${prefix}/`) ? `${prefix}/` : prefix.slice(0, prefix.lastIndexOf('/') + 1);
  const path = key.slice(folder.length);
  if (path.split('/').includes('..'))
    throw new Error(`key ${key} leaves its folder, wanted a path without ..`);
  return path;
};

/** The few things the twin does with S3. */
export const createObjects = (awsUrl: string, env: Env) => {
  const s3 = new S3Client({ ...clientConfig(awsUrl, env), forcePathStyle: true });

  const body = async (bucket: string, key: string) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (!Body) throw new Error(`s3://${bucket}/${key} has no body`);
    return Body;
  };

  const listPrefix = async (uri: string): Promise<Source[]> => {
    const { bucket, key: prefix } = parseUri(uri);
    const sources: Source[] = [];
    let token: string | undefined;
    do {
      const page = await s3.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
      );
      for (const { Key: key = '' } of page.Contents ?? []) {
        if (!key.endsWith('/')) sources.push({ bucket, key, relativePath: relativePath(prefix, key) });
      }
      token = page.NextContinuationToken;
    } while (token);
    return sources;
  };

  /** `[{"prefix": "s3://bucket/folder/"}, "a.parquet", "b.parquet"]`. */
  const listManifest = async (uri: string): Promise<Source[]> => {
    const { bucket, key } = parseUri(uri);
    const [head, ...names] = JSON.parse(await (await body(bucket, key)).transformToString());
    const prefix = parseUri(head.prefix);
    return names.map((name: string) => ({
      bucket: prefix.bucket,
      key: prefix.key + name,
      relativePath: relativePath('', name),
    }));
  };

  return {
    list: (type: DataType, uri: string) => (type === 'ManifestFile' ? listManifest(uri) : listPrefix(uri)),

    read: async ({ bucket, key }: Pick<Source, 'bucket' | 'key'>) =>
      Buffer.from(await (await body(bucket, key)).transformToByteArray()),

    download: async ({ bucket, key }: Pick<Source, 'bucket' | 'key'>, file: string): Promise<void> => {
      await mkdir(dirname(file), { recursive: true });
      await pipeline((await body(bucket, key)) as Readable, createWriteStream(file));
    },

    downloadAll: async (sources: readonly Source[], folder: string) => {
      for (const source of sources) {
        const file = join(folder, source.relativePath);
        await mkdir(dirname(file), { recursive: true });
        await pipeline((await body(source.bucket, source.key)) as Readable, createWriteStream(file));
      }
    },

    upload: async (file: string, uri: string): Promise<void> => {
      const { bucket: Bucket, key: Key } = parseUri(uri);
      const { size: ContentLength } = await stat(file);
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: createReadStream(file), ContentLength }));
    },

    write: async (content: Buffer | string, uri: string): Promise<void> => {
      const { bucket: Bucket, key: Key } = parseUri(uri);
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: content }));
    },

    exists: async (uri: string): Promise<boolean> => {
      const { bucket: Bucket, key: Key } = parseUri(uri);
      try {
        await s3.send(new HeadObjectCommand({ Bucket, Key }));
        return true;
      } catch (error) {
        if ((error as { name: string }).name === 'NotFound') return false;
        throw error;
      }
    },

    close: () => s3.destroy(),
  };
};

export type Objects = ReturnType<typeof createObjects>;
