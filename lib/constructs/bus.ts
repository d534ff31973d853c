import { Duration } from 'aws-cdk-lib';
import {
  EventBus,
  type EventPattern,
  type IRuleTarget,
  Rule,
  RuleTargetInput,
  Schedule,
} from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { ENV, EVENT_SOURCE } from '../names.ts';
import { DeadLetterQueue } from './dead-letters.ts';
import { type FunctionDefaults, PlatformFunction } from './platform-function.ts';
import type { Registry } from './registry.ts';

export interface BusProps extends FunctionDefaults {
  readonly registry: Registry;
}

/** The ledger's entries as events: the outbox that publishes them, the sweep behind it, and the rules' targets. */
export class Bus extends Construct {
  readonly bus: EventBus;
  /** Ledger entries that the stream gave up on; the sweep publishes them later. */
  readonly unpublished: DeadLetterQueue;
  /** Events that no target took. */
  readonly undelivered: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: BusProps) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', { description: `Mooring ${props.stage}: what was decided` });
    this.unpublished = new DeadLetterQueue(this, 'Unpublished');
    this.undelivered = new DeadLetterQueue(this, 'Undelivered');

    const publish = new PlatformFunction(this, 'Publish', { ...props, name: 'publish-ledger' });
    this.grantPublish(publish);
    props.registry.grantDecide(publish);
    props.registry.feed(publish, this.unpublished);

    const republish = new PlatformFunction(this, 'Republish', {
      ...props,
      name: 'republish-ledger',
      onFailure: this.undelivered,
    });
    this.grantPublish(republish);
    props.registry.grantDecide(republish);
    this.every(Duration.minutes(5), republish);
  }

  grantPublish(fn: PlatformFunction): void {
    fn.addEnvironment(ENV.eventBus, this.bus.eventBusName);
    fn.allow(['events:PutEvents'], [this.bus.eventBusArn]);
  }

  /** Ledger entries of these actions reach the function. */
  on(id: string, actions: readonly string[], fn: PlatformFunction): void {
    this.route(id, { source: [EVENT_SOURCE], detailType: [...actions] }, this.target(fn));
  }

  /** Ledger entries that match reach the target. */
  route(id: string, eventPattern: EventPattern, target: IRuleTarget): void {
    new Rule(this, id, { eventBus: this.bus, eventPattern, targets: [target] });
  }

  /** Events of AWS services, which come on the account's default bus. */
  onService(id: string, eventPattern: EventPattern, fn: PlatformFunction): void {
    new Rule(this, id, { eventPattern, targets: [this.target(fn)] });
  }

  every(rate: Duration, fn: PlatformFunction, input?: object): void {
    new Rule(this, `Every${fn.node.id}`, {
      schedule: Schedule.rate(rate),
      targets: [this.target(fn, input)],
    });
  }

  private target(fn: PlatformFunction, input?: object): IRuleTarget {
    return new LambdaFunction(fn, {
      deadLetterQueue: this.undelivered,
      ...(input && { event: RuleTargetInput.fromObject(input) }),
    });
  }
}
