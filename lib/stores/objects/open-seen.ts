import type { Readable } from 'node:stream';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ByteRange, SeenObject } from './object-store.ts';
import { isMissing, statusOf } from './s3-status.ts';

export interface OpenedObject {
  readonly body: Readable;
  /** As many as the store has promised to send. */
  readonly bytes: number;
}

/**
 * Opens exactly the object that was seen: by its version, which never changes, or, where there are no versions, only while its ETag is
 * the one that was seen.
 */
export async function openSeen(
  client: S3Client,
  bucket: string,
  { key, versionId, etag }: SeenObject,
  range?: ByteRange,
): Promise<OpenedObject | 'missing' | 'replaced'> {
  try {
    const got = await client.send(
      new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ...(versionId ? { VersionId: versionId } : etag && { IfMatch: etag }),
        ...(range && { Range: `bytes=${range.startByte}-${range.endByte - 1}` }),
      }),
    );
    const body = got.Body as Readable;
    if (etag === undefined || got.ETag?.replaceAll('"', '') === etag)
      return { body, bytes: got.ContentLength ?? 0 };
    body.destroy();
    return 'replaced';
  } catch (error) {
    if (isMissing(error)) return 'missing';
    if (statusOf(error) === 412) return 'replaced';
    throw error;
  }
}

/** A connection that breaks at the end of a chunk can look like the end of the object. */
export function requireWhole(key: string, got: number, promised: number): void {
  if (got !== promised) throw new Error(`object ${key} ended after ${got} bytes, wanted ${promised}`);
}
