import {
  CreateHyperParameterTuningJobCommand,
  type CreateHyperParameterTuningJobRequest,
  ListHyperParameterTuningJobsCommand,
  StopHyperParameterTuningJobCommand,
} from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, type Cloud, IMAGE, startCloud, until } from './cloud.ts';
import { putFlightsLikeData } from './flights-like-data.ts';
import { channel, describeJob } from './jobs.ts';
import {
  aTuningJob,
  childrenOf,
  describeTuning,
  ECHO,
  endedTuning,
  putScript,
  putTrainerArchive,
  tune,
} from './tuning.ts';

let cloud: Cloud;
let echo: string;

beforeAll(async () => {
  cloud = await startCloud();
  await putFlightsLikeData(cloud);
  echo = await putScript(cloud, 'echo', ECHO);
});
afterAll(() => cloud?.stop());

const sleeping = (name: string) =>
  putScript(cloud, name, 'import time; print("score=1", flush=True); time.sleep(600)');

const allTrain = async (name: string, count: number) => {
  const children = await until(
    () => childrenOf(cloud, name),
    (found) => found.length === count,
  );
  for (const { TrainingJobName = '' } of children) {
    await until(
      () => describeJob(cloud, TrainingJobName),
      ({ SecondaryStatus }) => SecondaryStatus === 'Training',
    );
  }
};

describe('a tuning job of the built-in trainer', () => {
  it('tries hyperparameters from their ranges and names the training job with the least loss', async () => {
    const submit = await putTrainerArchive(cloud);
    const job = aTuningJob('flights', submit, [], {
      config: {
        Strategy: 'Random',
        RandomSeed: 5,
        HyperParameterTuningJobObjective: { Type: 'Minimize', MetricName: 'validation:loss' },
        ResourceLimits: { MaxNumberOfTrainingJobs: 3, MaxParallelTrainingJobs: 2 },
        ParameterRanges: {
          ContinuousParameterRanges: [
            { Name: 'learning_rate', MinValue: '0.001', MaxValue: '0.5', ScalingType: 'Logarithmic' },
          ],
          IntegerParameterRanges: [{ Name: 'max_iter', MinValue: '5', MaxValue: '40' }],
        },
      },
      definition: {
        StaticHyperParameters: {
          task: 'binary',
          label: 'late',
          algorithm: 'gradient-boosting',
          sagemaker_program: 'train.py',
          sagemaker_submit_directory: submit,
        },
        AlgorithmSpecification: {
          TrainingImage: IMAGE,
          TrainingInputMode: 'File',
          MetricDefinitions: [{ Name: 'validation:loss', Regex: 'validation:loss=([0-9.]+)' }],
        },
        InputDataConfig: [channel('train', 'train/'), channel('validation', 'validation/')],
      },
    });
    const ended = await tune(cloud, job);
    expect(ended.HyperParameterTuningJobStatus, JSON.stringify(ended)).toBe('Completed');
    expect(ended).toMatchObject({
      TrainingJobStatusCounters: {
        Completed: 3,
        InProgress: 0,
        NonRetryableError: 0,
        RetryableError: 0,
        Stopped: 0,
      },
      ObjectiveStatusCounters: { Succeeded: 3, Pending: 0, Failed: 0 },
    });
    const children = await childrenOf(cloud, 'flights');
    const losses = children.map((child) => child.FinalHyperParameterTuningJobObjectiveMetric?.Value ?? 0);
    expect(new Set(losses).size).toBe(3);
    const best = ended.BestTrainingJob;
    expect(best?.FinalHyperParameterTuningJobObjectiveMetric).toEqual({
      Type: 'Minimize',
      MetricName: 'validation:loss',
      Value: Math.min(...losses),
    });
    const described = await describeJob(cloud, best?.TrainingJobName ?? '');
    expect(described).toMatchObject({
      HyperParameters: { ...best?.TunedHyperParameters, _tuning_objective_metric: 'validation:loss' },
      TuningJobArn: ended.HyperParameterTuningJobArn,
      ModelArtifacts: { S3ModelArtifacts: expect.stringContaining(`s3://${BUCKET}/models/flights-00`) },
    });
    const printed = `training job ${best?.TrainingJobName}: validation:loss=${Math.min(...losses).toFixed(6)}`;
    expect(cloud.lines).toContain(printed);
  });
});

