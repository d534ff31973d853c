import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { waitFor } from '../../bin/mooring/wait-for.ts';

const SETTLE_SECONDS = 300;

/** Waits until what was sent is also written, as an operator would look at the dashboard: both log queues are empty. */
export async function settle(queueUrls: readonly string[]): Promise<void> {
  const sqs = new SQSClient();
  await waitFor(
    () => Promise.all(queueUrls.map((url) => messagesIn(sqs, url))),
    (counts) => counts.every((count) => count === 0),
    { timeoutSeconds: SETTLE_SECONDS, everyMs: 200, what: 'writing the prediction and label logs' },
  );
}

/** The queues of a stage that messages wait in; dead-letter queues are none of them. */
export async function workQueues(prefix: string): Promise<readonly string[]> {
  const { QueueUrls = [] } = await new SQSClient().send(new ListQueuesCommand({ QueueNamePrefix: prefix }));
  return QueueUrls.filter((url) => !/dead/i.test(url));
}

async function messagesIn(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return (
    Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesNotVisible)
  );
}
