import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { PresignedPut } from './object-store.ts';

/** The checksum is a signed header, so the URL takes these bytes and no others. */
const CHECKSUM = 'x-amz-checksum-sha256';

export async function presignPut(client: S3Client, bucket: string, key: string, wanted: PresignedPut) {
  const checksum = Buffer.from(wanted.sha256, 'hex').toString('base64');
  const url = await getSignedUrl(
    client,
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      ContentLength: wanted.bytes,
      ChecksumSHA256: checksum,
      ChecksumAlgorithm: 'SHA256',
    }),
    {
      expiresIn: wanted.expiresSeconds,
      unhoistableHeaders: new Set([CHECKSUM]),
      signableHeaders: new Set(['content-length', CHECKSUM]),
    },
  );
  return { url, headers: { [CHECKSUM]: checksum } };
}