describe('a tuning job', () => {
  it('goes through a grid, two at once, and reads the last value of the metric', async () => {
    const ended = await tune(cloud, aTuningJob('grid', echo, ['3', '1', '5', '2']));
    expect(ended.BestTrainingJob).toMatchObject({
      TunedHyperParameters: { x: '5' },
      ObjectiveStatus: 'Succeeded',
      FinalHyperParameterTuningJobObjectiveMetric: { Value: 5 },
    });
    const children = await childrenOf(cloud, 'grid');
    expect(children.map(({ TunedHyperParameters }) => TunedHyperParameters?.x)).toEqual(['3', '1', '5', '2']);
    for (const [index, { TrainingJobName }] of children.entries()) {
      expect(TrainingJobName).toMatch(new RegExp(`^grid-00${index + 1}-[0-9a-f]{8}$`));
    }
    const atOnce = children.map(
      ({ CreationTime: created = 0 }) =>
        children.filter(
          (other) =>
            Number(other.CreationTime) <= Number(created) && Number(other.TrainingEndTime) > Number(created),
        ).length,
    );
    expect(Math.max(...atOnce)).toBe(2);
  });

  it('lists its training jobs by their objective, those without one left out', async () => {
    const half = await putScript(
      cloud,
      'half',
      'import os; x = os.environ["SM_HP_X"]; exit(3) if x == "2" else print("score=" + x)',
    );
    const ended = await tune(cloud, aTuningJob('half', half, ['1', '2', '3']));
    expect(ended).toMatchObject({
      HyperParameterTuningJobStatus: 'Completed',
      TrainingJobStatusCounters: { Completed: 2, NonRetryableError: 1 },
      ObjectiveStatusCounters: { Succeeded: 2, Failed: 1 },
      BestTrainingJob: { TunedHyperParameters: { x: '3' } },
    });
    const how = { SortBy: 'FinalObjectiveMetricValue', SortOrder: 'Descending' } as const;
    const sorted = await childrenOf(cloud, 'half', how);
    expect(sorted.map(({ TunedHyperParameters }) => TunedHyperParameters?.x)).toEqual(['3', '1']);
    const [failed] = await childrenOf(cloud, 'half', { StatusEquals: 'Failed' });
    expect(failed).toMatchObject({
      ObjectiveStatus: 'Failed',
      FailureReason: 'AlgorithmError: , exit code: 3',
    });
  });

  it('is refused when its training jobs at once are more than the instances that are left', async () => {
    const held = await sleeping('held');
    const six = aTuningJob('holder', held, ['1', '2', '3', '4', '5', '6'], {
      config: { ResourceLimits: { MaxParallelTrainingJobs: 6 } },
    });
    await cloud.control.send(new CreateHyperParameterTuningJobCommand(six));
    await allTrain('holder', 6);
    await expect(
      cloud.control.send(
        new CreateHyperParameterTuningJobCommand(
          aTuningJob('too-many', echo, ['1', '2', '3'], {
            config: { ResourceLimits: { MaxParallelTrainingJobs: 3 } },
          }),
        ),
      ),
    ).rejects.toMatchObject({ name: 'ResourceLimitExceeded' });
    expect(await tune(cloud, aTuningJob('fits', echo, ['1', '2', '3']))).toMatchObject({
      HyperParameterTuningJobStatus: 'Completed',
    });
    await cloud.control.send(
      new StopHyperParameterTuningJobCommand({ HyperParameterTuningJobName: 'holder' }),
    );
    await endedTuning(cloud, 'holder');
  });
});

