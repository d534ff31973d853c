import { ENGINE_REQUIREMENTS, TRAINER_REQUIREMENTS } from './cloud.ts';
import { type EnsureVenvOptions, ensureVenv } from './python.ts';

/** What the local cloud needs from outside, once: two hashed Python environments. The flights are fetched when first read. */
export async function setUp(options: EnsureVenvOptions): Promise<void> {
  await Promise.all([
    ensureVenv('engine', ENGINE_REQUIREMENTS, options),
    ensureVenv('trainer', TRAINER_REQUIREMENTS, options),
  ]);
}

if (process.argv[1] === import.meta.filename) await setUp({ progress: (line) => console.error(line) });
