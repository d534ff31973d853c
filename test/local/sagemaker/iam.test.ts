import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cloud, startCloud } from './cloud.ts';
import { aScriptJob, train } from './jobs.ts';

let cloud: Cloud;

beforeAll(async () => {
  cloud = await startCloud({ iam: true });
});
afterAll(() => cloud?.stop());

it('the twin reaches a local AWS that speaks TLS with a certificate of its own', async () => {
  await cloud.put('tls/train.py', 'import os; open(os.environ["SM_MODEL_DIR"] + "/made", "w").write("x")');
  const job = await train(cloud, aScriptJob('tls'));
  expect(job.TrainingJobStatus, job.FailureReason).toBe('Completed');
  expect((await cloud.get('models/tls/output/model.tar.gz')).length).toBeGreaterThan(0);
  expect(cloud.lines.filter((line) => line.startsWith('event '))).toEqual([]);
});
