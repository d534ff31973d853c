import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import { startEngine } from '../../../local/engine.ts';
import { freePort } from '../../../local/free-port.ts';
import { ensureVenv } from '../../../local/python.ts';
import { startSageMaker } from '../../../local/sagemaker.ts';

const ROOT = join(import.meta.dirname, '../../..');

export const BUCKET = 'sagemaker-twin';
export const IMAGE = '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.9-0-cpu-py3';
export const ROLE = 'arn:aws:iam::000000000000:role/trainer';

export const trainerPython = () => ensureVenv('trainer', join(ROOT, 'trainer/requirements.txt'));

/** A real engine, a real twin, real clients of the AWS SDK. */
export const startCloud = async ({ iam = false } = {}) => {
  const stateDir = await mkdtemp(join(tmpdir(), 'sagemaker-twin-'));
  const port = await freePort();
  const sagemakerUrl = `http://127.0.0.1:${port}`;
  const engine = await startEngine({ port: await freePort(), stateDir, sagemakerUrl, iam });
  const lines: string[] = [];
  const sagemaker = await startSageMaker({
    port,
    stateDir,
    python: await trainerPython(),
    awsUrl: engine.url,
    env: engine.env,
    eventToken: engine.eventToken,
    log: (line) => lines.push(line),
    stopGraceMs: { training: 500, server: 500 },
  });
  const config = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const ca = engine.caFile && { httpsAgent: { ca: readFileSync(engine.caFile) } };
  const s3 = new S3Client({
    ...config,
    endpoint: engine.url,
    forcePathStyle: true,
    ...(ca && { requestHandler: ca }),
  });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  return {
    engine,
    sagemaker,
    stateDir,
    /** What jobs and endpoints printed. */
    lines,
    s3,
    control: new SageMakerClient({ ...config, endpoint: sagemaker.url }),
    // A test counts attempts; the client's own second one would hide a refusal.
    runtime: new SageMakerRuntimeClient({ ...config, endpoint: sagemaker.url, maxAttempts: 1 }),
    put: async (key: string, Body: string | Buffer) => {
      await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body }));
      return `s3://${BUCKET}/${key}`;
    },
    get: async (key: string) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    },
    stop: async () => {
      await sagemaker.stop();
      await engine.stop();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
};

export type Cloud = Awaited<ReturnType<typeof startCloud>>;

/** Asks until the answer is the wanted one; the test's own time limit is the end of patience. */
export const until = async <T>(ask: () => Promise<T>, isDone: (answer: T) => boolean): Promise<T> => {
  for (;;) {
    const answer = await ask();
    if (isDone(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
