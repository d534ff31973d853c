import { createHash } from 'node:crypto';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { beforeAll, describe, expect, it } from 'vitest';
import { useEngine } from '../../../support/engine.ts';

useEngine();

const Bucket = 'artifacts';
let client: S3Client;
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');
const text = async (Key: string, VersionId?: string) => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, ...(VersionId && { VersionId }) }));
  return Body?.transformToString();
};

beforeAll(async () => {
  client = new S3Client({ maxAttempts: 1 });
  await client.send(new CreateBucketCommand({ Bucket }));
  const VersioningConfiguration = { Status: 'Enabled' as const };
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
});

describe('an object written with If-None-Match', () => {
  it('is refused with 412 when it exists', async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'once', Body: 'first', IfNoneMatch: '*' }));
    const second = client.send(
      new PutObjectCommand({ Bucket, Key: 'once', Body: 'second', IfNoneMatch: '*' }),
    );
    await expect(second).rejects.toMatchObject({
      name: 'PreconditionFailed',
      $metadata: { httpStatusCode: 412 },
    });
    expect(await text('once')).toBe('first');
  });

  it('has exactly one winner among 20 writers', async () => {
    const writers = Array.from({ length: 20 }, (_, number) =>
      client.send(new PutObjectCommand({ Bucket, Key: 'race', Body: String(number), IfNoneMatch: '*' })).then(
        () => String(number),
        (error) => {
          expect([409, 412]).toContain(error.$metadata.httpStatusCode);
          return undefined;
        },
      ),
    );
    const winners = (await Promise.all(writers)).filter((one) => one !== undefined);
    expect(winners).toHaveLength(1);
    expect(await text('race')).toBe(winners[0]);
  });
});

describe('a presigned upload', () => {
  const presign = (Key: string, body: string) =>
    getSignedUrl(client, new PutObjectCommand({ Bucket, Key, ChecksumSHA256: sha256(body) }), {
      expiresIn: 60,
      unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
    });

  it('is stored with the checksum it was signed with', async () => {
    const url = await presign('upload', 'a,b\n1,2\n');
    const headers = { 'x-amz-checksum-sha256': sha256('a,b\n1,2\n') };
    const response = await fetch(url, { method: 'PUT', body: 'a,b\n1,2\n', headers });
    expect(response.status).toBe(200);
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'upload', ChecksumMode: 'ENABLED' }));
    expect(head.ChecksumSHA256).toBe(sha256('a,b\n1,2\n'));
    expect(await text('upload')).toBe('a,b\n1,2\n');
  });

  it('is refused when the body is not the one that was announced', async () => {
    const url = await presign('tampered', 'good');
    const headers = { 'x-amz-checksum-sha256': sha256('good') };
    const response = await fetch(url, { method: 'PUT', body: 'evil', headers });
    expect(response.status).toBe(400);
    await expect(text('tampered')).rejects.toThrow(expect.objectContaining({ name: 'NoSuchKey' }));
  });
});

describe('a versioned object', () => {
  it('keeps every version readable by its id', async () => {
    const first = await client.send(new PutObjectCommand({ Bucket, Key: 'v', Body: 'one' }));
    const second = await client.send(new PutObjectCommand({ Bucket, Key: 'v', Body: 'two' }));
    expect(first.VersionId).not.toBe(second.VersionId);
    expect(await text('v', first.VersionId)).toBe('one');
    expect(await text('v')).toBe('two');
  });

  it('leaves a marker when it is deleted, and its versions stay', async () => {
    const { VersionId } = await client.send(new PutObjectCommand({ Bucket, Key: 'gone', Body: 'kept' }));
    const deleted = await client.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
    expect(deleted.DeleteMarker).toBe(true);
    await expect(text('gone')).rejects.toThrow(expect.objectContaining({ name: 'NoSuchKey' }));
    expect(await text('gone', VersionId)).toBe('kept');
  });

  it('is copied from a named version', async () => {
    const { VersionId } = await client.send(new PutObjectCommand({ Bucket, Key: 'source', Body: 'old' }));
    await client.send(new PutObjectCommand({ Bucket, Key: 'source', Body: 'new' }));
    const CopySource = `${Bucket}/source?versionId=${VersionId}`;
    await client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource }));
    expect(await text('copy')).toBe('old');
  });

  it('is listed page by page', async () => {
    for (const n of [1, 2, 3])
      await client.send(new PutObjectCommand({ Bucket, Key: `page/${n}`, Body: 'x' }));
    const first = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'page/', MaxKeys: 2 }));
    expect(first.Contents?.map((one) => one.Key)).toEqual(['page/1', 'page/2']);
    const ContinuationToken = first.NextContinuationToken;
    const second = await client.send(
      new ListObjectsV2Command({ Bucket, Prefix: 'page/', ContinuationToken }),
    );
    expect(second.Contents?.map((one) => one.Key)).toEqual(['page/3']);
  });
});

describe('an object under Object Lock', () => {
  const locked = 'audit';
  const until = new Date(Math.floor(Date.now() / 1000) * 1000 + 86_400_000);

  beforeAll(async () => {
    await client.send(new CreateBucketCommand({ Bucket: locked, ObjectLockEnabledForBucket: true }));
  });

  const put = async (Key: string) => {
    const written = await client.send(new PutObjectCommand({ Bucket: locked, Key, Body: 'checkpoint' }));
    const Retention = { Mode: 'COMPLIANCE' as const, RetainUntilDate: until };
    await client.send(new PutObjectRetentionCommand({ Bucket: locked, Key, Retention }));
    return written.VersionId as string;
  };

  it('keeps its retention', async () => {
    await put('kept');
    const { Retention } = await client.send(new GetObjectRetentionCommand({ Bucket: locked, Key: 'kept' }));
    expect(Retention).toMatchObject({ Mode: 'COMPLIANCE', RetainUntilDate: until });
  });

  it('refuses that its version is deleted', async () => {
    const VersionId = await put('held');
    const attempt = client.send(new DeleteObjectCommand({ Bucket: locked, Key: 'held', VersionId }));
    await expect(attempt).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    const { Body } = await client.send(new GetObjectCommand({ Bucket: locked, Key: 'held', VersionId }));
    expect(await Body?.transformToString()).toBe('checkpoint');
  });

  it('refuses that its retention is shortened', async () => {
    await put('long');
    const Retention = { Mode: 'COMPLIANCE' as const, RetainUntilDate: new Date(Date.now() + 60_000) };
    const attempt = client.send(new PutObjectRetentionCommand({ Bucket: locked, Key: 'long', Retention }));
    await expect(attempt).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  it('gets the retention that the bucket sets by default', async () => {
    const Rule = { DefaultRetention: { Mode: 'COMPLIANCE' as const, Days: 1 } };
    const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled' as const, Rule };
    await client.send(new PutObjectLockConfigurationCommand({ Bucket: locked, ObjectLockConfiguration }));
    const { VersionId } = await client.send(
      new PutObjectCommand({ Bucket: locked, Key: 'default', Body: 'x' }),
    );
    const attempt = client.send(new DeleteObjectCommand({ Bucket: locked, Key: 'default', VersionId }));
    await expect(attempt).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });
});
