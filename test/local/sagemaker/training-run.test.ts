import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createObjects } from '../../../local/sagemaker/objects.ts';
import { parseTraining } from '../../../local/sagemaker/training-request.ts';
import { runTraining, type Stop } from '../../../local/sagemaker/training-run.ts';
import type { Twin } from '../../../local/sagemaker/twin.ts';
import { startWarmPython, type WarmPython } from '../../../local/sagemaker/warm-python.ts';
import { trainerPython } from './cloud.ts';
import { aTrainingJob } from './jobs.ts';

let warm: WarmPython;
let workFolder: string;

beforeAll(async () => {
  warm = await startWarmPython(await trainerPython());
  workFolder = await mkdtemp(join(tmpdir(), 'training-run-'));
});
afterAll(async () => {
  await warm?.stop();
  await rm(workFolder, { recursive: true, force: true });
});

describe('the run of a training job', () => {
  it('stops when it is asked to while its process is being started', async () => {
    const script = join(workFolder, 'sleep.py');
    await writeFile(script, 'import time; time.sleep(600)');
    const stop: Stop = { requested: false };
    const twin: Twin = {
      workFolder,
      launch: async (command) => {
        stop.requested = true;
        return warm.launch({ ...command, argv: [script] });
      },
      objects: createObjects('http://127.0.0.1:9', {}),
      // So long that only SIGTERM can end it.
      stopGraceMs: { training: 600_000, server: 600_000 },
      nowMs: () => 0,
      newId: () => 'id',
      emit: () => {},
      log: () => {},
    };
    const request = parseTraining(aTrainingJob('asked-early', { InputDataConfig: [] }), 0);
    const watch = { enter: () => {}, line: () => {} };
    expect(await runTraining(twin, request, 'arn', stop, watch)).toEqual({ status: 'Stopped' });
  });
});
