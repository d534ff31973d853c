import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';

export interface AlertRead {
  readonly severity: string;
  readonly sentence: string;
  readonly link: string;
}

export interface AlertInbox {
  /** Everything that came since the last reading. */
  read(): Promise<readonly AlertRead[]>;
}

/** Subscribes a queue to the alerts topic, as a person would their mailbox. */
export async function openInbox(topicArn: string): Promise<AlertInbox> {
  const [sns, sqs] = [new SNSClient(), new SQSClient()];
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'mooring-alert-inbox' }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  await sns.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: 'sqs',
      Endpoint: Attributes?.QueueArn,
      Attributes: { RawMessageDelivery: 'true' },
    }),
  );
  return { read: () => drain(sqs, QueueUrl ?? '') };
}

async function drain(sqs: SQSClient, QueueUrl: string): Promise<readonly AlertRead[]> {
  const alerts: AlertRead[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    if (Messages.length === 0) return alerts;
    alerts.push(...Messages.map((m) => JSON.parse(m.Body ?? '{}') as AlertRead));
    const Entries = Messages.map((m, i) => ({ Id: String(i), ReceiptHandle: m.ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
}
