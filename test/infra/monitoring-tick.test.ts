import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import type { InlineMapState, State } from '../../lib/pipelines/asl.ts';
import { CLOSE } from '../../lib/pipelines/closing.ts';
import { machinesOf } from './machines.ts';

const states = machinesOf().find(({ name }) => name === 'monitoring')?.definition.States ?? {};
const APART = ['Score The Windows', 'Measure Quality', 'Route The Causes', 'Return Labelled Windows'];
const window = (version: number, day: number) => ({
  model: 'm',
  version,
  start: `2026-11-0${day}T00:00:00.000Z`,
  end: `2026-11-0${day + 1}T00:00:00.000Z`,
});
const failed = (name: string) => ({ failed: { Error: name, Cause: 'of this window' } });

/** What a map assigns, given what its items have put out. */
async function assigned(name: string, result: readonly object[], variables: object) {
  const { Assign = {} } = states[name] as InlineMapState;
  const values = Object.entries(Assign).map(async ([key, text]) => {
    const value = await jsonata(String(text).slice(2, -2)).evaluate({}, { ...variables, states: { result } });
    return [key, JSON.parse(JSON.stringify(value))];
  });
  return { ...variables, ...Object.fromEntries(await Promise.all(values)) };
}

const chosen = (text: string, variables: object): Promise<unknown> =>
  jsonata(text.slice(2, -2)).evaluate({}, variables);

describe('a tick of monitoring', () => {
  it('puts a window that fails aside, whatever it fails of, and goes on with the others', () => {
    for (const name of APART) {
      const { ItemProcessor } = states[name] as InlineMapState;
      const tasks = Object.values(ItemProcessor.States).filter((state) => state.Type === 'Task');
      for (const { Catch = [] } of tasks as Extract<State, { Type: 'Task' }>[]) {
        expect(Catch).toMatchObject([{ ErrorEquals: ['States.ALL'], Output: { failed: {} } }]);
        expect(ItemProcessor.States[Catch[0]?.Next ?? '']).toEqual({ Type: 'Pass', End: true });
      }
    }
  });

  it('exports what was looked at for faults, announces drift, and then fails with the first failure', async () => {
    const [first, second, other] = [window(1, 1), window(1, 2), window(2, 1)];
    const measured = [first, second, other].map((w) => ({ ...w, labelCoverage: 1, export: true }));
    let variables: Record<string, unknown> = {};
    variables = await assigned(APART[0] ?? '', [first, failed('ScoreError')], variables);
    variables = await assigned(APART[1] ?? '', [...measured, failed('MeasureError')], variables);
    expect(variables.exports).toEqual([first, second, other]);
    const routed = [first, other].map((w) => ({ ...w, route: 'none', causes: [] }));
    variables = await assigned(APART[2] ?? '', [...routed, failed('A'), failed('B')], variables);
    expect(variables.exports).toEqual([first, other]);
    variables = await assigned(APART[3] ?? '', [{}, {}], variables);
    expect(variables.failures).toMatchObject(
      ['ScoreError', 'MeasureError', 'A'].map((name) => ({ Error: name })),
    );
    expect(states['Announce Drift']).toMatchObject({ Next: 'Did All Go Well' });
    const { Choices, Default } = states['Did All Go Well'] as Extract<State, { Type: 'Choice' }>;
    expect(await chosen(Choices[0]?.Condition ?? '', variables)).toBe(false);
    const { Assign, Next } = states[Default] as Extract<State, { Type: 'Pass' }>;
    const { error } = Assign as { error: { Error: string } };
    expect(await chosen(error.Error, variables)).toBe('ScoreError');
    expect(Next).toBe(CLOSE);
  });

  it('ends well when there was nothing to do', async () => {
    let variables = {};
    for (const name of APART) variables = await assigned(name, [], variables);
    expect(variables).toEqual({ failures: [], exports: [] });
    const { Choices } = states['Did All Go Well'] as Extract<State, { Type: 'Choice' }>;
    expect(await chosen(Choices[0]?.Condition ?? '', variables)).toBe(true);
    expect(states[Choices[0]?.Next ?? '']).toEqual({ Type: 'Succeed' });
  });
});
