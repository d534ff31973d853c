import type { RunError } from './registry/run.ts';

/** What a state machine says about an error: a name, and a cause that is mostly JSON. */
export interface StateError {
  readonly Error?: string | undefined;
  readonly Cause?: string | undefined;
}

/** A ledger entry is read by people; the whole cause is in the execution's history. */
const MAX_CAUSE_CHARACTERS = 1000;

/** Where services put the sentence: SageMaker's description of a job, a function's error, another machine's execution. */
const SENTENCES = ['FailureReason', 'errorMessage', 'Cause', 'cause'] as const;

/**
 * The error as a person should read it: SageMaker's `FailureReason` or the function's own message out of the JSON that
 * the state machine was given, also when that JSON was cut off.
 *
 * @example failureOf({ Error: 'States.TaskFailed', Cause: '{"FailureReason":"AlgorithmError: …"}' }).cause // 'AlgorithmError: …'
 */
export function failureOf({ Error: name, Cause: cause }: StateError): RunError {
  const sentence = sentenceOf(cause ?? '') || 'no cause was given';
  return { name: name || 'Unknown', cause: sentence.slice(0, MAX_CAUSE_CHARACTERS) };
}

function sentenceOf(cause: string): string {
  for (const key of SENTENCES) {
    const text = new RegExp(`"${key}"\\s*:\\s*"((?:[^"\\\\]|\\\\.)*)`).exec(cause)?.[1];
    if (text !== undefined && text !== '') return unescaped(text);
  }
  return cause;
}

function unescaped(text: string): string {
  // A cut may have left half an escape at the end.
  const whole = text.replace(/\\(u[0-9a-fA-F]{0,3})?$/, '');
  try {
    return JSON.parse(`"${whole}"`) as string;
  } catch {
    return whole;
  }
}
