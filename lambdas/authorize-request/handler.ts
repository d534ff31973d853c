import { systemNow } from '../../lib/runtime/clock.ts';
import { task } from '../../lib/runtime/task.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { tokenStore } from '../../lib/stores/registry/tokens.ts';
import { authorizeRequest, authorizeRequestInput } from './authorize-request.ts';

const deps = { tokens: tokenStore(wireRegistry()), now: systemNow };

export const handler = task('authorize-request', authorizeRequestInput, (event, log) =>
  authorizeRequest(event, { ...deps, log }),
);
