import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { SageMakerError } from './errors.ts';
import type { Answer, Invocation } from './invoke-endpoint.ts';
import { MAX_INSTANCE_PAYLOAD_BYTES } from './limits.ts';
import type { Action } from './twin.ts';

const AMZ_JSON = 'application/x-amz-json-1.1';

const INVOCATION = /^\/endpoints\/([^/]+)\/invocations$/;

/** Beyond any limit of an action or endpoint: what is larger is not read at all. */
const MAX_BODY_BYTES = MAX_INSTANCE_PAYLOAD_BYTES + 1024 * 1024;

type Doors = {
  readonly actions: Readonly<Record<string, Action>>;
  readonly invoke: (invocation: Invocation) => Promise<Answer>;
  readonly log: (line: string) => void;
};

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new SageMakerError('ValidationError', 'Request body is too large.', 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const send = (
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: Buffer | string,
) => {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
};

const parseJson = (body: Buffer): never => {
  try {
    return JSON.parse(body.toString() || '{}') as never;
  } catch {
    throw new SageMakerError('SerializationException', 'request body is not JSON');
  }
};

const act = async ({ actions }: Doors, request: IncomingMessage, response: ServerResponse) => {
  const target = String(request.headers['x-amz-target'] ?? '');
  const [service, name = ''] = target.split('.');
  const action = service === 'SageMaker' && Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (!action) {
    throw new SageMakerError(
      'UnknownOperationException',
      `action ${target || 'of no name'} is not one the local SageMaker has`,
    );
  }
  const result = await action(parseJson(await readBody(request)));
  send(response, 200, { 'content-type': AMZ_JSON }, JSON.stringify(result));
};

const invoke = async (
  doors: Doors,
  endpointName: string,
  request: IncomingMessage,
  response: ServerResponse,
) => {
  const answer = await doors.invoke({
    endpointName,
    headers: request.headers,
    body: await readBody(request),
  });
  send(response, 200, { ...answer.headers }, answer.body);
};

const refuse = (doors: Doors, response: ServerResponse, error: unknown) => {
  if (!(error instanceof SageMakerError))
    doors.log(`request failed: ${error instanceof Error ? error.stack : error}`);
  const { code, status, message, fields } =
    error instanceof SageMakerError ? error : new SageMakerError('InternalFailure', String(error), 500);
  // An unread body would be taken for the next request of the connection.
  if (status === 413) response.setHeader('connection', 'close');
  const body = JSON.stringify({ __type: code, message, Message: message, ...fields });
  send(response, status, { 'content-type': AMZ_JSON, 'x-amzn-errortype': code }, body);
};

/** One port for both services: the control plane at `/`, the runtime below `/endpoints/`. */
export const createHttp = (doors: Doors): Server =>
  createServer((request, response) => {
    const endpointName = INVOCATION.exec((request.url ?? '').split('?')[0] ?? '')?.[1];
    const done =
      request.method !== 'POST'
        ? Promise.reject(
            new SageMakerError('UnknownOperationException', `method is ${request.method}, wanted POST`),
          )
        : endpointName
          ? invoke(doors, decodeURIComponent(endpointName), request, response)
          : act(doors, request, response);
    done.catch((error) => refuse(doors, response, error));
  });
