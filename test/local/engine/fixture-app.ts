import { App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Alarm, AlarmRule, ComparisonOperator, CompositeAlarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as Fn, Runtime, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { ECHO, PARTIAL_BATCH, STREAM_READER, TOKEN_AUTHORIZER } from './fixture-functions.ts';

/** What the tests of the engine deploy: one of each thing whose local behaviour they prove. */
const app = new App();
const stack = new Stack(app, 'Fixture', { env: { account: '000000000000', region: 'us-east-1' } });

function fn(id: string, code: string, environment: Record<string, string> = {}): Fn {
  return new Fn(stack, id, {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline(code),
    timeout: Duration.seconds(6),
    environment,
  });
}

const table = new TableV2(stack, 'Table', {
  partitionKey: { name: 'pk', type: AttributeType.STRING },
  timeToLiveAttribute: 'expiresAt',
  dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
  removalPolicy: RemovalPolicy.DESTROY,
});
const bucket = new Bucket(stack, 'Bucket', {
  versioned: true,
  lifecycleRules: [
    {
      id: 'tmp',
      prefix: 'tmp/',
      expiration: Duration.days(7),
      noncurrentVersionExpiration: Duration.days(3),
    },
  ],
  removalPolicy: RemovalPolicy.DESTROY,
  autoDeleteObjects: true,
});

const echo = fn('Echo', ECHO);
const reader = fn('StreamReader', STREAM_READER);
const streamQueue = new Queue(stack, 'StreamQueue');
streamQueue.grantSendMessages(reader);
reader.addEnvironment('QUEUE_URL', streamQueue.queueUrl);
reader.addEventSource(new DynamoEventSource(table, { startingPosition: StartingPosition.TRIM_HORIZON }));

const dead = new Queue(stack, 'DeadLetters');
const work = new Queue(stack, 'Work', {
  visibilityTimeout: Duration.seconds(6),
  deadLetterQueue: { queue: dead, maxReceiveCount: 1 },
});
fn('PartialBatch', PARTIAL_BATCH).addEventSource(
  new SqsEventSource(work, { batchSize: 10, reportBatchItemFailures: true }),
);

const authorizer = new HttpLambdaAuthorizer('Authorizer', fn('TokenAuthorizer', TOKEN_AUTHORIZER), {
  responseTypes: [HttpLambdaResponseType.SIMPLE],
  resultsCacheTtl: Duration.seconds(0),
});
const api = new HttpApi(stack, 'Api', {
  defaultAuthorizer: authorizer,
  defaultIntegration: new HttpLambdaIntegration('Integration', echo),
});

const metric = new Metric({ namespace: 'Fixture', metricName: 'Echoes', dimensionsMap: { kind: 'test' } });
const alarm = new Alarm(stack, 'Alarm', {
  metric: metric.with({ statistic: 'Sum', period: Duration.minutes(1) }),
  threshold: 3,
  evaluationPeriods: 1,
  comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
});
const composite = new CompositeAlarm(stack, 'Composite', {
  alarmRule: AlarmRule.fromAlarm(alarm, 'ALARM' as never),
});

const events = new Queue(stack, 'Events');
new Rule(stack, 'AwsEvents', {
  eventPattern: { source: ['aws.sagemaker', 'aws.states'] },
  targets: [new SqsQueue(events)],
});

for (const [name, value] of Object.entries({
  ApiUrl: api.apiEndpoint,
  TableName: table.tableName,
  BucketName: bucket.bucketName,
  EchoName: echo.functionName,
  WorkUrl: work.queueUrl,
  DeadUrl: dead.queueUrl,
  StreamQueueUrl: streamQueue.queueUrl,
  EventsUrl: events.queueUrl,
  AlarmName: alarm.alarmName,
  CompositeName: composite.alarmName,
})) {
  new CfnOutput(stack, name, { value });
}
