import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { release } from '../pipelines/release.ts';
import { pipelineMachine } from '../pipelines/state-machine.ts';
import type { Endpoints } from './endpoints.ts';
import { type PipelineProps, verbsOf } from './pipeline-props.ts';
import type { PlatformFunction } from './platform-function.ts';

export interface ReleaseProps extends PipelineProps {
  readonly endpoints: Endpoints;
  readonly pollSeconds: number;
}

/** Traffic moves to a version. */
export class Release extends Construct {
  readonly machine: StateMachine;
  readonly deleteEndpoint: PlatformFunction;

  constructor(scope: Construct, id: string, props: ReleaseProps) {
    super(scope, id);
    const { registry, storage, endpoints, closeRun, stage } = props;
    const verb = verbsOf(this, props);
    const deployEndpoint = verb('deploy-endpoint');
    registry.grantRead(deployEndpoint);
    endpoints.grantDeploy(deployEndpoint);

    const smokeTest = verb('smoke-test');
    registry.grantRead(smokeTest);
    storage.grantRead(smokeTest, 'artifacts');
    endpoints.grantInvoke(smokeTest);

    const promoteVersion = verb('promote-version');
    registry.grantDecide(promoteVersion);

    this.deleteEndpoint = verb('delete-endpoint');
    endpoints.grantRemove(this.deleteEndpoint);

    const functions = {
      deployEndpoint,
      smokeTest,
      promoteVersion,
      deleteEndpoint: this.deleteEndpoint,
      closeRun,
    };
    this.machine = pipelineMachine(this, 'Machine', {
      stage,
      name: 'release',
      definition: release(functions, props.pollSeconds),
      functions: Object.values(functions),
      statements: [
        new PolicyStatement({
          actions: ['sagemaker:DescribeEndpoint'],
          resources: [endpoints.arnOf('endpoint')],
        }),
      ],
    });
  }
}
