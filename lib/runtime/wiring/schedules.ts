import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { eventBridgeSchedules, type Schedules } from '../../stores/schedules.ts';
import { environment } from '../environment.ts';
import { CALLS } from './calls.ts';

export function wireSchedules(): Schedules {
  const env = environment('scheduleGroup', 'scheduleRoleArn', 'stateMachineArns', 'functionArns');
  const monitoring = env.stateMachineArns.monitoring;
  const guard = env.functionArns['guard-retrain'];
  if (monitoring === undefined || guard === undefined)
    throw new Error('the environment is not usable: schedules need the ARNs of monitoring and guard-retrain');
  return eventBridgeSchedules({
    client: new SchedulerClient(CALLS),
    group: env.scheduleGroup,
    roleArn: env.scheduleRoleArn,
    targetArns: { monitor: monitoring, retrain: guard },
  });
}
