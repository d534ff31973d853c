import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { FUNCTIONS, type FunctionName } from '../../lib/constructs/function-table.ts';
import { specSchema } from '../../lib/domain/spec.ts';
import { EXECUTION_TIMEOUT_SECONDS, PIPELINES, type PipelineName } from '../../lib/names.ts';
import type { TaskState } from '../../lib/pipelines/asl.ts';
import { CLOSE } from '../../lib/pipelines/closing.ts';
import { jobName } from '../../lib/pipelines/sagemaker.ts';
import {
  assignedIn,
  expressionsIn,
  isDistributed,
  machinesOf,
  ownFields,
  scopesIn,
  statesOf,
  targetsOf,
} from './machines.ts';
import { resources, synthesized } from './synthesized.ts';

const app = synthesized();
const machines = machinesOf(app);
const states = machines.flatMap(statesOf);
const tasks = states.filter((placed) => placed.state.Type === 'Task') as readonly (Omit<
  (typeof states)[number],
  'state'
> & { state: TaskState })[];
/** What reads data: a shard that fails twice is left out and named, where every other error is a bug or an outage. */
const TRIED_TWICE = new Set(['Profile One Batch']);
const at = ({ machine, name }: { machine: { name: string }; name: string }) => `${machine.name}: ${name}`;

/** The function that a task invokes, by the handler of the function whose ARN it names. */
function functionOf(task: TaskState): FunctionName | undefined {
  const arn = (task.Arguments as { FunctionName?: string }).FunctionName;
  if (!arn) return undefined;
  const fn = resources(app.platform).find(([id]) => `<${id}.Arn>` === arn)?.[1];
  return String(fn?.Properties.Handler).split('/')[0] as FunctionName;
}

