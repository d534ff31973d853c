import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTrainingJobCommand,
  ListTrainingJobsCommand,
  StopTrainingJobCommand,
} from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, type Cloud, IMAGE, startCloud, until } from './cloud.ts';
import { putFlightsLikeData } from './flights-like-data.ts';
import { aScriptJob, aTrainingJob, channel, describeJob, ended, putTrainer, train } from './jobs.ts';

let cloud: Cloud;
const folders: string[] = [];

const temporaryFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'training-job-'));
  folders.push(folder);
  return folder;
};

beforeAll(async () => {
  cloud = await startCloud();
  await putTrainer(cloud);
  await putFlightsLikeData(cloud);
});
afterAll(async () => {
  for (const folder of folders) rmSync(folder, { recursive: true });
  await cloud?.stop();
});

const unpacked = async (key: string) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'model.tar.gz'), await cloud.get(key));
  execFileSync('tar', ['-xzf', 'model.tar.gz'], { cwd: folder });
  return (name: string) => readFileSync(join(folder, name), 'utf8');
};

const losses = (job: string) =>
  cloud.lines
    .filter((line) => line.startsWith(`training job ${job}:`))
    .flatMap((line) => /validation_loss=([\d.]+)/.exec(line)?.[1] ?? [])
    .map(Number);

describe('a training job', () => {
  it('runs the script and leaves a model with its serving code and readable coefficients', async () => {
    const job = await train(cloud, aTrainingJob('baseline'));
    expect(job.FailureReason).toBeUndefined();
    expect(job).toMatchObject({
      TrainingJobStatus: 'Completed',
      SecondaryStatus: 'Completed',
      ModelArtifacts: { S3ModelArtifacts: `s3://${BUCKET}/models/baseline/output/model.tar.gz` },
    });
    expect(job.SecondaryStatusTransitions?.map(({ Status }) => Status)).toEqual([
      'Starting',
      'Downloading',
      'Training',
      'Uploading',
      'Completed',
    ]);
    const read = await unpacked('models/baseline/output/model.tar.gz');
    expect(read('code/inference.py')).toContain('def model_fn');
    expect(Object.keys(JSON.parse(read('coefficients.json')).weights)).toContain('carrier=B6');
  });

  it('learns with boosting what a line cannot, and keeps the best of the tuned candidates', async () => {
    const HyperParameters = {
      task: 'binary',
      label: 'late',
      algorithm: 'gradient-boosting',
      tune: '3',
      max_iter: '40',
    };
    const job = await train(cloud, aTrainingJob('boosting', { HyperParameters }));
    expect(job.FailureReason).toBeUndefined();
    const tried = losses('boosting');
    expect(tried).toHaveLength(3);
    expect(Math.min(...tried)).toBeLessThan(losses('baseline')[0] ?? 0);
    const { settings } = JSON.parse((await unpacked('models/boosting/output/model.tar.gz'))('model.json'));
    const best = cloud.lines.find((line) =>
      line.includes(`validation_loss=${Math.min(...tried).toFixed(6)}`),
    );
    expect(best).toContain(`'max_leaf_nodes': ${settings.max_leaf_nodes}`);
    expect(settings.max_iter).toBe(40);
  });

  it('keeps the last value of each metric it was told to look for', async () => {
    await cloud.put('metrics/train.py', 'print("loss=3 auc=0.5"); print("loss=2.5"); print("auc=nothing")');
    const MetricDefinitions = [
      { Name: 'loss', Regex: 'loss=([0-9.]+)' },
      { Name: 'auc', Regex: 'auc=(\\S+)' },
      { Name: 'absent', Regex: 'absent=(.*)' },
    ];
    const { AlgorithmSpecification } = aScriptJob('metrics');
    const job = await train(
      cloud,
      aScriptJob('metrics', {
        AlgorithmSpecification: {
          TrainingInputMode: 'File',
          ...AlgorithmSpecification,
          MetricDefinitions,
        },
      }),
    );
    expect(job.FinalMetricDataList?.map(({ MetricName, Value }) => [MetricName, Value])).toEqual([
      ['loss', 2.5],
      ['auc', 0.5],
    ]);
  });

  it('takes the older way too: a program in an archive', async () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, 'main.py'),
      'import os; open(os.environ["SM_MODEL_DIR"] + "/made", "w").write("x")',
    );
    execFileSync('tar', ['-czf', 'source.tar.gz', 'main.py'], { cwd: folder });
    const submit = await cloud.put('submit/source.tar.gz', readFileSync(join(folder, 'source.tar.gz')));
    const job = await train(
      cloud,
      aTrainingJob('older', {
        AlgorithmSpecification: { TrainingImage: IMAGE, TrainingInputMode: 'File' },
        HyperParameters: { sagemaker_program: 'main.py', sagemaker_submit_directory: submit },
        InputDataConfig: [],
      }),
    );
    expect(job.TrainingJobStatus, job.FailureReason).toBe('Completed');
  });

  it('reads exactly the objects a manifest names', async () => {
    await cloud.put(
      'manifest.json',
      JSON.stringify([{ prefix: `s3://${BUCKET}/train/` }, 'nested/part-1.parquet']),
    );
    const chosen = channel('train', 'manifest.json');
    chosen.DataSource.S3DataSource.S3DataType = 'ManifestFile' as 'S3Prefix';
    await train(cloud, aTrainingJob('manifest', { InputDataConfig: [channel('code', 'code/'), chosen] }));
    expect(cloud.lines).toContainEqual(expect.stringMatching(/manifest: training linear .* on 1500 rows/));
  });
});

