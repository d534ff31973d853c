import { expect } from 'vitest';
import { waitFor } from '../../../bin/mooring/wait-for.ts';
import type { ACloud } from './a-cloud.ts';

/** Monitors a model once, to the end. */
export async function monitored({ admin }: Pick<ACloud, 'admin'>, model: string): Promise<void> {
  const { id } = await admin.startMonitoring(model);
  const ended = await waitFor(
    () => admin.monitoring(model, id),
    ({ status }) => status !== 'running',
    { timeoutSeconds: 120, everyMs: 200 },
  );
  expect(ended.status).toBe('succeeded');
}
