import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import type { Endpoints } from '../../stores/endpoints/endpoints.ts';
import { sageMakerEndpoints } from '../../stores/endpoints/endpoints-sagemaker.ts';
import { CALLS } from './calls.ts';
import { wireInvoke } from './invoke.ts';

export function wireEndpoints(): Endpoints {
  return sageMakerEndpoints({ control: new SageMakerClient(CALLS), invoke: wireInvoke() });
}
