import { task } from '../../lib/runtime/task.ts';
import { wireEventBus } from '../../lib/runtime/wiring/event-bus.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { streamBatch } from './input.ts';
import { publishLedger } from './publish-ledger.ts';

const deps = { registry: wireRegistry(), bus: wireEventBus() };

export const handler = task('publish-ledger', streamBatch, (batch, log) =>
  publishLedger(batch, { ...deps, log }),
);
