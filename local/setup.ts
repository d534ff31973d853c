import { ENGINE_REQUIREMENTS, TRAINER_REQUIREMENTS } from './cloud.ts';
import { ensureVenv } from './python.ts';

/** What the local cloud needs from outside, once: two hashed Python environments. The flights are fetched when first read. */
export async function setUp(progress: (line: string) => void): Promise<void> {
  await Promise.all([
    ensureVenv('engine', ENGINE_REQUIREMENTS, { progress }),
    ensureVenv('trainer', TRAINER_REQUIREMENTS, { progress }),
  ]);
}

if (import.meta.main) await setUp((line) => console.error(line));
