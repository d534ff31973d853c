import type { Template } from 'aws-cdk-lib/assertions';
import { FUNCTIONS, type FunctionName } from '../../lib/constructs/function-table.ts';
import { type Resource, resources, text } from './synthesized.ts';

/**
 * List prices of us-east-1 in USD, without free tier and discounts, as the pricing page of each service gives them
 * (read 2026-11; the page is named).
 */
export const PRICES = {
  /** "Amazon CloudWatch pricing": dashboards, a month. */
  dashboard: 3,
  /** "Amazon CloudWatch pricing": a standard-resolution alarm, for each metric in it, a month. */
  alarmMetric: 0.1,
  /** "Amazon CloudWatch pricing": a custom metric, first 10,000, a month. */
  customMetric: 0.3,
  /** "Amazon CloudWatch pricing": logs collected, standard class, a GB. */
  logGb: 0.5,
  /** "AWS Lambda pricing": a million requests. */
  millionInvocations: 0.2,
  /** "AWS Lambda pricing": a GB-second on x86. */
  lambdaGbSecond: 0.0000166667,
  /** "Amazon SQS pricing": a million requests, standard queue. */
  millionQueueRequests: 0.4,
  /** "Amazon EventBridge pricing": a million events or scheduled invocations. */
  millionEvents: 1,
  /** "Amazon DynamoDB pricing": a million read request units, on demand. */
  millionReads: 0.125,
  /** "AWS Step Functions pricing": a thousand state transitions, standard. */
  thousandTransitions: 0.025,
} as const;

const HOURS_A_MONTH = 730;

/** AWS documentation, "Lambda event source mappings": five pollers, each waiting up to 20 s for a message. */
const POLLERS = 5;
const LONG_POLL_SECONDS = 20;

/** A sweep over an empty table: measured locally at 0.1 to 0.3 s warm; a whole second covers cold starts. */
const SWEEP_SECONDS = 1;
const SWEEP_LOG_BYTES = 1500;
const SWEEP_READS = 4;

/** Resources that cost nothing while nothing happens, with what they charge for. */
const FREE_WHILE_IDLE: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::Api': 'requests',
  'AWS::ApiGatewayV2::Authorizer': 'nothing',
  'AWS::ApiGatewayV2::Integration': 'nothing',
  'AWS::ApiGatewayV2::Route': 'nothing',
  'AWS::ApiGatewayV2::Stage': 'nothing',
  'AWS::DynamoDB::GlobalTable': 'requests, and GB stored with their recovery: nothing while empty',
  'AWS::Events::EventBus': 'events',
  'AWS::IAM::Policy': 'nothing',
  'AWS::IAM::Role': 'nothing',
  'AWS::Lambda::EventInvokeConfig': 'nothing',
  'AWS::Lambda::Function': 'requests and GB-seconds',
  'AWS::Lambda::Permission': 'nothing',
  'AWS::Logs::LogGroup': 'GB collected and stored',
  'AWS::S3::Bucket': 'requests and GB stored: nothing while empty',
  'AWS::S3::BucketPolicy': 'nothing',
  'AWS::SNS::Topic': 'deliveries',
  'AWS::SNS::Subscription': 'deliveries',
  'AWS::SNS::TopicPolicy': 'nothing',
  'AWS::SQS::Queue': 'requests',
  'AWS::SQS::QueuePolicy': 'nothing',
  'AWS::Scheduler::ScheduleGroup': 'invocations of its schedules',
  'AWS::StepFunctions::StateMachine': 'state transitions',
};

type CostOf = (resource: Resource, all: ReadonlyMap<string, Resource>) => number;

const COSTS: Readonly<Record<string, CostOf>> = {
  'AWS::CloudWatch::Dashboard': () => PRICES.dashboard,
  'AWS::CloudWatch::Alarm': ({ Properties }) =>
    PRICES.alarmMetric * ((Properties.Metrics as unknown[] | undefined)?.length ?? 1),
  'AWS::Lambda::EventSourceMapping': ({ Properties }, all) => {
    const source = all.get(idIn(Properties.EventSourceArn));
    // A stream's pollers read for free.
    return source?.Type === 'AWS::SQS::Queue' ? queuePolling() : 0;
  },
  'AWS::Events::Rule': ({ Properties }, all) => {
    if (!Properties.ScheduleExpression) return 0;
    const times = HOURS_A_MONTH / hoursOf(String(Properties.ScheduleExpression));
    return (Properties.Targets as { Arn: unknown }[])
      .map(({ Arn }) => sweep(times, all.get(idIn(Arn))))
      .reduce((sum, cost) => sum + cost, 0);
  },
};

export interface CostLine {
  readonly id: string;
  readonly type: string;
  readonly usd: number;
}

/** What each resource of the templates costs a month while no model exists and nobody calls. */
export function idleMonthlyCost(...templates: readonly Template[]): readonly CostLine[] {
  const all = new Map(templates.flatMap((template) => resources(template)));
  return [...all].map(([id, resource]) => {
    const cost = COSTS[resource.Type];
    if (!cost && !FREE_WHILE_IDLE[resource.Type])
      throw new Error(`the price table knows no ${resource.Type}; add what it costs while idle`);
    return { id, type: resource.Type, usd: cost ? cost(resource, all) : 0 };
  });
}

export function total(lines: readonly CostLine[]): number {
  return lines.reduce((sum, { usd }) => sum + usd, 0);
}

/**
 * What one more model adds a month while it serves nobody: its monitoring schedule, hourly by default, runs the
 * monitoring machine over nothing. A serverless endpoint costs nothing between calls; artifacts are megabytes.
 */
export function idleMonthlyCostOfModel(transitionsATick: number, hoursBetweenTicks = 1): number {
  const ticks = HOURS_A_MONTH / hoursBetweenTicks;
  const functions = (['plan-windows', 'raise-signal'] as const).map((name) => run(ticks, name));
  return (
    (ticks * transitionsATick * PRICES.thousandTransitions) / 1000 +
    (ticks * PRICES.millionEvents) / 1e6 +
    functions.reduce((sum, cost) => sum + cost, 0)
  );
}

/** CloudWatch metrics that a model in service adds, each by model: served, and latency of its endpoint. */
export const METRICS_OF_A_SERVING_MODEL = 2;

function queuePolling(): number {
  const requests = ((POLLERS * 3600) / LONG_POLL_SECONDS) * HOURS_A_MONTH;
  return (requests * PRICES.millionQueueRequests) / 1e6;
}

function sweep(times: number, fn: Resource | undefined): number {
  const name = String(fn?.Properties.Handler).split('/')[0] as FunctionName;
  return (times * PRICES.millionEvents) / 1e6 + run(times, name);
}

function run(times: number, name: FunctionName): number {
  const gigabyteSeconds = times * SWEEP_SECONDS * (FUNCTIONS[name].memoryMb / 1024);
  return (
    (times * PRICES.millionInvocations) / 1e6 +
    gigabyteSeconds * PRICES.lambdaGbSecond +
    (times * SWEEP_READS * PRICES.millionReads) / 1e6 +
    ((times * SWEEP_LOG_BYTES) / 1e9) * PRICES.logGb
  );
}

function hoursOf(expression: string): number {
  const [, n, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const hours = { minute: 1 / 60, hour: 1, day: 24 }[unit ?? ''];
  if (!n || !hours) throw new Error(`schedule ${expression} is not understood`);
  return Number(n) * hours;
}

function idIn(arn: unknown): string {
  return text(arn).replace(/^<|\.Arn>$/g, '');
}
