import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { ENV } from '../../../lib/names.ts';
import { functionOf } from './verbs.ts';

/** Workers take so few bytes that a small object is a large one: what a verb plans is cut accordingly. */
export async function lowerPieces(verb: 'open-intake' | 'plan-windows', bytes: number): Promise<void> {
  const lambda = new LambdaClient();
  const FunctionName = await functionOf(verb);
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const Variables = { ...Environment?.Variables, [ENV.pieceMb]: String(bytes / 1e6) };
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
}
