import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { ENV } from '../names.ts';
import { INTAKE_MAPS, intake } from '../pipelines/intake.ts';
import { machineName, pipelineMachine } from '../pipelines/state-machine.ts';
import { distributedMapStatements, mapObjectStatement } from './distributed-map.ts';
import { type PipelineProps, verbsOf } from './pipeline-props.ts';

export interface IntakeProps extends PipelineProps {
  /** Megabytes of raw data that one worker takes. */
  readonly pieceMb: number;
}

/** An upload becomes a dataset version. */
export class Intake extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, props: IntakeProps) {
    super(scope, id);
    const { storage, stage } = props;
    const functions = { ...this.verbs(props), closeRun: props.closeRun };
    const { artifacts } = storage.buckets;
    const intakes = artifacts.arnForObjects('intakes/*');
    this.machine = pipelineMachine(this, 'Machine', {
      stage,
      name: 'intake',
      definition: intake(functions, artifacts.bucketName),
      functions: Object.values(functions),
      statements: [
        ...distributedMapStatements(this, machineName(stage, 'intake'), INTAKE_MAPS),
        mapObjectStatement(intakes),
      ],
    });
  }

  private verbs(props: IntakeProps) {
    const { registry, storage, pieceMb } = props;
    const verb = verbsOf(this, props);
    const openIntake = verb('open-intake');
    registry.grantDecide(openIntake);
    storage.grantRead(openIntake, 'landing');
    storage.grantWrite(openIntake, 'artifacts');
    openIntake.addEnvironment(ENV.pieceMb, String(pieceMb));

    const profileObject = verb('profile-object');
    registry.grantRead(profileObject);
    storage.grantRead(profileObject, 'landing');
    storage.grantWrite(profileObject, 'artifacts');

    const mergeProfiles = verb('merge-profiles');
    storage.grantWrite(mergeProfiles, 'artifacts');

    const judgeDataset = verb('judge-dataset');
    registry.grantDecide(judgeDataset);
    storage.grantWrite(judgeDataset, 'data', 'artifacts');
    return { openIntake, profileObject, mergeProfiles, judgeDataset };
  }
}
