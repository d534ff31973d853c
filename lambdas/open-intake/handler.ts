import { openEngine } from '../../lib/engine/engine.ts';
import { systemNow } from '../../lib/runtime/clock.ts';
import { environment } from '../../lib/runtime/environment.ts';
import { task } from '../../lib/runtime/task.ts';
import { wireObjects } from '../../lib/runtime/wiring/objects.ts';
import { wireRegistry } from '../../lib/runtime/wiring/registry.ts';
import { openIntake, openIntakeInput } from './open-intake.ts';

const deps = {
  registry: wireRegistry(),
  landing: wireObjects('landing'),
  artifacts: wireObjects('artifacts'),
  engine: await openEngine(),
  pieceBytes: environment('pieceMb').pieceMb * 1_000_000,
  now: systemNow,
};
export const handler = task('open-intake', openIntakeInput, (input) => openIntake(input, deps));
