import { systemNow } from '../../lib/runtime/clock.ts';
import { task } from '../../lib/runtime/task.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { issueToken, issueTokenInput } from './issue-token.ts';

const deps = { registry: wireRegistry(), now: systemNow };

export const handler = task('issue-token', issueTokenInput, (input) => issueToken(input, deps));
