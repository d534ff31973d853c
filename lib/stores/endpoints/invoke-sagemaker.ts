import { InvokeEndpointCommand, type SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import { EndpointError, endpointErrorKind } from './endpoint-error.ts';
import type { Endpoints } from './endpoints.ts';

export function sageMakerInvoke(runtime: SageMakerRuntimeClient): Endpoints['invoke'] {
  return async (name, payload) => {
    try {
      const answer = await runtime.send(
        new InvokeEndpointCommand({
          EndpointName: name,
          ContentType: 'application/json',
          Accept: 'application/json',
          Body: JSON.stringify(payload),
        }),
      );
      return JSON.parse(Buffer.from(answer.Body).toString('utf8')) as unknown;
    } catch (error) {
      throw new EndpointError(name, endpointErrorKind(error), error);
    }
  };
}
