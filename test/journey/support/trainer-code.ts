import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '../../../bin/mooring/client.ts';

const BUILT_IN = join(import.meta.dirname, '..', '..', '..', 'trainer');

/** A user's code around the built-in trainer: `before` runs first and may end the process with `fail(sentence)`. */
export async function uploadTrainer(client: Client, model: string, before: string): Promise<string> {
  const names = (await readdir(BUILT_IN)).filter((name) => name.endsWith('.py') && name !== 'train.py');
  const files = names.map(async (name) => ({ name, content: await readFile(join(BUILT_IN, name)) }));
  const builtIn = { name: 'built_in.py', content: await readFile(join(BUILT_IN, 'train.py')) };
  const train = { name: 'train.py', content: Buffer.from(SCRIPT.replace('# before', before.trim())) };
  return (await client.uploadCode(model, [...(await Promise.all(files)), builtIn, train])).code;
}

const SCRIPT = `
import json, os, sys, time
from pathlib import Path

base = Path(os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml"))
job = os.environ["TRAINING_JOB_NAME"]
algorithm = json.loads((base / "input/config/hyperparameters.json").read_text())["algorithm"]

def fail(sentence):
    (base / "output/failure").write_text(sentence)
    sys.exit(1)

def wait_for(file):
    while not Path(file).exists():
        time.sleep(0.05)

# before

import built_in
sys.exit(built_in.main())
`;

/** A file that a training script waits for: training goes on when the test says so. */
export interface Gate {
  readonly file: string;
  open(): Promise<void>;
}

export function aGate(folder: string, name: string): Gate {
  const file = join(folder, name);
  return { file, open: () => writeFile(file, '') };
}
