import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { EXECUTION_TIMEOUT_SECONDS, type PipelineName } from '../names.ts';
import {
  type Catch,
  type Definition,
  expr,
  type JsonObject,
  type State,
  type States,
  started,
} from './asl.ts';
import { invoke } from './invoke.ts';

/** Where every failure goes; a verdict that ends a pipeline as failed assigns `error` and goes there as well. */
export const CLOSE = 'Record The Failure';
const STOP = 'Stop As Failed';

export interface Pipeline extends States {
  readonly name: PipelineName;
  readonly comment: string;
  readonly closeRun: IFunction;
  /** Expressions that name what this execution is about. */
  readonly id: string;
  readonly attempt: string;
}

/**
 * The definition with its end in failure: each task, or the map or branch around it, leads to `close-run`,
 * which writes the failure into the ledger and frees the lock, and then the execution fails.
 */
export function definition(pipeline: Pipeline): Definition {
  const states = Object.entries(pipeline.States).map(([name, state]) => [name, withCatch(state)] as const);
  return {
    Comment: pipeline.comment,
    QueryLanguage: 'JSONata',
    TimeoutSeconds: EXECUTION_TIMEOUT_SECONDS[pipeline.name],
    StartAt: pipeline.StartAt,
    States: {
      ...Object.fromEntries(states),
      [CLOSE]: invoke({
        name: 'close-run',
        fn: pipeline.closeRun,
        payload: {
          pipeline: pipeline.name,
          model: expr(started('model')),
          id: expr(pipeline.id),
          attempt: expr(pipeline.attempt),
          execution: expr('$states.context.Execution.Name'),
          error: expr('$error'),
        },
        next: STOP,
      }),
      [STOP]: { Type: 'Fail', Error: expr('$error.Error'), Cause: expr('$error.Cause') },
    },
  };
}

/** An error in the shape that `close-run` takes; the cause of some errors is absent. */
export function errorOf(error: string, cause: string): JsonObject {
  return { error: { Error: error, Cause: cause } };
}

const CAUGHT: Catch = {
  ErrorEquals: ['States.ALL'],
  Assign: errorOf(
    expr('$states.errorOutput.Error'),
    // Whole, because `close-run` reads the sentence out of a job's description; it cuts what the ledger keeps.
    expr(`$exists($states.errorOutput.Cause) ? $states.errorOutput.Cause : ''`),
  ),
  Next: CLOSE,
};

function withCatch(state: State): State {
  const mayFail = state.Type === 'Task' || state.Type === 'Map' || state.Type === 'Parallel';
  return mayFail && !state.Catch ? { ...state, Catch: [CAUGHT] } : state;
}
