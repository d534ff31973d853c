import { Construct } from 'constructs';
import type { Bus } from './bus.ts';
import { type FunctionDefaults, PlatformFunction } from './platform-function.ts';
import type { Registry } from './registry.ts';

export interface RetrainingProps extends FunctionDefaults {
  readonly registry: Registry;
  readonly bus: Bus;
}

/** The only door to training for machines: drift found, and the retraining schedule of a model. */
export class Retraining extends Construct {
  readonly guard: PlatformFunction;

  constructor(scope: Construct, id: string, props: RetrainingProps) {
    super(scope, id);
    this.guard = new PlatformFunction(this, 'Guard', {
      ...props,
      name: 'guard-retrain',
      onFailure: props.bus.undelivered,
    });
    props.registry.grantDecide(this.guard);
    props.bus.on('DriftFound', ['drift-found'], this.guard);
  }
}
