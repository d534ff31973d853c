/** The part of the Amazon States Language that the pipelines use, all of it with JSONata. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

interface Onward {
  readonly Assign?: JsonObject;
  readonly Output?: Json;
  readonly Next?: string;
  readonly End?: true;
}

export interface Retry {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly MaxAttempts: number;
  readonly BackoffRate: number;
  readonly MaxDelaySeconds: number;
  readonly JitterStrategy: 'FULL';
}

export interface Catch {
  readonly ErrorEquals: readonly string[];
  readonly Assign?: JsonObject;
  readonly Output?: Json;
  readonly Next: string;
}

export interface TaskState extends Onward {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly Arguments: Json;
  readonly TimeoutSeconds: number;
  readonly Retry: readonly Retry[];
  readonly Catch?: readonly Catch[];
}

export interface InlineMapState extends Onward {
  readonly Type: 'Map';
  readonly Items: string;
  readonly MaxConcurrency: number;
  readonly ItemProcessor: { readonly ProcessorConfig: { readonly Mode: 'INLINE' } } & States;
  readonly Catch?: readonly Catch[];
}

/**
 * Its items are child executions, which see neither the variables nor the input of this one: an item brings all that they need, or
 * `ItemSelector` hands it on. Items are an expression, or a JSON array in S3.
 */
export interface DistributedMapState extends Onward {
  readonly Type: 'Map';
  /** Part of the children's ARNs. */
  readonly Label: string;
  readonly Items?: string;
  readonly ItemReader?: {
    readonly Resource: 'arn:aws:states:::s3:getObject';
    readonly ReaderConfig: { readonly InputType: 'JSON' };
    readonly Arguments: { readonly Bucket: string; readonly Key: string };
  };
  readonly ItemSelector?: JsonObject;
  readonly MaxConcurrency: number;
  /** @default any child that fails fails the map */
  readonly ToleratedFailurePercentage?: number;
  readonly ItemProcessor: {
    readonly ProcessorConfig: { readonly Mode: 'DISTRIBUTED'; readonly ExecutionType: 'STANDARD' };
  } & States;
  /** Where the children's outputs are written; they are this state's result otherwise. */
  readonly ResultWriter?: {
    readonly Resource: 'arn:aws:states:::s3:putObject';
    readonly Arguments: { readonly Bucket: string; readonly Prefix: string };
  };
  readonly Catch?: readonly Catch[];
}

export type MapState = InlineMapState | DistributedMapState;

export interface ParallelState extends Onward {
  readonly Type: 'Parallel';
  readonly Branches: readonly States[];
  readonly Catch?: readonly Catch[];
}

export interface ChoiceState {
  readonly Type: 'Choice';
  readonly Choices: readonly (Omit<Onward, 'End'> & { readonly Condition: string })[];
  readonly Default: string;
  readonly Assign?: JsonObject;
}

export interface PassState extends Onward {
  readonly Type: 'Pass';
}

export interface WaitState extends Onward {
  readonly Type: 'Wait';
  readonly Seconds: number;
}

export interface SucceedState {
  readonly Type: 'Succeed';
  readonly Output?: Json;
}

export interface FailState {
  readonly Type: 'Fail';
  readonly Error: string;
  readonly Cause: string;
}

export type State =
  | TaskState
  | MapState
  | ParallelState
  | ChoiceState
  | PassState
  | WaitState
  | SucceedState
  | FailState;

export interface States {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

export interface Definition extends States {
  readonly Comment: string;
  readonly QueryLanguage: 'JSONata';
  readonly TimeoutSeconds: number;
}

/** A JSONata expression, as a state writes it. */
export function expr(jsonata: string): string {
  return `{% ${jsonata} %}`;
}

/** A field of what the execution was started with; known in every state, also within a map. */
export function started(field: string): string {
  return `$states.context.Execution.Input.${field}`;
}
