import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { PipelineName } from '../names.ts';
import type { Definition } from './asl.ts';

export interface PipelineMachineProps {
  readonly stage: string;
  readonly name: PipelineName;
  readonly definition: Definition;
  /** Functions that it invokes. */
  readonly functions: readonly IFunction[];
  /** What else its states call. */
  readonly statements?: readonly PolicyStatement[];
}

/** A state machine with exactly the rights that its states need; the name lets `close-run` tell machines apart. */
export function pipelineMachine(scope: Construct, id: string, props: PipelineMachineProps): StateMachine {
  const role = new Role(scope, `${id}Role`, {
    assumedBy: new ServicePrincipal('states.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
    description: `Mooring ${props.stage}: ${props.name}`,
  });
  role.addToPolicy(
    new PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: props.functions.map((fn) => fn.functionArn),
    }),
  );
  for (const statement of props.statements ?? []) role.addToPolicy(statement);
  return new StateMachine(scope, id, {
    stateMachineName: machineName(props.stage, props.name),
    definitionBody: DefinitionBody.fromString(Stack.of(scope).toJsonString(props.definition)),
    role,
  });
}

export function machineName(stage: string, pipeline: PipelineName): string {
  return `mooring-${stage}-${pipeline}`;
}
