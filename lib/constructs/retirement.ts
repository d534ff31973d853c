import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { retirement } from '../pipelines/retirement.ts';
import { pipelineMachine } from '../pipelines/state-machine.ts';
import { type PipelineProps, verbsOf } from './pipeline-props.ts';
import type { PlatformFunction } from './platform-function.ts';

export interface RetirementProps extends PipelineProps {
  readonly deleteEndpoint: PlatformFunction;
  readonly drainSeconds: number;
}

/** A version ends its life, with proof. */
export class Retirement extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, props: RetirementProps) {
    super(scope, id);
    const { registry, storage, deleteEndpoint, closeRun, stage } = props;
    const retireVersion = verbsOf(this, props)('retire-version');
    registry.grantDecide(retireVersion);
    storage.grantWrite(retireVersion, 'audit');

    const functions = { retireVersion, deleteEndpoint, closeRun };
    this.machine = pipelineMachine(this, 'Machine', {
      stage,
      name: 'retirement',
      definition: retirement(functions, props.drainSeconds),
      functions: Object.values(functions),
    });
  }
}
