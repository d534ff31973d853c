import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { PredictionRecord } from '../../../lib/domain/predictions/record.ts';
import { keys } from '../../../lib/names.ts';
import type { ACloud } from './a-cloud.ts';

/** Every record of a version in the raw log, as often as it is there. */
export async function loggedRecords(
  { output }: ACloud,
  model: string,
  version: number,
): Promise<readonly PredictionRecord[]> {
  const s3 = new S3Client({ forcePathStyle: true });
  const Bucket = output('DataBucket');
  const listing = new ListObjectsV2Command({ Bucket, Prefix: keys.predictionsOfVersion(model, version) });
  const { Contents = [] } = await s3.send(listing);
  const texts = Contents.map(async ({ Key }) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array()).toString();
  });
  const lines = (await Promise.all(texts)).join('').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as PredictionRecord);
}

/** The queue between predict and the log. */
export async function predictionQueue(): Promise<string> {
  const { QueueUrls = [] } = await new SQSClient().send(
    new ListQueuesCommand({ QueueNamePrefix: 'Mooring-local' }),
  );
  const url = QueueUrls.find((one) => /prediction/i.test(one) && !/dead/i.test(one));
  if (url === undefined) throw new Error(`there must be a queue of predictions, got ${QueueUrls.join(', ')}`);
  return url;
}
