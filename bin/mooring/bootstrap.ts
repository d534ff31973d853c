import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ApiError } from './api-error.ts';
import { UsageError } from './exit-codes.ts';

export interface BootstrapOptions {
  /** The person or program whose token it is. */
  readonly name: string;
  readonly stage: string;
  /** Name or ARN; by default the output `IssueTokenFunction` of the stage's platform stack. */
  readonly functionName?: string;
}

export interface FirstToken {
  readonly token: string;
  readonly tokenId: string;
}

/** The only thing that is not asked of the API: nobody has a token yet, so IAM says who may. */
export async function bootstrap({ name, stage, functionName }: BootstrapOptions): Promise<FirstToken> {
  const FunctionName = functionName ?? (await functionOf(`Mooring-${stage}-Platform`));
  const Payload = Buffer.from(JSON.stringify({ name, roles: ['admin'] }));
  const answer = await new LambdaClient().send(new InvokeCommand({ FunctionName, Payload }));
  const body = JSON.parse(answer.Payload?.transformToString() ?? '{}') as Partial<FirstToken> & {
    readonly refused?: string;
    readonly errorMessage?: string;
  };
  if (body.token !== undefined && body.tokenId !== undefined)
    return { token: body.token, tokenId: body.tokenId };
  throw new ApiError(403, 'refused', body.refused ?? body.errorMessage ?? 'the function gave no token');
}

async function functionOf(stack: string): Promise<string> {
  const { Stacks } = await new CloudFormationClient().send(new DescribeStacksCommand({ StackName: stack }));
  const output = Stacks?.[0]?.Outputs?.find((o) => o.OutputKey === 'IssueTokenFunction');
  if (output?.OutputValue === undefined)
    throw new UsageError(
      `stack ${stack} has no output IssueTokenFunction; name the function with --function`,
    );
  return output.OutputValue;
}
