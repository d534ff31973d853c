import { z } from 'zod';
import { systemNow } from '../../lib/runtime/clock.ts';
import { embeddedMetrics } from '../../lib/runtime/metrics.ts';
import { task } from '../../lib/runtime/task.ts';
import { wireEventBus } from '../../lib/runtime/wiring/event-bus.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { republishLedger } from './republish-ledger.ts';

const deps = { registry: wireRegistry(), bus: wireEventBus(), metrics: embeddedMetrics(), now: systemNow };

/** Every tick of its schedule says the same. */
export const handler = task('republish-ledger', z.unknown(), (_tick, log) =>
  republishLedger({ ...deps, log }),
);