describe('the state machines', () => {
  it('are the five pipelines, each with its own limit', () => {
    expect(machines.map(({ name }) => name).sort()).toEqual([...PIPELINES].sort());
    for (const { name, definition } of machines)
      expect(definition.TimeoutSeconds).toBe(EXECUTION_TIMEOUT_SECONDS[name as PipelineName]);
  });

  it('lead only to states that exist, and to every state', () => {
    for (const machine of machines) {
      const scopes = [machine.definition, ...statesOf(machine).flatMap(({ state }) => scopesIn(state))];
      for (const scope of scopes) {
        const led = [scope.StartAt, ...Object.values(scope.States).flatMap(targetsOf)];
        expect([machine.name, [...new Set(led)].sort()]).toEqual([
          machine.name,
          Object.keys(scope.States).sort(),
        ]);
      }
    }
  });

  it('name states once, in words', () => {
    for (const machine of machines) {
      const names = statesOf(machine).map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name).toMatch(/^[A-Z][a-z]*( [A-Z][a-z]*)*$/);
    }
  });

  it('give every step less time than the run', () => {
    for (const task of tasks)
      expect(task.state.TimeoutSeconds, at(task)).toBeLessThan(task.machine.definition.TimeoutSeconds);
  });

  it('ask whether a version may retire after the wait, right before its endpoint goes', () => {
    const { StartAt, States = {} } = machines.find(({ name }) => name === 'retirement')?.definition ?? {};
    const path = [StartAt, 'May It Retire', 'Is It Allowed', 'Remove The Endpoint'] as const;
    expect(States[path[0] ?? '']).toMatchObject({ Type: 'Wait', Next: path[1] });
    expect(States[path[1]]).toMatchObject({ Next: path[2] });
    expect(States[path[2]]).toMatchObject({ Choices: [{ Next: path[3] }] });
  });

  it('wait for a training job longer than any spec lets it run', () => {
    const minutes = specSchema.shape.training.shape.maxRuntimeMinutes.unwrap().maxValue ?? Number.NaN;
    const jobs = tasks.filter(({ state }) => state.Resource.includes('createTrainingJob'));
    expect(jobs).toHaveLength(2);
    for (const job of jobs) expect(job.state.TimeoutSeconds, at(job)).toBeGreaterThan(minutes * 60);
  });

  it('wait for a function longer than it may run, so that its own error is seen', () => {
    for (const task of tasks) {
      const name = functionOf(task.state);
      if (name) expect(task.state.TimeoutSeconds, at(task)).toBeGreaterThan(FUNCTIONS[name].timeoutSeconds);
    }
  });

  it('try every step again after throttling and outages, and never after an error of our own', () => {
    for (const task of tasks) {
      const retried = task.state.Retry.flatMap((retry) => retry.ErrorEquals);
      expect(retried.length, at(task)).toBeGreaterThan(0);
      const own = retried.filter((error) => error.startsWith('States.'));
      expect([at(task), own]).toEqual([at(task), TRIED_TWICE.has(task.name) ? ['States.ALL'] : []]);
    }
  });

  it('try a batch of data twice whatever it fails of, and go on without it', () => {
    const [batch] = tasks.filter(({ name }) => TRIED_TWICE.has(name));
    expect(batch?.state.Retry.at(-1)).toMatchObject({ ErrorEquals: ['States.ALL'], MaxAttempts: 1 });
    expect(batch?.outermost).toMatchObject({ ToleratedFailurePercentage: 100 });
  });

  it('hand children of a distributed map all that they read', () => {
    const maps = states.flatMap(({ state }) => (isDistributed(state) ? state : []));
    expect(maps).toHaveLength(3);
    for (const { Items, ItemSelector, ItemProcessor, Label } of maps) {
      expect(Label).toMatch(/^[A-Za-z]{1,40}$/);
      const read = Object.values(ItemProcessor.States).flatMap((state) => expressionsIn(ownFields(state)));
      // Neither variables nor the input of the execution that has the map are known in its children.
      for (const expression of read) expect(expression).toMatch(/^\$states\.(input|result)\b[^$]*$/);
      expect([Label, Items !== undefined || ItemSelector !== undefined]).toEqual([Label, true]);
    }
  });

  it('record every failure, in whatever step', () => {
    for (const task of tasks.filter(({ name }) => name !== CLOSE)) {
      const handlers = 'Catch' in task.outermost ? task.outermost.Catch : undefined;
      expect(handlers, at(task)).toMatchObject([{ ErrorEquals: ['States.ALL'], Next: CLOSE }]);
    }
  });

  it('tell close-run who failed and why, and then fail', () => {
    for (const { name, definition } of machines) {
      const close = definition.States[CLOSE] as TaskState;
      expect(functionOf(close)).toBe('close-run');
      const { Payload } = close.Arguments as { Payload: object };
      expect(Object.keys(Payload)).toEqual(['pipeline', 'model', 'id', 'attempt', 'execution', 'error']);
      expect(Payload).toMatchObject({ pipeline: name });
      expect(definition.States[close.Next ?? '']).toMatchObject({ Type: 'Fail' });
    }
  });

  it('write expressions that JSONata understands', () => {
    for (const { machine, name, state } of states)
      for (const text of expressionsIn(ownFields(state)))
        expect(() => jsonata(text), `${machine.name}: ${name}: ${text}`).not.toThrow();
  });

  it('read only variables that a state assigns', () => {
    for (const machine of machines) {
      const own = statesOf(machine).map(({ state }) => ownFields(state));
      const assigned = own.flatMap(assignedIn);
      const read = own
        .flatMap(expressionsIn)
        .flatMap((expression) => [...expression.matchAll(/\$(\w+)(?!\w*\()/g)].map(([, name]) => name));
      for (const name of read) expect([...assigned, 'states'], machine.name).toContain(name);
    }
  });

  it('name jobs in at most 63 characters, new for each retry', async () => {
    const context = (retry: number) => ({
      context: {
        Execution: { Input: { runId: `${'m'.repeat(30)}-${'f'.repeat(12)}`, attempt: 12 } },
        State: { RetryCount: retry },
      },
    });
    const nameOf = (retry: number): Promise<string> =>
      jsonata(jobName('chal', '-t')).evaluate({}, { states: context(retry) });
    expect(await nameOf(10)).toMatch(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/);
    expect(await nameOf(0)).not.toBe(await nameOf(1));
  });
});
