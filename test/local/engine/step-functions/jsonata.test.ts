import { describe, expect, it } from 'vitest';
import { useEngine } from '../../../support/engine.ts';
import { type Case, createMachine, failing, inline, jsonata, pass, passing, run } from './machine.ts';

useEngine();

const yesOrNo = { Yes: pass({ Output: 'yes' }), No: pass({ Output: 'no' }) };

const cases: Readonly<Record<string, Case>> = {
  'Pass computes its Output and assigns variables': {
    definition: jsonata({
      A: { Type: 'Pass', Assign: { count: '{% $count($states.input.xs) %}' }, Next: 'B' },
      B: pass({ Output: { sum: '{% $sum($states.input.xs) %}', v: '{% $count %}' } }),
    }),
    input: { xs: [1, 2, 3] },
    output: { sum: 6, v: 3 },
  },
  'an expression sorts, filters and maps': {
    definition: jsonata({
      A: pass({
        Output: {
          best: '{% $sort($states.input.ms, function($l, $r) { $l.auc < $r.auc })[0].n %}',
          names: '{% $states.input.ms[auc > 0.5].n %}',
        },
      }),
    }),
    input: {
      ms: [
        { n: 'a', auc: 0.6 },
        { n: 'b', auc: 0.9 },
        { n: 'c', auc: 0.1 },
      ],
    },
    output: { best: 'b', names: ['a', 'b'] },
  },
  'an expression merges, tests and formats': {
    definition: jsonata({
      A: pass({
        Output: {
          merged: '{% $merge([$states.input, {"b": 2}]) %}',
          exists: '{% $exists($states.input.zzz) %}',
          text: "{% $uppercase('x') & '-' & $string($states.input.a) %}",
        },
      }),
    }),
    input: { a: 1 },
    output: { merged: { a: 1, b: 2 }, exists: false, text: 'X-1' },
  },
  'Choice follows its condition': {
    definition: jsonata({
      A: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.auc >= 0.8 and $states.input.n > 1 %}', Next: 'Yes' }],
        Default: 'No',
      },
      ...yesOrNo,
    }),
    input: { auc: 0.9, n: 2 },
    output: 'yes',
  },
  'Choice assigns and outputs on the way it takes': {
    definition: jsonata({
      A: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.a = 1 %}', Assign: { v: 5 }, Output: { z: 1 }, Next: 'B' }],
      },
      B: pass({ Output: { v: '{% $v %}', z: '{% $states.input.z %}' } }),
    }),
    input: { a: 1 },
    output: { v: 5, z: 1 },
  },
  'Map selects each item and collects the results': {
    definition: jsonata({
      A: {
        Type: 'Map',
        Items: '{% $states.input.xs %}',
        ItemSelector: { v: '{% $states.context.Map.Item.Value + 1 %}' },
        ItemProcessor: inline({ StartAt: 'P', States: { P: pass({ Output: '{% $states.input.v %}' }) } }),
        Output: { r: '{% $states.result %}' },
        End: true,
      },
    }),
    input: { xs: [1, 2] },
    output: { r: [2, 3] },
  },
  'Map takes literal items': {
    definition: jsonata({ A: { Type: 'Map', Items: [1, 2], ItemProcessor: passing, End: true } }),
    output: [1, 2],
  },
  'Map keeps the variables of an item to itself': {
    definition: jsonata({
      A: { Type: 'Pass', Assign: { v: 1 }, Next: 'M' },
      M: {
        Type: 'Map',
        Items: [1, 2],
        ItemProcessor: { StartAt: 'I', States: { I: { Type: 'Pass', Assign: { v: 99 }, End: true } } },
        Next: 'D',
      },
      D: pass({ Output: { v: '{% $v %}' } }),
    }),
    output: { v: 1 },
  },
  'Parallel computes its Output from its branches': {
    definition: jsonata({
      A: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'X', States: { X: pass({ Output: { a: 1 } }) } },
          { StartAt: 'Y', States: { Y: pass({ Output: { b: 2 } }) } },
        ],
        Output: '{% $merge($states.result) %}',
        End: true,
      },
    }),
    output: { a: 1, b: 2 },
  },
  'Parallel hands its Arguments to the branches and assigns from their results': {
    definition: jsonata({
      A: {
        Type: 'Parallel',
        Arguments: { n: '{% $states.input.a + 1 %}' },
        Branches: [passing, passing],
        Assign: { total: '{% $sum($states.result.n) %}' },
        Next: 'B',
      },
      B: pass({ Output: { total: '{% $total %}' } }),
    }),
    input: { a: 1 },
    output: { total: 4 },
  },
  'Parallel keeps the variables of a branch to itself': {
    definition: jsonata({
      A: { Type: 'Pass', Assign: { v: 1 }, Next: 'M' },
      M: {
        Type: 'Parallel',
        Branches: [2, 3].map((v) => ({
          StartAt: 'I',
          States: {
            I: { Type: 'Pass', Assign: { v }, Next: 'W' },
            W: { Type: 'Wait', Seconds: 1, Next: 'O' },
            O: pass({ Output: '{% $v %}' }),
          },
        })),
        Output: { branches: '{% $states.result %}', after: '{% $v %}' },
        End: true,
      },
    }),
    output: { branches: [2, 3], after: 1 },
  },
  'Parallel catches with an Output of its own': {
    definition: jsonata({
      A: {
        Type: 'Parallel',
        Branches: [failing],
        Catch: [{ ErrorEquals: ['Boom'], Output: { e: '{% $states.errorOutput.Cause %}' }, Next: 'C' }],
        End: true,
      },
      C: pass(),
    }),
    output: { e: 'told to' },
  },
  'Wait takes its seconds from an expression': {
    definition: jsonata({ A: { Type: 'Wait', Seconds: '{% $states.input.s %}', End: true } }),
    input: { s: 1 },
    output: { s: 1 },
  },
  'Fail computes error and cause': {
    definition: jsonata({
      A: { Type: 'Fail', Error: "{% 'E' & '1' %}", Cause: "{% 'why ' & $states.input.k %}" },
    }),
    input: { k: 'x' },
    error: 'E1',
  },
  'an expression that cannot be evaluated is States.QueryEvaluationError': {
    definition: jsonata({ A: pass({ Output: "{% $states.input.a + 'x' %}" }) }),
    input: { a: 1 },
    error: 'States.QueryEvaluationError',
  },
  'the functions that Step Functions adds compute': {
    definition: jsonata({
      A: pass({
        Output: {
          parsed: '{% $parse(\'{"k":1}\') %}',
          hash: "{% $hash('x', 'SHA-256') %}",
          parts: '{% $partition([1, 2, 3], 2) %}',
        },
      }),
    }),
    output: {
      parsed: { k: 1 },
      hash: '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881',
      parts: [[1, 2], [3]],
    },
  },
};

describe.concurrent('a JSONata state machine', () => {
  it.each(Object.entries(cases))('%s', async (_, { definition, input, output, error }) => {
    const outcome = await run(definition, input);
    if (error) expect(outcome).toMatchObject({ status: 'FAILED', error });
    else expect(outcome).toMatchObject({ status: 'SUCCEEDED', output });
  });

  it('is refused at creation when an expression has a syntax error', async () => {
    await expect(createMachine(jsonata({ A: pass({ Output: '{% $sum( %}' }) }))).rejects.toThrow(
      expect.objectContaining({ name: 'InvalidDefinition' }),
    );
  });
});
