import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { clientConfig, type Env } from './aws-client.ts';

/** The local event bus takes events of a source `aws.*` only from who knows this token, as AWS takes them from nobody. */
const TOKEN_HEADER = 'x-local-event-token';

const client = (awsUrl: string, env: Env, token: string) => {
  const events = new EventBridgeClient(clientConfig(awsUrl, env));
  events.middlewareStack.add(
    (next) => (args) => {
      (args.request as { headers: Record<string, string> }).headers[TOKEN_HEADER] = token;
      return next(args);
    },
    { step: 'build' },
  );
  return events;
};

const MS_PER_SECOND = 1000;

/** The API tells time in seconds, the events in milliseconds. */
const inMilliseconds = (key: string, value: unknown) =>
  key.endsWith('Time') && typeof value === 'number' ? Math.round(value * MS_PER_SECOND) : value;

/** State changes to the default bus, at most once here; on AWS they may also arrive more than once. */
export const createEmitter = (awsUrl: string, env: Env, token: string, log: (line: string) => void) => {
  const events = client(awsUrl, env, token);
  const pending = new Set<Promise<void>>();
  const send = async (detailType: string, arn: string, detail: object) => {
    try {
      const entry = {
        Source: 'aws.sagemaker',
        DetailType: detailType,
        Detail: JSON.stringify(detail, inMilliseconds),
        Resources: [arn],
      };
      const { Entries: [result] = [] } = await events.send(new PutEventsCommand({ Entries: [entry] }));
      if (result?.ErrorCode) log(`event ${detailType} for ${arn} refused: ${result.ErrorMessage}`);
    } catch (error) {
      log(`event ${detailType} for ${arn} not sent: ${error}`);
    }
  };
  return {
    emit: (detailType: string, arn: string, detail: object): void => {
      const sending = send(detailType, arn, detail).finally(() => pending.delete(sending));
      pending.add(sending);
    },
    close: async (): Promise<void> => {
      await Promise.all(pending);
      events.destroy();
    },
  };
};
