import { SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import type { Endpoints } from '../../stores/endpoints/endpoints.ts';
import { sageMakerInvoke } from '../../stores/endpoints/invoke-sagemaker.ts';
import { INVOCATIONS } from './calls.ts';

/** Only the invocation: predict must not wait for the large client of the control plane. */
export function wireInvoke(): Endpoints['invoke'] {
  return sageMakerInvoke(new SageMakerRuntimeClient(INVOCATIONS));
}