describe('a tuning job that finds nothing', () => {
  it('fails when all of its training jobs fail', async () => {
    const failing = await putScript(cloud, 'failing', 'exit(1)');
    expect(await tune(cloud, aTuningJob('failing', failing, ['1', '2']))).toMatchObject({
      HyperParameterTuningJobStatus: 'Failed',
      FailureReason: expect.stringMatching(/^All training jobs failed/),
      TrainingJobStatusCounters: { NonRetryableError: 2 },
    });
  });

  it('gives up after five of them', async () => {
    const xs = Array.from({ length: 7 }, (_, i) => String(i));
    const hopeless = await putScript(cloud, 'hopeless', 'exit(1)');
    const config = { ResourceLimits: { MaxParallelTrainingJobs: 1 } };
    expect(await tune(cloud, aTuningJob('hopeless', hopeless, xs, { config }))).toMatchObject({
      HyperParameterTuningJobStatus: 'Failed',
      FailureReason: expect.stringMatching(/^No training job succeeded after 5 attempts/),
    });
    expect(await childrenOf(cloud, 'hopeless')).toHaveLength(5);
  });

  it('fails when none prints the metric', async () => {
    const silent = await putScript(cloud, 'silent', 'print("score=none")');
    const ended = await tune(cloud, aTuningJob('silent', silent, ['1']));
    expect(ended).toMatchObject({
      HyperParameterTuningJobStatus: 'Failed',
      FailureReason: expect.stringMatching(/^No objective metrics found after running 1 training jobs/),
      TrainingJobStatusCounters: { Completed: 1 },
      ObjectiveStatusCounters: { Failed: 1 },
    });
    expect(ended.BestTrainingJob).toBeUndefined();
  });
});

describe('stopping a tuning job', () => {
  it('ends the training jobs that run and starts no other', async () => {
    const slow = await sleeping('slow');
    await cloud.control.send(
      new CreateHyperParameterTuningJobCommand(aTuningJob('slow', slow, ['1', '2', '3'])),
    );
    await allTrain('slow', 2);
    const stop = new StopHyperParameterTuningJobCommand({ HyperParameterTuningJobName: 'slow' });
    await cloud.control.send(stop);
    expect((await describeTuning(cloud, 'slow')).HyperParameterTuningJobStatus).toMatch(/^Stop/);
    expect(await endedTuning(cloud, 'slow')).toMatchObject({
      HyperParameterTuningJobStatus: 'Stopped',
      TrainingJobStatusCounters: { InProgress: 0, Stopped: 2 },
    });
    await expect(cloud.control.send(stop)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('creating a tuning job', () => {
  const create = (job: CreateHyperParameterTuningJobRequest) =>
    cloud.control.send(new CreateHyperParameterTuningJobCommand(job));

  it('refuses a name again', async () => {
    await expect(create(aTuningJob('grid', echo, ['1']))).rejects.toMatchObject({ name: 'ResourceInUse' });
  });

  it('refuses at once what its training jobs would be refused for, and leaves nothing behind', async () => {
    const job = aTuningJob('no-role', echo, ['1'], { definition: { RoleArn: 'trainer' } });
    await expect(create(job)).rejects.toThrow(/RoleArn is "trainer"/);
    await expect(describeTuning(cloud, 'no-role')).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });

  it('searches at random for Bayesian', async () => {
    const config = {
      Strategy: 'Bayesian' as const,
      ResourceLimits: { MaxNumberOfTrainingJobs: 4, MaxParallelTrainingJobs: 1 },
      ParameterRanges: { IntegerParameterRanges: [{ Name: 'x', MinValue: '1', MaxValue: '1000000' }] },
    };
    await create(aTuningJob('bayesian', echo, [], { config }));
    expect((await endedTuning(cloud, 'bayesian')).TrainingJobStatusCounters?.Completed).toBe(4);
  });

  it('is listed by name', async () => {
    const list = new ListHyperParameterTuningJobsCommand({ NameContains: 'i', SortOrder: 'Descending' });
    const { HyperParameterTuningJobSummaries = [] } = await cloud.control.send(list);
    expect(HyperParameterTuningJobSummaries.map((job) => job.HyperParameterTuningJobName)).toEqual([
      'silent',
      'grid',
      'flights',
      'fits',
      'failing',
      'bayesian',
    ]);
    expect(HyperParameterTuningJobSummaries[1]).toMatchObject({
      Strategy: 'Grid',
      ResourceLimits: { MaxParallelTrainingJobs: 2 },
      TrainingJobStatusCounters: { Completed: 4 },
    });
  });
});

describe('the end of the local SageMaker', () => {
  it('ends a tuning job that runs, with no training job after those that ran', async () => {
    const last = await sleeping('last');
    await cloud.control.send(
      new CreateHyperParameterTuningJobCommand(aTuningJob('last', last, ['1', '2', '3'])),
    );
    await allTrain('last', 2);
    await until(
      async () => cloud.lines.filter((line) => line.startsWith('training job last-')),
      (lines) => lines.length === 2,
    );
    await cloud.sagemaker.stop();
    expect(cloud.lines.filter((line) => line.startsWith('training job last-'))).toHaveLength(2);
  });
});
