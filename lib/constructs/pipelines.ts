import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { PipelineName } from '../names.ts';
import type { TrainerImage } from '../settings.ts';
import type { Bus } from './bus.ts';
import type { Endpoints } from './endpoints.ts';
import { Intake } from './intake.ts';
import { Monitoring } from './monitoring.ts';
import { type FunctionDefaults, PlatformFunction } from './platform-function.ts';
import type { Registry } from './registry.ts';
import { Release } from './release.ts';
import { Retirement } from './retirement.ts';
import type { Storage } from './storage.ts';
import { trainerImageUri } from './trainer-image.ts';
import { Training } from './training.ts';

export interface PipelinesProps extends FunctionDefaults {
  readonly registry: Registry;
  readonly storage: Storage;
  readonly endpoints: Endpoints;
  readonly bus: Bus;
  readonly trainerImage: TrainerImage;
  readonly trainingInstanceType: string;
  readonly transformInstanceType: string;
  readonly pollSeconds: number;
  readonly drainSeconds: number;
  readonly pieceMb: number;
}

/** The five state machines, and the one verb that closes whatever fails in them. */
export class Pipelines extends Construct {
  readonly closeRun: PlatformFunction;
  readonly machines: Readonly<Record<PipelineName, StateMachine>>;

  constructor(scope: Construct, id: string, props: PipelinesProps) {
    super(scope, id);
    this.closeRun = new PlatformFunction(this, 'CloseRun', {
      ...props,
      name: 'close-run',
      onFailure: props.bus.undelivered,
    });
    props.registry.grantDecide(this.closeRun);

    const base = { ...props, closeRun: this.closeRun };
    const trainerImage = trainerImageUri(this, props.trainerImage);
    const intake = new Intake(this, 'Intake', base).machine;
    const training = new Training(this, 'Training', { ...base, trainerImage }).machine;
    const release = new Release(this, 'Release', base);
    const monitoring = new Monitoring(this, 'Monitoring', { ...base, intake }).machine;
    const retirement = new Retirement(this, 'Retirement', {
      ...base,
      deleteEndpoint: release.deleteEndpoint,
    }).machine;
    this.machines = { intake, training, release: release.machine, monitoring, retirement };
  }
}
