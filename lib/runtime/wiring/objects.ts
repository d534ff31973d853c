import { S3Client } from '@aws-sdk/client-s3';
import type { ObjectStore } from '../../stores/objects/object-store.ts';
import { s3ObjectStore } from '../../stores/objects/object-store-s3.ts';
import { environment } from '../environment.ts';
import { TRANSFERS } from './calls.ts';

export type BucketName = 'landing' | 'data' | 'artifacts' | 'audit';

export function wireObjects(bucket: BucketName): ObjectStore {
  const variable = `${bucket}Bucket` as const;
  const name = environment(variable)[variable];
  // Path style needs no wildcard DNS, so one setting serves every endpoint.
  client ??= new S3Client({ ...TRANSFERS, forcePathStyle: true });
  return s3ObjectStore({ client, bucket: name });
}

/** One for all buckets of a process. */
let client: S3Client | undefined;
