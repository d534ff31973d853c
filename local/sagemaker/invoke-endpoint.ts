import type { IncomingHttpHeaders } from 'node:http';
import { ACCOUNT_ID, REGION } from './arn.ts';
import type { Endpoints } from './endpoint.ts';
import type { Endpoint } from './endpoint-record.ts';
import { SageMakerError } from './errors.ts';
import { INVOCATION_TIMEOUT_MS } from './limits.ts';
import type { Reply } from './model-server.ts';
import type { Twin } from './twin.ts';

export type Invocation = {
  readonly endpointName: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

export type Answer = { readonly headers: Readonly<Record<string, string>>; readonly body: Buffer };

const modelError = (endpoint: Endpoint, message: string, originalStatus: number) =>
  new SageMakerError('ModelError', message, 424, {
    OriginalStatusCode: originalStatus,
    OriginalMessage: message,
    LogStreamArn: `arn:aws:logs:${REGION}:${ACCOUNT_ID}:log-group:/aws/sagemaker/Endpoints/${endpoint.name}`,
  });

const received = (status: number, message: string) =>
  `Received ${status >= 500 || status === 0 ? 'server' : 'client'} error (${status}) from primary with message "${message}"`;

/** The checks AWS makes before the container sees the call. */
const admit = (endpoints: Endpoints, { endpointName, headers, body }: Invocation) => {
  const endpoint = endpoints.find(endpointName);
  const { server, variant } = endpoint ?? {};
  if (!endpoint || !server || !variant || endpoint.status === 'Deleting') {
    throw new SageMakerError(
      'ValidationError',
      `Endpoint ${endpointName} of account ${ACCOUNT_ID} not found.`,
    );
  }
  if (endpoint.status === 'Failed')
    throw modelError(endpoint, endpoint.failureReason ?? 'endpoint failed', 0);
  const target = headers['x-amzn-sagemaker-target-variant'];
  if (target && target !== variant.name) {
    throw new SageMakerError(
      'ValidationError',
      `Variant ${target} is not a variant of endpoint ${endpointName}.`,
    );
  }
  if (body.length > variant.maxPayloadBytes) {
    const message = `Request body has ${body.length} bytes, wanted ${variant.maxPayloadBytes} at most.`;
    throw new SageMakerError('ValidationError', message, 413);
  }
  if (endpoint.calls >= variant.maxConcurrency) {
    throw new SageMakerError(
      'ThrottlingException',
      `Rate exceeded: MaxConcurrency is ${variant.maxConcurrency}.`,
    );
  }
  return { endpoint, server, variant };
};

const passedOn = (headers: IncomingHttpHeaders) => ({
  'content-type': headers['content-type'] ?? 'application/json',
  accept: headers.accept ?? '*/*',
});

const answer = ({ headers, body }: Reply, variantName: string, request: IncomingHttpHeaders): Answer => {
  const inferenceId = request['x-amzn-sagemaker-inference-id'];
  return {
    headers: {
      'content-type': headers['content-type'] ?? 'application/octet-stream',
      'x-amzn-invoked-production-variant': variantName,
      ...(typeof inferenceId === 'string' && { 'x-amzn-sagemaker-inference-id': inferenceId }),
    },
    body,
  };
};

export const createInvoke = (twin: Twin, endpoints: Endpoints) => {
  return async (invocation: Invocation): Promise<Answer> => {
    const { endpoint, server, variant } = admit(endpoints, invocation);
    endpoint.calls += 1;
    try {
      const reply = await server.invoke(invocation.body, passedOn(invocation.headers), INVOCATION_TIMEOUT_MS);
      if (reply.status !== 200)
        throw modelError(endpoint, received(reply.status, String(reply.body)), reply.status);
      if (reply.body.length > variant.maxPayloadBytes) {
        throw modelError(
          endpoint,
          `Response payload has ${reply.body.length} bytes, wanted ${variant.maxPayloadBytes} at most`,
          0,
        );
      }
      return answer(reply, variant.name, invocation.headers);
    } catch (error) {
      if (error instanceof SageMakerError) throw error;
      twin.log(`endpoint ${endpoint.name}: invocation failed: ${error}`);
      const timedOut = (error as Error).name === 'TimeoutError';
      const reason = timedOut
        ? 'Your invocation timed out while waiting for a response from container primary'
        : String(error);
      throw modelError(endpoint, received(0, reason), 0);
    } finally {
      endpoint.calls -= 1;
    }
  };
};
