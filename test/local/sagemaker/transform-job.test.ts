import {
  CreateTransformJobCommand,
  type CreateTransformJobRequest,
  DescribeTransformJobCommand,
  StopTransformJobCommand,
} from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, type Cloud, startCloud, until } from './cloud.ts';
import { createModel, putModel } from './hosting.ts';

/** Answers every line with its value and the number of lines that came in the same call. */
const ECHO = `
import json, time
def model_fn(model_dir):
    return None
def input_fn(body, content_type):
    if content_type != "application/jsonlines": raise ValueError(f"content type is {content_type}")
    return [json.loads(line) for line in body.decode().split("\\n") if line.strip()]
def predict_fn(rows, model):
    for row in rows:
        if row.get("bad"): raise ValueError("row is bad")
        time.sleep(row.get("sleep", 0))
    return rows
def output_fn(rows, accept):
    return "\\n".join(json.dumps({"value": row["value"], "together": len(rows)}) for row in rows), accept
`;

let cloud: Cloud;

beforeAll(async () => {
  cloud = await startCloud();
  await createModel(cloud, 'echo', await putModel(cloud, 'echo', ECHO));
});
afterAll(() => cloud?.stop());

const aTransformJob = (
  TransformJobName: string,
  change: Partial<CreateTransformJobRequest> = {},
): CreateTransformJobRequest => ({
  TransformJobName,
  ModelName: 'echo',
  BatchStrategy: 'MultiRecord',
  TransformInput: {
    DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: `s3://${BUCKET}/${TransformJobName}/in/` } },
    ContentType: 'application/jsonlines',
    SplitType: 'Line',
  },
  TransformOutput: {
    S3OutputPath: `s3://${BUCKET}/${TransformJobName}/out`,
    Accept: 'application/jsonlines',
    AssembleWith: 'Line',
  },
  TransformResources: { InstanceType: 'ml.m5.large', InstanceCount: 1 },
  ...change,
});

const describeJob = (TransformJobName: string) =>
  cloud.control.send(new DescribeTransformJobCommand({ TransformJobName }));

const ended = (name: string) =>
  until(
    () => describeJob(name),
    ({ TransformJobStatus: status = '' }) => ['Completed', 'Failed', 'Stopped'].includes(status),
  );

const transform = async (job: CreateTransformJobRequest) => {
  await cloud.control.send(new CreateTransformJobCommand(job));
  return ended(job.TransformJobName ?? '');
};

type Line = { readonly value: number; readonly together: number };

const lines = async (key: string): Promise<Line[]> => {
  const text = (await cloud.get(key)).toString();
  expect(text.endsWith('\n')).toBe(true);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
};

const rows = (count: number, pad = '') =>
  Array.from({ length: count }, (_, value) => JSON.stringify({ value, pad })).join('\n');

describe('a transform job', () => {
  it('answers every line of every object, in order, one output an object', async () => {
    await cloud.put('plain/in/a.jsonl', rows(500));
    await cloud.put('plain/in/day/b.jsonl', `${rows(3)}\n`);
    const job = await transform(aTransformJob('plain'));
    expect(job.TransformJobStatus, job.FailureReason).toBe('Completed');
    expect((await lines('plain/out/a.jsonl.out')).map(({ value }) => value)).toEqual(
      Array.from({ length: 500 }, (_, i) => i),
    );
    expect(await lines('plain/out/day/b.jsonl.out')).toEqual(
      [0, 1, 2].map((value) => ({ value, together: 3 })),
    );
  });

  it('keeps the order over several calls, none above the payload limit', async () => {
    await cloud.put('long/in/a.jsonl', rows(300, 'x'.repeat(9000)));
    await transform(aTransformJob('long', { MaxPayloadInMB: 1 }));
    const answers = await lines('long/out/a.jsonl.out');
    expect(answers.map(({ value }) => value)).toEqual(Array.from({ length: 300 }, (_, i) => i));
    const most = Math.max(...answers.map(({ together }) => together));
    expect(most).toBeGreaterThan(100);
    expect(most).toBeLessThanOrEqual(Math.floor((1024 * 1024) / 9000));
  });

  it('sends one record a call when asked to', async () => {
    await cloud.put('single/in/a.jsonl', rows(4));
    await transform(aTransformJob('single', { BatchStrategy: 'SingleRecord' }));
    expect((await lines('single/out/a.jsonl.out')).map(({ together }) => together)).toEqual([1, 1, 1, 1]);
  });

  it('fails when the script refuses a record', async () => {
    await cloud.put('bad/in/a.jsonl', '{"value": 1}\n{"value": 2, "bad": true}\n');
    expect(await transform(aTransformJob('bad'))).toMatchObject({
      TransformJobStatus: 'Failed',
      FailureReason: expect.stringMatching(/^AlgorithmError: .*row is bad/),
    });
  });

  it('fails when one record is above the payload limit', async () => {
    await cloud.put('wide/in/a.jsonl', rows(1, 'x'.repeat(1024 * 1024)));
    const job = await transform(aTransformJob('wide', { MaxPayloadInMB: 1 }));
    expect(job.FailureReason).toMatch(/a record has \d+ bytes, wanted MaxPayloadInMB/);
  });

  it('fails when there is nothing to transform', async () => {
    expect((await transform(aTransformJob('nothing'))).FailureReason).toMatch(/No objects found/);
  });

  it('stops when asked to', async () => {
    await cloud.put('slow/in/a.jsonl', '{"value": 1, "sleep": 600}\n');
    await cloud.control.send(new CreateTransformJobCommand(aTransformJob('slow')));
    await cloud.control.send(new StopTransformJobCommand({ TransformJobName: 'slow' }));
    expect(await ended('slow')).toMatchObject({ TransformJobStatus: 'Stopped' });
  });

  it('refuses a name again', async () => {
    const call = cloud.control.send(new CreateTransformJobCommand(aTransformJob('plain')));
    await expect(call).rejects.toMatchObject({ name: 'ResourceInUse' });
  });

  it('refuses what it would have to leave out: filters, joins and a model that is not there', async () => {
    const refused = { name: 'ValidationException' };
    const call = (change: Partial<CreateTransformJobRequest>) =>
      cloud.control.send(new CreateTransformJobCommand(aTransformJob('refused', change)));
    await expect(call({ DataProcessing: { JoinSource: 'Input' } })).rejects.toMatchObject(refused);
    await expect(call({ DataProcessing: { InputFilter: '$.features' } })).rejects.toMatchObject(refused);
    await expect(call({ ModelName: 'ghost' })).rejects.toMatchObject(refused);
  });
});
