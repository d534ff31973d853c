import { SFNClient } from '@aws-sdk/client-sfn';
import { type Executions, stepFunctionsExecutions } from '../../stores/executions.ts';
import { environment } from '../environment.ts';
import { CALLS } from './calls.ts';

export function wireExecutions(): Executions {
  const { stateMachineArns } = environment('stateMachineArns');
  return stepFunctionsExecutions({ client: new SFNClient(CALLS), stateMachineArns });
}
