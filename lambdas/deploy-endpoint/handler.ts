import { environment } from '../../lib/runtime/environment.ts';
import { task } from '../../lib/runtime/task.ts';
import { wireEndpoints } from '../../lib/runtime/wiring/endpoints.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { deployEndpoint, deployEndpointInput } from './deploy-endpoint.ts';

const deps = {
  registry: wireRegistry(),
  endpoints: wireEndpoints(),
  ...environment('stage', 'modelRoleArn'),
};
export const handler = task('deploy-endpoint', deployEndpointInput, (input) => deployEndpoint(input, deps));
