import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { METRIC_NAMESPACE, METRICS } from '../names.ts';

/** One alarm: what it watches and when it speaks. Its anchor is its paragraph in `docs/operations.md`. */
export interface AlarmTraits {
  readonly anchor: string;
  readonly says: string;
  readonly metric: Metric;
  readonly threshold: number;
  readonly periods?: number;
}

export interface Watched {
  readonly queues: Readonly<Record<'prediction' | 'label', IQueue>>;
  readonly deadLetters: Readonly<Record<'predictions' | 'labels' | 'ledger' | 'events', IQueue>>;
  readonly dataBucketName: string;
  readonly storageAlarmGib: number;
}

const FIVE_MINUTES = Duration.minutes(5);
/** Predictions and labels are written within seconds; a quarter of an hour means that the writer stands. */
const STALE_SECONDS = 900;
/** Predict gives up at 25 s; callers notice long before. */
const SLOW_MS = 2000;
const GIB = 1024 ** 3;

/** Every alarm costs 0.10 USD a month, so each watches a whole: all functions, all models. */
export function alarms(watched: Watched): readonly AlarmTraits[] {
  return [
    {
      anchor: 'function-errors',
      says: 'functions fail in this account and region',
      metric: lambda('Errors'),
      threshold: 5,
    },
    {
      anchor: 'function-throttles',
      says: 'functions are throttled in this account and region',
      metric: lambda('Throttles'),
      threshold: 20,
      periods: 3,
    },
    ...Object.entries(watched.queues).map(([name, queue]) => ({
      anchor: 'oldest-message',
      says: `the oldest ${name} waits too long to be written`,
      metric: queue.metricApproximateAgeOfOldestMessage({ period: FIVE_MINUTES, statistic: 'Maximum' }),
      threshold: STALE_SECONDS,
    })),
    ...Object.entries(watched.deadLetters).map(([name, queue]) => ({
      anchor: 'dead-letters',
      says: `${name} wait in a dead-letter queue`,
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES, statistic: 'Maximum' }),
      threshold: 1,
    })),
    {
      anchor: 'unpublished-ledger',
      says: 'ledger entries are not published as events',
      metric: own(METRICS.ledgerUnpublished, 'Maximum'),
      threshold: 1,
      periods: 3,
    },
    {
      anchor: 'endpoint-errors',
      says: 'model endpoints fail',
      metric: own(METRICS.endpointErrors, 'Sum'),
      threshold: 5,
    },
    {
      anchor: 'endpoint-latency',
      says: 'model endpoints are slow (99th percentile)',
      metric: own(METRICS.endpointLatencyMs, 'p99'),
      threshold: SLOW_MS,
      periods: 3,
    },
    {
      anchor: 'predictions-unlogged',
      says: 'predictions were answered that the log does not hold',
      metric: own(METRICS.predictionsUnlogged, 'Sum'),
      threshold: 1,
    },
    {
      anchor: 'storage',
      says: 'the data bucket is larger than planned',
      metric: bucketSize(watched.dataBucketName),
      threshold: watched.storageAlarmGib * GIB,
    },
  ];
}

/** Without a dimension: the sum over all functions of the account, for the price of one metric. */
export function lambda(metricName: string, statistic = 'Sum'): Metric {
  return new Metric({ namespace: 'AWS/Lambda', metricName, statistic, period: FIVE_MINUTES });
}

/** The platform's own metrics are published by model and, without a dimension, for all models. */
export function own(metricName: string, statistic: string): Metric {
  return new Metric({ namespace: METRIC_NAMESPACE, metricName, statistic, period: FIVE_MINUTES });
}

/** S3 reports sizes once a day. */
export function bucketSize(bucketName: string): Metric {
  return new Metric({
    namespace: 'AWS/S3',
    metricName: 'BucketSizeBytes',
    dimensionsMap: { BucketName: bucketName, StorageType: 'StandardStorage' },
    statistic: 'Maximum',
    period: Duration.days(1),
  });
}
