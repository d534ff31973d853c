import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { ENV } from '../names.ts';
import type { Bus } from './bus.ts';
import { type FunctionDefaults, PlatformFunction } from './platform-function.ts';
import type { Registry } from './registry.ts';

export interface SchedulesProps extends FunctionDefaults {
  readonly registry: Registry;
  readonly bus: Bus;
  readonly monitoring: IStateMachine;
  readonly guard: IFunction;
}

/** Each model's own schedules, made and removed at run time as its spec says. */
export class Schedules extends Construct {
  constructor(scope: Construct, id: string, props: SchedulesProps) {
    super(scope, id);
    const group = new ScheduleGroup(this, 'Group', { scheduleGroupName: `mooring-${props.stage}` });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      description: `Mooring ${props.stage}: schedules start monitoring and ask the guard`,
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['states:StartExecution'],
        resources: [props.monitoring.stateMachineArn],
      }),
    );
    role.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [props.guard.functionArn] }),
    );

    const sync = new PlatformFunction(this, 'Sync', {
      ...props,
      name: 'sync-schedules',
      onFailure: props.bus.undelivered,
    });
    sync.addEnvironment(ENV.scheduleGroup, group.scheduleGroupName);
    sync.addEnvironment(ENV.scheduleRoleArn, role.roleArn);
    sync.addEnvironment(
      ENV.stateMachineArns,
      Stack.of(this).toJsonString({ monitoring: props.monitoring.stateMachineArn }),
    );
    sync.addEnvironment(
      ENV.functionArns,
      Stack.of(this).toJsonString({ 'guard-retrain': props.guard.functionArn }),
    );
    sync.allow(
      [
        'scheduler:CreateSchedule',
        'scheduler:DeleteSchedule',
        'scheduler:GetSchedule',
        'scheduler:UpdateSchedule',
      ],
      [this.schedulesOf(group.scheduleGroupName)],
    );
    sync.allow(['iam:PassRole'], [role.roleArn], {
      StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' },
    });
    props.registry.grantRead(sync);
    props.bus.on('SpecOrLifeChanged', ['spec-applied', 'model-deleted', 'version-retired'], sync);
  }

  private schedulesOf(group: string): string {
    return Stack.of(this).formatArn({
      service: 'scheduler',
      resource: 'schedule',
      resourceName: `${group}/*`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  }
}