describe('a training job that does not complete', () => {
  it('fails with the sentence the script wrote', async () => {
    const HyperParameters = { task: 'binary', label: 'delay', algorithm: 'linear' };
    const job = await train(cloud, aTrainingJob('no-label', { HyperParameters }));
    expect(job.TrainingJobStatus).toBe('Failed');
    expect(job.FailureReason).toMatch(
      /^AlgorithmError: label column delay is not in channel train, .*, exit code: 1$/,
    );
    expect(job.ModelArtifacts?.S3ModelArtifacts).toBeUndefined();
  });

  it('fails when a channel is empty', async () => {
    const job = await train(cloud, aTrainingJob('empty', { InputDataConfig: [channel('code', 'nowhere/')] }));
    expect(job.FailureReason).toMatch(/^ClientError: Data download failed/);
  });

  it('is stopped at its maximal runtime, even when it does not listen, and keeps what it had written', async () => {
    await cloud.put(
      'endless/train.py',
      [
        'import os, signal, time',
        'signal.signal(signal.SIGTERM, signal.SIG_IGN)',
        'open(os.environ["SM_MODEL_DIR"] + "/checkpoint", "w").write("half")',
        'time.sleep(600)',
      ].join('\n'),
    );
    const job = await train(cloud, aScriptJob('endless', { StoppingCondition: { MaxRuntimeInSeconds: 1 } }));
    expect(job).toMatchObject({ TrainingJobStatus: 'Stopped', SecondaryStatus: 'MaxRuntimeExceeded' });
    expect((await unpacked('models/endless/output/model.tar.gz'))('checkpoint')).toBe('half');
  });

  it('stops when asked to', async () => {
    await cloud.put('stopped/train.py', 'import time; time.sleep(600)');
    await cloud.control.send(new CreateTrainingJobCommand(aScriptJob('stopped')));
    await until(
      () => describeJob(cloud, 'stopped'),
      ({ SecondaryStatus }) => SecondaryStatus === 'Training',
    );
    await cloud.control.send(new StopTrainingJobCommand({ TrainingJobName: 'stopped' }));
    expect(await ended(cloud, 'stopped')).toMatchObject({
      TrainingJobStatus: 'Stopped',
      SecondaryStatus: 'Stopped',
    });
  });

  it('sees none of the environment of the twin', async () => {
    process.env.PRIVATE_TO_THE_TWIN = 'yes';
    await cloud.put('curious/train.py', 'import os; print("variables", sorted(os.environ))');
    await train(cloud, aScriptJob('curious'));
    const seen = cloud.lines.find((line) => line.startsWith('training job curious: variables')) ?? '';
    expect(seen).toContain('SM_MODEL_DIR');
    expect(seen).not.toContain('PRIVATE_TO_THE_TWIN');
  });
});

describe('creating a training job', () => {
  const create = (change: Parameters<typeof aScriptJob>[1], name = 'refused') =>
    cloud.control.send(new CreateTrainingJobCommand(aScriptJob(name, change)));

  it('refuses a name again, for good', async () => {
    await expect(create({}, 'baseline')).rejects.toMatchObject({ name: 'ResourceInUse' });
  });

  it.each([
    [
      'two instances',
      { ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 2, VolumeSizeInGB: 1 } },
      'ResourceLimitExceeded',
    ],
    [
      'an image without a stand-in',
      { AlgorithmSpecification: { TrainingImage: 'x/own:1', TrainingInputMode: 'File' } },
      'ValidationException',
    ],
    ['no role', { RoleArn: 'trainer' }, 'ValidationException'],
    [
      '101 hyperparameters',
      { HyperParameters: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`p${i}`, '1'])) },
      'ValidationException',
    ],
    [
      'a hyperparameter of 257 characters',
      { HyperParameters: { p: 'x'.repeat(257) } },
      'ValidationException',
    ],
    [
      'a metric without a group',
      {
        AlgorithmSpecification: {
          TrainingImage: IMAGE,
          TrainingInputMode: 'File',
          MetricDefinitions: [{ Name: 'loss', Regex: 'loss=.*' }],
        },
      },
      'ValidationException',
    ],
    ['spot without a maximal wait', { EnableManagedSpotTraining: true }, 'ValidationException'],
    [
      'an output that is not in S3',
      { OutputDataConfig: { S3OutputPath: '/tmp/models' } },
      'ValidationException',
    ],
  ] as const)('refuses %s', async (_, change, name) => {
    await expect(create(change as never)).rejects.toMatchObject({ name });
  });

  it('answers an unknown job and an unknown action by name', async () => {
    await expect(describeJob(cloud, 'nobody')).rejects.toMatchObject({ name: 'ValidationException' });
    const headers = { 'x-amz-target': 'SageMaker.CreateProcessingJob' };
    const reply = await fetch(cloud.sagemaker.url, { method: 'POST', headers, body: '{}' });
    expect(await reply.json()).toMatchObject({ __type: 'UnknownOperationException' });
  });

  it('lists the newest first, in pages', async () => {
    const first = await cloud.control.send(new ListTrainingJobsCommand({ MaxResults: 2 }));
    const second = await cloud.control.send(
      new ListTrainingJobsCommand({ MaxResults: 2, NextToken: first.NextToken }),
    );
    const names = [first, second].flatMap(({ TrainingJobSummaries = [] }) =>
      TrainingJobSummaries.map((j) => j.TrainingJobName),
    );
    expect(new Set(names).size).toBe(4);
    expect(names[0]).toBe('curious');
  });

  it('leaves no work folder behind', async () => {
    const [folder = ''] = (await readdir(cloud.stateDir)).filter((name) => name.startsWith('sagemaker-'));
    expect(await readdir(join(cloud.stateDir, folder, 'training'))).toEqual([]);
  });
});
