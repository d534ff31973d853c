import { type Catch, expr, type JsonObject, type MapState, type State } from './asl.ts';

export interface EachApart {
  /** Expression of the items. */
  readonly items: string;
  /** What runs for one item, the first of them first. */
  readonly states: Readonly<Record<string, State>>;
  /** Name of the state that ends an item which failed. */
  readonly aside: string;
  readonly assign: JsonObject;
  readonly next: string;
}

/** Verdicts of one model come in the order of time, so that the ledger tells them as they happened. */
const ONE_AFTER_THE_OTHER = 1;

const FAILED: Omit<Catch, 'Next'> = {
  ErrorEquals: ['States.ALL'],
  Output: {
    failed: {
      Error: expr('$states.errorOutput.Error'),
      Cause: expr(`$exists($states.errorOutput.Cause) ? $states.errorOutput.Cause : ''`),
    },
  },
};

/** What `failuresAfter` has gathered begins with. */
export const FIRST_FAILURE = '$failures[0]';

/** An inline map in which an item that fails is put aside as `{failed}`, and the others go on. */
export function eachApart({ items, states, aside, assign, next }: EachApart): MapState {
  const apart = Object.entries(states).map(([name, state]) => [
    name,
    state.Type === 'Task' ? { ...state, Catch: [{ ...FAILED, Next: aside }] } : state,
  ]);
  return {
    Type: 'Map',
    Items: expr(items),
    MaxConcurrency: ONE_AFTER_THE_OTHER,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'INLINE' },
      StartAt: Object.keys(states)[0] ?? '',
      States: { ...Object.fromEntries(apart), [aside]: { Type: 'Pass', End: true } },
    },
    Assign: assign,
    Output: {},
    Next: next,
  };
}

/**
 * The failures of earlier maps and the first of this one: a state could not hold the causes of all.
 *
 * @param before expression of the former
 */
export function failuresAfter(before = '[]'): string {
  return expr(`[$append(${before}, ($states.result.failed)[0])]`);
}
