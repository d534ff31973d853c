import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { intake } from '../pipelines/intake.ts';
import { pipelineMachine } from '../pipelines/state-machine.ts';
import { type PipelineProps, verbsOf } from './pipeline-props.ts';

/** An upload becomes a dataset version. */
export class Intake extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, props: PipelineProps) {
    super(scope, id);
    const { registry, storage, closeRun, stage } = props;
    const verb = verbsOf(this, props);
    const openIntake = verb('open-intake');
    registry.grantDecide(openIntake);
    storage.grantRead(openIntake, 'landing');
    storage.grantWrite(openIntake, 'artifacts');

    const profileObject = verb('profile-object');
    registry.grantRead(profileObject);
    storage.grantRead(profileObject, 'landing');
    storage.grantWrite(profileObject, 'artifacts');

    const judgeDataset = verb('judge-dataset');
    registry.grantDecide(judgeDataset);
    storage.grantWrite(judgeDataset, 'data', 'artifacts');

    const functions = { openIntake, profileObject, judgeDataset, closeRun };
    this.machine = pipelineMachine(this, 'Machine', {
      stage,
      name: 'intake',
      definition: intake(functions),
      functions: Object.values(functions),
    });
  }
}
