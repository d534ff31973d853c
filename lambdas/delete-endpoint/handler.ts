import { task } from '../../lib/runtime/task.ts';
import { wireEndpoints } from '../../lib/runtime/wiring/endpoints.ts';
import { deleteEndpoint, deleteEndpointInput } from './delete-endpoint.ts';

const deps = { endpoints: wireEndpoints() };
export const handler = task('delete-endpoint', deleteEndpointInput, (input) => deleteEndpoint(input, deps));
