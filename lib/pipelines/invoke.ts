import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { FUNCTIONS, type FunctionName } from '../constructs/function-table.ts';
import type { Json, JsonObject, TaskState } from './asl.ts';
import { FUNCTION_OUTAGES } from './outages.ts';

/** The state waits longer than the function runs, so that the function's own error comes first. */
const MARGIN_SECONDS = 30;

export interface Invocation {
  readonly name: FunctionName;
  readonly fn: IFunction;
  readonly payload: JsonObject | string;
  readonly assign?: JsonObject;
  readonly output?: Json;
  /** @default the state is an end */
  readonly next?: string;
}

/** A verb: its answer is the state's output. */
export function invoke(invocation: Invocation): TaskState {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: invocation.fn.functionArn, Payload: invocation.payload },
    TimeoutSeconds: FUNCTIONS[invocation.name].timeoutSeconds + MARGIN_SECONDS,
    Retry: [FUNCTION_OUTAGES],
    ...(invocation.assign && { Assign: invocation.assign }),
    Output: invocation.output ?? '{% $states.result.Payload %}',
    ...(invocation.next ? { Next: invocation.next } : { End: true }),
  };
}
