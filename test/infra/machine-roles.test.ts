import { describe, expect, it } from 'vitest';
import type { DistributedMapState, TaskState } from '../../lib/pipelines/asl.ts';
import { isDistributed, type Machine, machinesOf, statesOf } from './machines.ts';
import { rightsOf, statementsOf } from './statements.ts';
import { resources, synthesized } from './synthesized.ts';

const app = synthesized();
const machines = machinesOf(app);
const sagemaker = (kind: string) => `arn:<AWS::Partition>:sagemaker:<AWS::Region>:<AWS::AccountId>:${kind}`;
const managedRule = (name: string) =>
  `arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:rule/StepFunctionsGetEventsFor${name}Rule`;
const modelRole = `<${resources(app.platform, 'AWS::IAM::Role').find(([id]) => id.startsWith('EndpointsModelRole'))?.[0]}.Arn>`;

const on = (resource: string, ...actions: string[]) => actions.map((action) => `${action} ${resource}`);
const waitsBy = (rule: string) =>
  on(managedRule(rule), 'events:PutTargets', 'events:PutRule', 'events:DescribeRule');

/** A job of SageMaker that a state starts, waits for, and stops when the execution is stopped. */
const job = (kind: string, noun: string, rule: string) => [
  ...on(
    sagemaker(`${kind}/*`),
    `sagemaker:Create${noun}`,
    `sagemaker:Describe${noun}`,
    `sagemaker:Stop${noun}`,
  ),
  ...on(sagemaker(`${kind}/*`), 'sagemaker:AddTags'),
  ...on(modelRole, 'iam:PassRole'),
  ...waitsBy(rule),
];

/**
 * The rights that a call needs. Source: "Call AWS services from Step Functions", the IAM policies of each optimized
 * integration in the Step Functions Developer Guide; `iam:PassRole` for whatever is given a role.
 */
const NEEDS: Readonly<Record<string, (task: TaskState) => readonly string[]>> = {
  'lambda:invoke': (task) => on(argument(task, 'FunctionName'), 'lambda:InvokeFunction'),
  'sagemaker:createTrainingJob.sync': () => job('training-job', 'TrainingJob', 'SageMakerTrainingJobs'),
  // The role is the model's; the transform job takes none.
  'sagemaker:createTransformJob.sync': () =>
    job('transform-job', 'TransformJob', 'SageMakerTransformJobs').filter(
      (right) => !right.startsWith('iam:'),
    ),
  'sagemaker:createModel': () => [
    ...on(sagemaker('model/*'), 'sagemaker:CreateModel', 'sagemaker:AddTags'),
    ...on(modelRole, 'iam:PassRole'),
  ],
  'aws-sdk:sagemaker:describeEndpoint': () =>
    on(sagemaker('endpoint/mooring-dev-*'), 'sagemaker:DescribeEndpoint'),
  'states:startExecution.sync:2': (task) => {
    const machine = argument(task, 'StateMachineArn');
    const executions = `arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${machine.replace('>', '.Name>')}:*`;
    return [
      ...on(machine, 'states:StartExecution'),
      ...on(executions, 'states:DescribeExecution', 'states:StopExecution'),
      ...waitsBy('StepFunctionsExecution'),
    ];
  },
};

const machineArn = (name: string) =>
  `arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:stateMachine:mooring-dev-${name}`;

/** The state stack's bucket that is imported, by its name as by its ARN. */
const bucketOf = (imported: string) =>
  imported.replaceAll(/<[\w-]+:ExportsOutput(?:Ref|FnGetAtt)(Storage[A-Z][a-z]+[0-9A-F]{8})\w+>/g, '<$1>');

/** Where the lists of its items and its results are. */
const MAP_FOLDERS: Readonly<Record<string, string>> = { intake: 'intakes', monitoring: 'compacting' };

/** A distributed map starts its children under its own machine's name, reads their items and writes what came of them. */
function rightsOfMap(machine: Machine, map: DistributedMapState): readonly string[] {
  const own = machineArn(machine.name);
  const executions = own.replace(':stateMachine:', ':execution:');
  const watches = ['states:DescribeExecution', 'states:StopExecution'] as const;
  const bucket = map.ItemReader && bucketOf(map.ItemReader.Arguments.Bucket);
  const lists = `${bucket}/${MAP_FOLDERS[machine.name]}/*`;
  return [
    ...on(own, 'states:StartExecution'),
    ...on(`${executions}:*`, ...watches),
    ...on(`${executions}/${map.Label}:*`, ...watches),
    ...(bucket ? on(lists, 's3:GetObject', 's3:PutObject') : []),
    ...(bucket ? on(lists, 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload') : []),
  ];
}

function argument(task: TaskState, name: string): string {
  return String((task.Arguments as Record<string, unknown>)[name]);
}

describe('the role of each state machine', () => {
  it.each(machines.map((machine) => [machine.name, machine] as const))(
    'of %s allows exactly the calls that its states make',
    (_, machine) => {
      const calls = statesOf(machine)
        .map(({ state }) => state)
        .filter((state) => state.Type === 'Task');
      const maps = statesOf(machine).flatMap(({ state }) => (isDistributed(state) ? state : []));
      const needed = calls.flatMap(
        (task) => NEEDS[task.Resource.replace('arn:aws:states:::', '')]?.(task) ?? ['?'],
      );
      expect(rightsOf(app, machine.roleId).map(bucketOf)).toEqual(
        [...new Set([...needed, ...maps.flatMap((map) => rightsOfMap(machine, map))])].sort(),
      );
    },
  );

  it('hands a role to SageMaker only', () => {
    const passing = machines
      .flatMap(({ roleId }) => statementsOf(app, roleId))
      .filter(({ actions }) => actions.includes('iam:PassRole'));
    expect(passing).toHaveLength(1);
    for (const { conditions } of passing)
      expect(conditions).toEqual({ StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } });
  });

  it('is assumed by Step Functions on behalf of this account only', () => {
    for (const { roleId } of machines)
      expect(resources(app.platform).find(([id]) => id === roleId)?.[1].Properties).toMatchObject({
        AssumeRolePolicyDocument: {
          Statement: [
            {
              Principal: { Service: 'states.amazonaws.com' },
              Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
            },
          ],
        },
      });
  });
});
