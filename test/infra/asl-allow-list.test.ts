import { describe, expect, it } from 'vitest';
import { expressionsIn, isDistributed, machinesOf, ownFields, statesOf } from './machines.ts';

/**
 * What the local engine runs as AWS does, by the battery of `test/local/engine`. It accepts definitions that are
 * invalid and ignores fields that it does not know, so anything beyond this list is tried there first.
 */
const RESOURCES = [
  'arn:aws:states:::lambda:invoke',
  'arn:aws:states:::sagemaker:createTrainingJob.sync',
  'arn:aws:states:::sagemaker:createTransformJob.sync',
  'arn:aws:states:::sagemaker:createModel',
  'arn:aws:states:::aws-sdk:sagemaker:describeEndpoint',
  'arn:aws:states:::states:startExecution.sync:2',
];

const ONWARD = ['Assign', 'Output', 'Next', 'End'];
const DISTRIBUTED_MAP = [
  'Label',
  'Items',
  'ItemReader',
  'ItemSelector',
  'MaxConcurrency',
  'ToleratedFailurePercentage',
  'ItemProcessor',
  'ResultWriter',
  'Catch',
  ...ONWARD,
];
/** Of the services that maps read their items from and write their results to. */
const MAP_RESOURCES = ['arn:aws:states:::s3:getObject', 'arn:aws:states:::s3:putObject'];
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Task: ['Resource', 'Arguments', 'TimeoutSeconds', 'Retry', 'Catch', ...ONWARD],
  Map: ['Items', 'MaxConcurrency', 'ItemProcessor', 'Catch', ...ONWARD],
  Parallel: ['Branches', 'Catch', ...ONWARD],
  Choice: ['Choices', 'Default'],
  Pass: ONWARD,
  Wait: ['Seconds', 'Next'],
  Succeed: ['Output'],
  Fail: ['Error', 'Cause'],
};
const RETRY = [
  'ErrorEquals',
  'IntervalSeconds',
  'MaxAttempts',
  'BackoffRate',
  'MaxDelaySeconds',
  'JitterStrategy',
];
const CATCH = ['ErrorEquals', 'Assign', 'Output', 'Next'];
const CHOICE = ['Condition', 'Assign', 'Next'];
const FUNCTIONS = ['$append', '$distinct', '$exists', '$merge', '$substringAfter'];
const CONTEXT = [
  '$states.context.Execution.Input',
  '$states.context.Execution.Name',
  '$states.context.Map.Item',
  '$states.context.State.RetryCount',
];

const machines = machinesOf();
const states = machines.flatMap(statesOf);
const within = (found: object, known: readonly string[], where: string) =>
  expect(
    Object.keys(found).filter((key) => !known.includes(key)),
    where,
  ).toEqual([]);

describe('the definitions use only what the local engine runs faithfully', () => {
  it('at the top', () => {
    for (const { name, definition } of machines) {
      within(definition, ['Comment', 'QueryLanguage', 'TimeoutSeconds', 'StartAt', 'States'], name);
      expect(definition.QueryLanguage).toBe('JSONata');
    }
  });

  it('in the fields of each kind of state', () => {
    for (const { name, state } of states) {
      const fields = isDistributed(state) ? DISTRIBUTED_MAP : (FIELDS[state.Type] ?? []);
      within(state, ['Type', ...fields], name);
    }
  });

  it('in retries, catches and choices', () => {
    for (const { name, state } of states) {
      if (state.Type === 'Task') for (const retry of state.Retry) within(retry, RETRY, name);
      if ('Catch' in state) for (const handler of state.Catch ?? []) within(handler, CATCH, name);
      if (state.Type === 'Choice') for (const choice of state.Choices) within(choice, CHOICE, name);
    }
  });

  it('in what tasks call', () => {
    for (const { name, state } of states)
      if (state.Type === 'Task') expect(RESOURCES, name).toContain(state.Resource);
  });

  it('in what distributed maps read, run and write', () => {
    const maps = states.flatMap(({ state }) => (isDistributed(state) ? state : []));
    expect(maps.length).toBeGreaterThan(0);
    for (const { ItemReader, ItemProcessor, ResultWriter } of maps) {
      if (ItemReader && ResultWriter) {
        expect(MAP_RESOURCES).toEqual([ItemReader.Resource, ResultWriter.Resource]);
        within(ItemReader, ['Resource', 'ReaderConfig', 'Arguments'], 'ItemReader');
        expect(ItemReader.ReaderConfig).toEqual({ InputType: 'JSON' });
        within(ResultWriter, ['Resource', 'Arguments'], 'ResultWriter');
      }
      expect(ItemProcessor.ProcessorConfig).toEqual({ Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' });
    }
  });

  it('in the functions and the context of expressions', () => {
    for (const { name, state } of states)
      for (const expression of expressionsIn(ownFields(state))) {
        const called = [...expression.matchAll(/\$\w+(?=\()/g)].map(([call]) => call);
        for (const call of called) expect(FUNCTIONS, name).toContain(call);
        const context = [...expression.matchAll(/\$states\.context\.\w+\.\w+/g)].map(([path]) => path);
        for (const path of context) expect(CONTEXT, name).toContain(path);
      }
  });
});
