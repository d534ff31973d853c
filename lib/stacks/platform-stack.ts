import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Access } from '../constructs/access.ts';
import { Alerts } from '../constructs/alerts.ts';
import { Api } from '../constructs/api.ts';
import { Bus } from '../constructs/bus.ts';
import { Endpoints } from '../constructs/endpoints.ts';
import { Executions } from '../constructs/executions.ts';
import type { FunctionCode } from '../constructs/function-code.ts';
import { Operations } from '../constructs/operations.ts';
import { Pipelines } from '../constructs/pipelines.ts';
import { Retraining } from '../constructs/retraining.ts';
import { Schedules } from '../constructs/schedules.ts';
import { Serving } from '../constructs/serving.ts';
import type { Settings } from '../settings.ts';
import type { StateStack } from './state-stack.ts';

export interface PlatformStackProps {
  readonly settings: Settings;
  readonly state: StateStack;
  readonly code: FunctionCode;
}

/** Everything that can be thrown away and deployed again. */
export class PlatformStack extends Stack {
  constructor(scope: Construct, id: string, { settings, state, code }: PlatformStackProps) {
    super(scope, id, {
      stackName: `Mooring-${settings.stage}-Platform`,
      description: `Mooring ${settings.stage}: API, pipelines, serving, monitoring`,
    });
    const { stage, architecture, logRetentionDays, engineConcurrency } = settings;
    const { registry, storage } = state;
    const base = { code, stage, architecture, logRetentionDays, engineConcurrency, registry, storage };

    const bus = new Bus(this, 'Bus', base);
    const alerts = new Alerts(this, 'Alerts', { ...settings, bus });
    const access = new Access(this, 'Access', base);
    const endpoints = new Endpoints(this, 'Endpoints', base);
    const serving = new Serving(this, 'Serving', { ...base, endpoints });
    const { machines, closeRun } = new Pipelines(this, 'Pipelines', { ...settings, ...base, bus, endpoints });
    new Executions(this, 'Executions', { ...base, bus, machines, closeRun });
    const { guard } = new Retraining(this, 'Retraining', { ...base, bus });
    new Schedules(this, 'Schedules', { ...base, bus, guard, monitoring: machines.monitoring });
    const api = new Api(this, 'Api', { ...base, access, endpoints, serving, machines });
    new Operations(this, 'Operations', { ...settings, bus, alerts, serving, storage });

    new CfnOutput(this, 'ApiUrl', { value: api.url });
    new CfnOutput(this, 'IssueTokenFunction', { value: access.issueToken.functionName });
    new CfnOutput(this, 'AlertsTopicArn', { value: alerts.topic.topicArn });
  }
}
