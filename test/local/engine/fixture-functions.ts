/** The code of the fixture's functions, small enough to be inline in the template. */

/** Answers its event; throws, sleeps, logs or ends the process when the event says so. */
export const ECHO = `
class ValidationError extends Error { constructor(m) { super(m); this.name = 'ValidationError'; } }
exports.handler = async (event) => {
  if (event.log) console.log(event.log);
  if (event.metric) console.log(JSON.stringify({ _aws: { Timestamp: Date.now(), CloudWatchMetrics: [
    { Namespace: 'Fixture', Dimensions: [['kind']], Metrics: [{ Name: 'Echoes', Unit: 'Count' }] }] }, kind: 'test', Echoes: event.metric }));
  if (event.sleep) await new Promise((done) => setTimeout(done, event.sleep));
  if (event.fail) throw new ValidationError('told to fail');
  if (event.routeKey) return { statusCode: 200, body: JSON.stringify(event.requestContext.authorizer.lambda) };
  return { event, pid: process.pid, node: process.version, dir: __dirname, env: process.env };
};`;

/** Fails the messages whose body says so, and only those. */
export const PARTIAL_BATCH = `
exports.handler = async (event) => ({
  batchItemFailures: event.Records.filter((r) => r.body === 'bad').map((r) => ({ itemIdentifier: r.messageId })),
});`;

/** Forwards each stream record's keys, image and kind to a queue. */
export const STREAM_READER = `
const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');
const sqs = new SQSClient({});
exports.handler = async (event) => {
  for (const r of event.Records)
    await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: JSON.stringify(
      { kind: r.eventName, pk: r.dynamodb.Keys.pk.S, seq: r.dynamodb.SequenceNumber, id: r.eventID }) }));
};`;

/** Lets one token in. */
export const TOKEN_AUTHORIZER = `
exports.handler = async (event) => ({
  isAuthorized: (event.headers ?? {}).authorization === 'Bearer good', context: { principal: 'p1', role: 'viewer' },
});`;
