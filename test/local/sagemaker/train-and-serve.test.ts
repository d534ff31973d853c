import {
  CreateEndpointCommand,
  CreateTransformJobCommand,
  DescribeTransformJobCommand,
} from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, type Cloud, startCloud, until } from './cloud.ts';
import { putFlightsLikeData } from './flights-like-data.ts';
import { createConfig, createModel, invoke, settled } from './hosting.ts';
import { aTrainingJob, putTrainer, train } from './jobs.ts';

let cloud: Cloud;

beforeAll(async () => {
  cloud = await startCloud();
  await putTrainer(cloud);
  await putFlightsLikeData(cloud);
});
afterAll(() => cloud?.stop());

const rows = Array.from({ length: 200 }, (_, i) => ({
  hour: i % 24,
  carrier: ['AA', 'UA', 'XX', null][i % 4],
  wind: i / 2,
  holiday: i % 2 === 0,
}));

const transformed = async (name: string) => {
  await cloud.put(`${name}/in/rows.jsonl`, rows.map((row) => JSON.stringify(row)).join('\n'));
  await cloud.control.send(
    new CreateTransformJobCommand({
      TransformJobName: name,
      ModelName: name,
      BatchStrategy: 'MultiRecord',
      TransformInput: {
        DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: `s3://${BUCKET}/${name}/in/` } },
        ContentType: 'application/jsonlines',
        SplitType: 'Line',
      },
      TransformOutput: {
        S3OutputPath: `s3://${BUCKET}/${name}/out`,
        Accept: 'application/jsonlines',
        AssembleWith: 'Line',
      },
      TransformResources: { InstanceType: 'ml.m5.large', InstanceCount: 1 },
    }),
  );
  const describeJob = () => cloud.control.send(new DescribeTransformJobCommand({ TransformJobName: name }));
  const job = await until(describeJob, ({ TransformJobStatus: status }) => status !== 'InProgress');
  expect(job.TransformJobStatus, job.FailureReason).toBe('Completed');
  return (await cloud.get(`${name}/out/rows.jsonl.out`))
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
};

describe('a model of the built-in trainer', () => {
  it.each(['linear', 'gradient-boosting'])(
    'trained with %s predicts the same in batch and at an endpoint',
    async (algorithm) => {
      const HyperParameters = { task: 'binary', label: 'late', algorithm };
      const job = await train(cloud, aTrainingJob(algorithm, { HyperParameters }));
      expect(job.FailureReason).toBeUndefined();
      await createModel(cloud, algorithm, job.ModelArtifacts?.S3ModelArtifacts ?? '');
      await createConfig(cloud, algorithm, algorithm);
      await cloud.control.send(
        new CreateEndpointCommand({ EndpointName: algorithm, EndpointConfigName: algorithm }),
      );
      const endpoint = await settled(cloud, algorithm);
      expect(endpoint.EndpointStatus, endpoint.FailureReason).toBe('InService');
      const online = JSON.parse(
        (await invoke(cloud, algorithm, JSON.stringify({ instances: rows }))).text,
      ).predictions;
      expect(online).toHaveLength(200);
      expect(await transformed(algorithm)).toEqual(online);
      expect(new Set(online.map(({ score }: { score: number }) => score)).size).toBeGreaterThan(20);
    },
  );
});
