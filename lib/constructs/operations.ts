import { Aws, Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { METRICS } from '../names.ts';
import { type AlarmTraits, alarms, bucketSize, lambda, own } from './alarm-table.ts';
import type { Alerts } from './alerts.ts';
import type { Bus } from './bus.ts';
import type { Serving } from './serving.ts';
import type { Storage } from './storage.ts';

export interface OperationsProps {
  readonly stage: string;
  readonly bus: Bus;
  readonly alerts: Alerts;
  readonly serving: Serving;
  readonly storage: Storage;
  readonly storageAlarmGib: number;
}

/** What an operator looks at, and what calls one. */
export class Operations extends Construct {
  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    const { bus, alerts, serving, storage } = props;
    allowAlarms(alerts);
    const action = new SnsAction(alerts.topic);
    const table = alarms({
      queues: { prediction: serving.predictions.queue, label: serving.labels.queue },
      deadLetters: {
        predictions: serving.predictions.deadLetters,
        labels: serving.labels.deadLetters,
        ledger: bus.unpublished,
        events: bus.undelivered,
      },
      dataBucketName: storage.buckets.data.bucketName,
      storageAlarmGib: props.storageAlarmGib,
    });
    const count = new Map<string, number>();
    for (const traits of table) {
      const n = (count.get(traits.anchor) ?? 0) + 1;
      count.set(traits.anchor, n);
      this.alarm(`${traits.anchor}-${n}`, traits).addAlarmAction(action);
    }
    this.dashboard(props);
  }

  private alarm(id: string, traits: AlarmTraits): Alarm {
    return new Alarm(this, id, {
      alarmDescription: `Mooring: ${traits.says}. What to do: docs/operations.md#${traits.anchor}`,
      metric: traits.metric,
      threshold: traits.threshold,
      evaluationPeriods: traits.periods ?? 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // Nothing happened, nothing is wrong.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  /** One: each costs 3 USD a month. */
  private dashboard({ stage, serving, bus, storage }: OperationsProps): void {
    const dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName: `mooring-${stage}-${Aws.REGION}`,
      defaultInterval: Duration.days(1),
    });
    dashboard.addWidgets(
      graph('Predictions', [own(METRICS.predictionsServed, 'Sum'), own(METRICS.predictionsUnlogged, 'Sum')]),
      graph(
        'Endpoints: latency, ms',
        ['p50', 'p99'].map((p) => own(METRICS.endpointLatencyMs, p)),
      ),
      graph('Endpoints: errors', [own(METRICS.endpointErrors, 'Sum')]),
    );
    dashboard.addWidgets(
      graph('Functions', [lambda('Errors'), lambda('Throttles')]),
      graph('Oldest message, s', [
        serving.predictions.queue.metricApproximateAgeOfOldestMessage(),
        serving.labels.queue.metricApproximateAgeOfOldestMessage(),
      ]),
      graph(
        'Dead letters',
        [serving.predictions.deadLetters, serving.labels.deadLetters, bus.unpublished, bus.undelivered].map(
          (queue) => queue.metricApproximateNumberOfMessagesVisible(),
        ),
      ),
    );
    dashboard.addWidgets(
      graph('Ledger entries not published', [own(METRICS.ledgerUnpublished, 'Maximum')]),
      graph('Data bucket, bytes', [bucketSize(storage.buckets.data.bucketName)]),
    );
  }
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8 });
}

/** The topic has a policy of its own, which therefore must name CloudWatch. */
function allowAlarms(alerts: Alerts): void {
  alerts.topic.addToResourcePolicy(
    new PolicyStatement({
      effect: Effect.ALLOW,
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [alerts.topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(alerts).account } },
    }),
  );
}
