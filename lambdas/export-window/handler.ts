import { openEngine } from '../../lib/engine/engine.ts';
import { systemNow } from '../../lib/runtime/clock.ts';
import { task } from '../../lib/runtime/task.ts';
import { wireObjects } from '../../lib/runtime/wiring/objects.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { exportWindow, exportWindowInput } from './export-window.ts';

const deps = {
  registry: wireRegistry(),
  landing: wireObjects('landing'),
  data: wireObjects('data'),
  engine: await openEngine(),
  now: systemNow,
};
export const handler = task('export-window', exportWindowInput, (input) => exportWindow(input, deps));
