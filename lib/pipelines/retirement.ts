import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Definition, expr, type Json, started } from './asl.ts';
import { definition } from './closing.ts';
import { invoke } from './invoke.ts';

export interface RetirementFunctions {
  readonly retireVersion: IFunction;
  readonly deleteEndpoint: IFunction;
  readonly closeRun: IFunction;
}

/** A version that serves nobody drains, loses its endpoint and is archived. It is asked last whether it serves: what a wait leaves time for may change. */
export function retirement(functions: RetirementFunctions, drainSeconds: number): Definition {
  return definition({
    name: 'retirement',
    comment: 'A version ends its life, with proof',
    closeRun: functions.closeRun,
    id: `${started('model')} & '-v' & ${started('version')}`,
    attempt: started('attempt'),
    StartAt: 'Let Calls End',
    States: {
      'Let Calls End': { Type: 'Wait', Seconds: drainSeconds, Next: 'May It Retire' },
      'May It Retire': invoke({
        name: 'retire-version',
        fn: functions.retireVersion,
        payload: retire('check'),
        assign: { check: expr('$states.result.Payload') },
        next: 'Is It Allowed',
      }),
      'Is It Allowed': {
        Type: 'Choice',
        Choices: [{ Condition: expr('$check.allowed'), Next: 'Remove The Endpoint' }],
        Default: 'Refused',
      },
      Refused: { Type: 'Succeed', Output: expr('$check') },
      'Remove The Endpoint': invoke({
        name: 'delete-endpoint',
        fn: functions.deleteEndpoint,
        payload: { endpointName: expr('$check.endpointName') },
        next: 'Archive The Version',
      }),
      'Archive The Version': invoke({
        name: 'retire-version',
        fn: functions.retireVersion,
        payload: retire('archive'),
      }),
    },
  });
}

function retire(step: 'check' | 'archive'): { readonly [key: string]: Json } {
  return {
    model: expr(started('model')),
    version: expr(started('version')),
    step,
    attempt: expr(started('attempt')),
  };
}
