import { InvokeCommand, LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';

/** Calls the function of a verb as a service would, and returns its answer. */
export async function callVerb<T>(verb: string, event: unknown): Promise<T> {
  const { FunctionError, Payload } = await new LambdaClient().send(
    new InvokeCommand({ FunctionName: await functionOf(verb), Payload: JSON.stringify(event) }),
  );
  const answer = JSON.parse(Payload?.transformToString() ?? 'null') as T;
  if (FunctionError !== undefined) throw new Error(`${verb} failed: ${JSON.stringify(answer)}`);
  return answer;
}

let names: Promise<ReadonlyMap<string, string>> | undefined;

/** The deployed name of a verb's function. */
export async function functionOf(verb: string): Promise<string> {
  names ??= listFunctions();
  const name = (await names).get(verb);
  if (name === undefined) throw new Error(`there must be a function of ${verb}, got none`);
  return name;
}

async function listFunctions(): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for await (const { Functions = [] } of paginateListFunctions({ client: new LambdaClient() }, {}))
    for (const { Handler, FunctionName } of Functions)
      found.set(Handler?.split('/')[0] ?? '', FunctionName ?? '');
  return found;
}
