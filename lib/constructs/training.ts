import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { ENV } from '../names.ts';
import { pipelineMachine } from '../pipelines/state-machine.ts';
import { training } from '../pipelines/training.ts';
import { type Endpoints, sagemakerArn, TO_SAGEMAKER } from './endpoints.ts';
import { type PipelineProps, verbsOf } from './pipeline-props.ts';

export interface TrainingProps extends PipelineProps {
  readonly endpoints: Endpoints;
  readonly trainerImage: string;
  readonly trainingInstanceType: string;
  readonly transformInstanceType: string;
}

/** A run trains, compares and registers a version. */
export class Training extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, props: TrainingProps) {
    super(scope, id);
    const { registry, storage, endpoints, closeRun, stage } = props;
    const verb = verbsOf(this, props);
    const prepareData = verb('prepare-data');
    registry.grantRead(prepareData);
    storage.grantRead(prepareData, 'landing');
    storage.grantWrite(prepareData, 'data', 'artifacts');
    // It names image, role and instances for the jobs; creating them is the machine's right alone.
    prepareData.addEnvironment(ENV.trainerImage, props.trainerImage);
    prepareData.addEnvironment(ENV.modelRoleArn, endpoints.modelRole.roleArn);
    prepareData.addEnvironment(ENV.trainingInstanceType, props.trainingInstanceType);
    prepareData.addEnvironment(ENV.transformInstanceType, props.transformInstanceType);

    const recordResult = verb('record-result');
    registry.grantDecide(recordResult);

    const evaluateRun = verb('evaluate-run');
    registry.grantDecide(evaluateRun);
    storage.grantRead(evaluateRun, 'data');
    storage.grantWrite(evaluateRun, 'artifacts');

    const functions = { prepareData, recordResult, evaluateRun, closeRun };
    this.machine = pipelineMachine(this, 'Machine', {
      stage,
      name: 'training',
      definition: training(functions),
      functions: Object.values(functions),
      statements: jobStatements(this, endpoints),
    });
  }
}

/** Jobs and their models are named by run, so their names begin with no word of ours. */
function jobStatements(scope: Construct, endpoints: Endpoints): readonly PolicyStatement[] {
  const training = sagemakerArn(scope, 'training-job', '*');
  const transform = sagemakerArn(scope, 'transform-job', '*');
  const model = sagemakerArn(scope, 'model', '*');
  return [
    new PolicyStatement({
      actions: ['sagemaker:CreateTrainingJob', 'sagemaker:DescribeTrainingJob', 'sagemaker:StopTrainingJob'],
      resources: [training],
    }),
    new PolicyStatement({
      actions: [
        'sagemaker:CreateTransformJob',
        'sagemaker:DescribeTransformJob',
        'sagemaker:StopTransformJob',
      ],
      resources: [transform],
    }),
    new PolicyStatement({ actions: ['sagemaker:CreateModel'], resources: [model] }),
    new PolicyStatement({ actions: ['sagemaker:AddTags'], resources: [training, transform, model] }),
    new PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [endpoints.modelRole.roleArn],
      conditions: TO_SAGEMAKER,
    }),
    waitingForJobs(scope, [
      'StepFunctionsGetEventsForSageMakerTrainingJobsRule',
      'StepFunctionsGetEventsForSageMakerTransformJobsRule',
    ]),
  ];
}

/** A `.sync` state learns of the end through a rule that Step Functions keeps for itself. */
export function waitingForJobs(scope: Construct, rules: readonly string[]): PolicyStatement {
  return new PolicyStatement({
    actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
    resources: rules.map((rule) =>
      Stack.of(scope).formatArn({ service: 'events', resource: 'rule', resourceName: rule }),
    ),
  });
}
