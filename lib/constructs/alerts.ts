import { RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { EVENT_SOURCE } from '../names.ts';
import type { Bus } from './bus.ts';

export interface AlertsProps {
  readonly stage: string;
  readonly bus: Bus;
  /** Where alerts and alarms are mailed. @default nobody is subscribed */
  readonly alertEmail?: string;
}

/** Sentences for people: every ledger entry that carries one, and every alarm. */
export class Alerts extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: AlertsProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { displayName: `Mooring ${props.stage}`, enforceSSL: true });
    if (props.alertEmail) this.topic.addSubscription(new EmailSubscription(props.alertEmail));
    props.bus.route(
      'AlertRaised',
      { source: [EVENT_SOURCE], detail: { alert: { sentence: [{ exists: true }] } } },
      new SnsTopic(this.topic, {
        message: RuleTargetInput.fromEventPath('$.detail.alert'),
        deadLetterQueue: props.bus.undelivered,
      }),
    );
  }
}
