import {
  ConflictException,
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  type SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';

export interface Schedules {
  /** Makes the model's schedules equal to `wanted`; answers the names that then exist. */
  apply(model: string, wanted: readonly Schedule[]): Promise<readonly string[]>;
}

const PURPOSES = ['monitor', 'retrain'] as const;
type Purpose = (typeof PURPOSES)[number];

export interface Schedule {
  /** The name is `<purpose>-<model>`. */
  readonly purpose: Purpose;
  /** EventBridge Scheduler expression: `rate(1 hour)` or `cron(…)`. */
  readonly expression: string;
}

export interface EventBridgeSchedulesOptions {
  readonly client: SchedulerClient;
  readonly group: string;
  readonly roleArn: string;
  /** The monitoring state machine and the guard. */
  readonly targetArns: Readonly<Record<Purpose, string>>;
}

const INPUTS: Readonly<Record<Purpose, (model: string) => object>> = {
  monitor: (model) => ({ model }),
  retrain: (model) => ({ model, kind: 'schedule' }),
};

export function eventBridgeSchedules(options: EventBridgeSchedulesOptions): Schedules {
  return {
    async apply(model, wanted) {
      const names: string[] = [];
      for (const purpose of PURPOSES) {
        const schedule = wanted.find((w) => w.purpose === purpose);
        const name = `${purpose}-${model}`;
        if (schedule === undefined) await remove(options, name);
        else {
          await put(options.client, scheduleInput(options, model, name, schedule));
          names.push(name);
        }
      }
      return names;
    },
  };
}

function scheduleInput(
  { group, roleArn, targetArns }: EventBridgeSchedulesOptions,
  model: string,
  name: string,
  { purpose, expression }: Schedule,
): CreateScheduleCommandInput {
  return {
    Name: name,
    GroupName: group,
    ScheduleExpression: expression,
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: targetArns[purpose], RoleArn: roleArn, Input: JSON.stringify(INPUTS[purpose](model)) },
  };
}

/** Updating replaces the whole schedule, so both calls take the same input. */
async function put(client: SchedulerClient, input: CreateScheduleCommandInput): Promise<void> {
  try {
    await client.send(new CreateScheduleCommand(input));
  } catch (error) {
    if (!(error instanceof ConflictException)) throw error;
    await client.send(new UpdateScheduleCommand(input));
  }
}

async function remove({ client, group }: EventBridgeSchedulesOptions, name: string): Promise<void> {
  try {
    await client.send(new DeleteScheduleCommand({ Name: name, GroupName: group }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}
