import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';

export interface Queue {
  /** Sends what it can; one flag a body, true when durably queued. Never throws for an outage: all flags are false. */
  send(bodies: readonly string[]): Promise<readonly boolean[]>;
}

/** Limits of SendMessageBatch. A kibibyte is left for the envelope. */
const MAX_ENTRIES = 10;
const MAX_BATCH_BYTES = 255 * 1024;

interface Entry {
  readonly index: number;
  readonly body: string;
  readonly bytes: number;
}

/** Retries nothing itself: the caller tells its own caller which rows are not logged. */
export function sqsQueue({ client, url }: { readonly client: SQSClient; readonly url: string }): Queue {
  return {
    async send(bodies) {
      const flags = bodies.map(() => false);
      await Promise.all(
        batches(bodies).map(async (batch) => {
          for (const index of await sendBatch(client, url, batch)) flags[index] = true;
        }),
      );
      return flags;
    },
  };
}

async function sendBatch(
  client: SQSClient,
  url: string,
  batch: readonly Entry[],
): Promise<readonly number[]> {
  const entries = batch.map((e) => ({ Id: String(e.index), MessageBody: e.body }));
  try {
    const answer = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: entries }));
    return (answer.Successful ?? []).map((s) => Number(s.Id));
  } catch {
    return [];
  }
}

function batches(bodies: readonly string[]): readonly (readonly Entry[])[] {
  const all: Entry[][] = [];
  let bytes = 0;
  bodies.forEach((body, index) => {
    const entry = { index, body, bytes: Buffer.byteLength(body) };
    const last = all.at(-1);
    if (last === undefined || last.length === MAX_ENTRIES || bytes + entry.bytes > MAX_BATCH_BYTES) {
      all.push([entry]);
      bytes = entry.bytes;
    } else {
      last.push(entry);
      bytes += entry.bytes;
    }
  });
  return all;
}
