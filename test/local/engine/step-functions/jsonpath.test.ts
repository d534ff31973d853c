import { describe, expect, it } from 'vitest';
import { useEngine } from '../../../support/engine.ts';
import { type Case, catching, failing, inline, pass, passing, run, single } from './machine.ts';

useEngine();

const cases: Readonly<Record<string, Case>> = {
  'Map runs its processor on each item': {
    definition: single({ Type: 'Map', ItemsPath: '$.x', ItemProcessor: inline(passing) }),
    input: { x: [1, 2, 3] },
    output: [1, 2, 3],
  },
  'Map catches the error of an item': {
    definition: single({
      Type: 'Map',
      ItemsPath: '$.x',
      ItemProcessor: inline(failing),
      ...catching('States.ALL'),
    }),
    input: { x: [1] },
    output: { x: [1], caught: { Error: 'Boom', Cause: 'told to' } },
  },
  'Parallel catches the error of a branch by its name': {
    definition: single({ Type: 'Parallel', Branches: [failing, passing], ...catching('Boom') }),
    output: { caught: { Error: 'Boom' } },
  },
  'Parallel fails when its retries are used up': {
    definition: single({
      Type: 'Parallel',
      Branches: [failing],
      Retry: [{ ErrorEquals: ['Boom'], MaxAttempts: 1, IntervalSeconds: 1 }],
    }),
    error: 'Boom',
  },
  'intrinsic functions compute': {
    definition: single(
      pass({
        Parameters: {
          'format.$': "States.Format('{}-{}', 'a', $.n)",
          'sum.$': 'States.MathAdd($.n, 2)',
          'item.$': 'States.ArrayGetItem($.list, 1)',
          'json.$': 'States.StringToJson($.text)',
          'hash.$': "States.Hash('x','SHA-256')",
          'range.$': 'States.ArrayRange(1,3,1)',
          'contains.$': 'States.ArrayContains($.list, 10)',
          'uuid.$': 'States.UUID()',
        },
      }),
    ),
    input: { n: 1, list: [10, 20], text: '{"k":1}' },
    output: {
      format: 'a-1',
      sum: 3,
      item: 20,
      json: { k: 1 },
      hash: '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881',
      range: [1, 2, 3],
      contains: true,
      uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    },
  },
  'the context object knows execution, state and machine': {
    definition: single(
      pass({
        Parameters: {
          'id.$': '$$.Execution.Id',
          'name.$': '$$.Execution.Name',
          'state.$': '$$.State.Name',
          'machine.$': '$$.StateMachine.Name',
          'start.$': '$$.Execution.StartTime',
        },
      }),
    ),
    output: {
      id: expect.stringContaining(':execution:'),
      name: expect.stringMatching(/./),
      state: 'A',
      machine: expect.stringMatching(/^m\d/),
      start: expect.stringMatching(/^\d{4}-/),
    },
  },
  'Choice combines its operators': {
    definition: {
      StartAt: 'Choose',
      States: {
        Choose: {
          Type: 'Choice',
          Choices: [
            {
              And: [
                { Variable: '$.a', IsPresent: true },
                { Variable: '$.a', NumericGreaterThanPath: '$.b' },
                { Not: { Variable: '$.z', IsPresent: true } },
                {
                  Or: [
                    { Variable: '$.s', StringMatches: 'v*' },
                    { Variable: '$.s', StringEquals: 'q' },
                  ],
                },
              ],
              Next: 'Yes',
            },
          ],
          Default: 'No',
        },
        Yes: pass({ Result: 'yes' }),
        No: pass({ Result: 'no' }),
      },
    },
    input: { a: 5, b: 4, s: 'v1.2' },
    output: 'yes',
  },
  'Assign sets a variable that later states read': {
    definition: {
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Assign: { 'x.$': '$.n' }, Next: 'B' },
        B: pass({ Parameters: { 'v.$': '$x' } }),
      },
    },
    input: { n: 7 },
    output: { v: 7 },
  },
  'Fail takes error and cause from paths': {
    definition: single({ Type: 'Fail', ErrorPath: '$.e', CausePath: '$.c' }),
    input: { e: 'E9', c: 'because' },
    error: 'E9',
  },
  'Wait takes its seconds from a path': {
    definition: single({ Type: 'Wait', SecondsPath: '$.s' }),
    input: { s: 1 },
    output: { s: 1 },
  },
  'a path that leads nowhere fails the state': {
    definition: single(pass({ Parameters: { 'a.$': '$.nope' } })),
    error: 'States.Runtime',
  },
  'a variable that was never set fails the state': {
    definition: single(pass({ Parameters: { 'a.$': '$never' } })),
    error: 'States.Runtime',
  },
};

describe.concurrent('a JSONPath state machine', () => {
  it.each(Object.entries(cases))('%s', async (_, { definition, input, output, error }) => {
    const outcome = await run(definition, input);
    if (error) expect(outcome).toMatchObject({ status: 'FAILED', error });
    else {
      expect(outcome.status).toBe('SUCCEEDED');
      if (typeof output === 'object') expect(outcome.output).toMatchObject(output as object);
      else expect(outcome.output).toBe(output);
    }
  });
});
