import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Definition, expr, started } from './asl.ts';
import { CLOSE, definition, errorOf } from './closing.ts';
import { invoke } from './invoke.ts';
import { describeEndpoint } from './sagemaker.ts';

export interface ReleaseFunctions {
  readonly deployEndpoint: IFunction;
  readonly smokeTest: IFunction;
  readonly promoteVersion: IFunction;
  readonly deleteEndpoint: IFunction;
  readonly closeRun: IFunction;
}

/** A serverless endpoint is ready within 3 minutes, one on an instance within 10; half an hour is a failure. */
const READY_WITHIN_SECONDS = 30 * 60;

/** A version gets an endpoint, is tried, takes the traffic, and the endpoint nobody can roll back to goes. */
export function release(functions: ReleaseFunctions, pollSeconds: number): Definition {
  const maxPolls = Math.ceil(READY_WITHIN_SECONDS / pollSeconds);
  return definition({
    name: 'release',
    comment: 'Traffic moves to a version',
    closeRun: functions.closeRun,
    id: started('releaseId'),
    attempt: started('attempt'),
    StartAt: 'Deploy The Endpoint',
    States: {
      'Deploy The Endpoint': invoke({
        name: 'deploy-endpoint',
        fn: functions.deployEndpoint,
        payload: {
          model: expr(started('model')),
          releaseId: expr(started('releaseId')),
          attempt: expr(started('attempt')),
        },
        assign: { release: expr('$states.result.Payload'), polls: 0 },
        next: 'Look At The Endpoint',
      }),
      ...waitForEndpoint(pollSeconds, maxPolls),
      ...tryAndPromote(functions),
    },
  });
}

function waitForEndpoint(pollSeconds: number, maxPolls: number): Definition['States'] {
  return {
    'Look At The Endpoint': describeEndpoint({
      endpointName: '$release.endpointName',
      assign: {
        polls: expr('$polls + 1'),
        endpointStatus: expr('$states.result.EndpointStatus'),
        failureReason: expr(
          `$exists($states.result.FailureReason) ? $states.result.FailureReason : 'no reason given'`,
        ),
      },
      next: 'Is It In Service',
    }),
    'Is It In Service': {
      Type: 'Choice',
      Choices: [
        { Condition: expr(`$endpointStatus = 'InService'`), Next: 'Try The Endpoint' },
        {
          Condition: expr(`$endpointStatus in ['Failed', 'OutOfService', 'Deleting']`),
          Assign: errorOf('EndpointFailed', expr(`'endpoint is ' & $endpointStatus & ': ' & $failureReason`)),
          Next: 'Remove The Endpoint',
        },
        {
          Condition: expr(`$polls >= ${maxPolls}`),
          Assign: errorOf(
            'EndpointNotReady',
            expr(`'endpoint is ' & $endpointStatus & ' after ${READY_WITHIN_SECONDS} s, wanted InService'`),
          ),
          Next: 'Remove The Endpoint',
        },
      ],
      Default: 'Give It Time',
    },
    'Give It Time': { Type: 'Wait', Seconds: pollSeconds, Next: 'Look At The Endpoint' },
  };
}

function tryAndPromote(functions: ReleaseFunctions): Definition['States'] {
  return {
    'Try The Endpoint': invoke({
      name: 'smoke-test',
      fn: functions.smokeTest,
      payload: {
        model: expr('$release.model'),
        releaseId: expr('$release.releaseId'),
        version: expr('$release.version'),
        endpointName: expr('$release.endpointName'),
      },
      next: 'Does It Answer Right',
    }),
    'Does It Answer Right': {
      Type: 'Choice',
      Choices: [
        {
          Condition: expr(`$states.input.verdict != 'pass'`),
          Assign: errorOf('SmokeTestFailed', expr('$states.input.reason')),
          Next: 'Remove The Endpoint',
        },
      ],
      Default: 'Promote The Version',
    },
    'Promote The Version': invoke({
      name: 'promote-version',
      fn: functions.promoteVersion,
      payload: {
        model: expr('$release.model'),
        releaseId: expr('$release.releaseId'),
        version: expr('$release.version'),
      },
      next: 'Remove Old Endpoints',
    }),
    'Remove Old Endpoints': {
      Type: 'Map',
      Items: expr('$states.input.retiredEndpoints'),
      MaxConcurrency: 1,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'Remove One Endpoint',
        States: {
          'Remove One Endpoint': invoke({
            name: 'delete-endpoint',
            fn: functions.deleteEndpoint,
            payload: { endpointName: expr('$states.input') },
          }),
        },
      },
      Output: expr('$release'),
      End: true,
    },
    // Traffic never reached it; another attempt makes a new one.
    'Remove The Endpoint': invoke({
      name: 'delete-endpoint',
      fn: functions.deleteEndpoint,
      payload: { endpointName: expr('$release.endpointName') },
      next: CLOSE,
    }),
  };
}
