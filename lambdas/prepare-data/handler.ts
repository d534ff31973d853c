import { fileURLToPath } from 'node:url';
import { openEngine } from '../../lib/engine/engine.ts';
import { environment } from '../../lib/runtime/environment.ts';
import { task } from '../../lib/runtime/task.ts';
import { wireObjects } from '../../lib/runtime/wiring/objects.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { prepareData, prepareDataInput } from './prepare-data.ts';

const deps = {
  registry: wireRegistry(),
  landing: wireObjects('landing'),
  data: wireObjects('data'),
  artifacts: wireObjects('artifacts'),
  engine: await openEngine(),
  // The asset's root holds the trainer beside the functions' folders.
  trainerFolder: fileURLToPath(new URL('../trainer', import.meta.url)),
  ...environment('trainerImage', 'modelRoleArn', 'trainingInstanceType', 'transformInstanceType'),
};
export const handler = task('prepare-data', prepareDataInput, (input) => prepareData(input, deps));
