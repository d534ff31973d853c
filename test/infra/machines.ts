import type { Definition, DistributedMapState, State, States } from '../../lib/pipelines/asl.ts';
import { resources, synthesized, text } from './synthesized.ts';

export interface Machine {
  readonly name: string;
  readonly logicalId: string;
  readonly roleId: string;
  readonly definition: Definition;
}

/** One state, with the scope that its `Next` points into and the top-level state that holds it. */
export interface Placed {
  readonly machine: Machine;
  readonly name: string;
  readonly state: State;
  readonly scope: States;
  readonly outermost: State;
}

/** The state machines of the synthesized template; ARNs in their definitions are `<LogicalId.Arn>`. */
export function machinesOf({ platform } = synthesized()): readonly Machine[] {
  return resources(platform, 'AWS::StepFunctions::StateMachine').map(([logicalId, { Properties }]) => ({
    name: text(Properties.StateMachineName).replace(/^mooring-\w+-/, ''),
    logicalId,
    roleId: text(Properties.RoleArn).slice(1, -5),
    definition: JSON.parse(text(Properties.DefinitionString)) as Definition,
  }));
}

export function statesOf(machine: Machine): readonly Placed[] {
  const walk = (scope: States, outer?: State): Placed[] =>
    Object.entries(scope.States).flatMap(([name, state]) => {
      const outermost = outer ?? state;
      return [
        { machine, name, state, scope, outermost },
        ...scopesIn(state).flatMap((inner) => walk(inner, outermost)),
      ];
    });
  return walk(machine.definition);
}

export function isDistributed(state: State): state is DistributedMapState {
  return state.Type === 'Map' && state.ItemProcessor.ProcessorConfig.Mode === 'DISTRIBUTED';
}

export function scopesIn(state: State): readonly States[] {
  if (state.Type === 'Map') return [state.ItemProcessor];
  return state.Type === 'Parallel' ? state.Branches : [];
}

/** Where a state leads: onward, by choice, or when it fails. */
export function targetsOf(state: State): readonly string[] {
  const next = 'Next' in state && state.Next ? [state.Next] : [];
  const caught = 'Catch' in state ? (state.Catch ?? []).map((handler) => handler.Next) : [];
  const chosen =
    state.Type === 'Choice' ? [...state.Choices.map((choice) => choice.Next ?? ''), state.Default] : [];
  return [...next, ...caught, ...chosen];
}

/** Every JSONata expression in a value, without its marks. */
export function expressionsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.startsWith('{%') ? [value.slice(2, -2).trim()] : [];
  return value && typeof value === 'object' ? Object.values(value).flatMap(expressionsIn) : [];
}

/** Fields of a state that hold expressions of its own, not those of the states within it. */
export function ownFields(state: State): Record<string, unknown> {
  const { ItemProcessor, Branches, ...own } = state as unknown as Record<string, unknown>;
  return own;
}

/** Names of the variables that a state assigns, on its way, by a choice or in a catch. */
export function assignedIn(value: unknown): readonly string[] {
  if (!value || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, field]) =>
    key === 'Assign' ? Object.keys(field as object) : assignedIn(field),
  );
}
