import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, type Cloud, IMAGE, ROLE, startCloud, until } from './cloud.ts';
import { putFlightsLikeData } from './flights-like-data.ts';
import { aScriptJob, aTrainingJob, describeJob, putTrainer } from './jobs.ts';
import { aTuningJob, childrenOf, describeTuning, ECHO, putScript } from './tuning.ts';

let cloud: Cloud;
let sfn: SFNClient;

beforeAll(async () => {
  cloud = await startCloud();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  sfn = new SFNClient({ endpoint: cloud.engine.url, region: 'us-east-1', credentials });
  await putTrainer(cloud);
  await putFlightsLikeData(cloud);
});
afterAll(() => cloud?.stop());

const task = (action: string, Arguments: object, next: object) => ({
  Type: 'Task',
  Resource: `arn:aws:states:::${action}`,
  Arguments,
  ...next,
});

const run = async (name: string, States: Record<string, object>) => {
  const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Train', States });
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({ name, definition, roleArn: ROLE }),
  );
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: '{}' }));
  const ask = () => sfn.send(new DescribeExecutionCommand({ executionArn }));
  return until(ask, ({ status }) => status !== 'RUNNING');
};

describe('a state machine', () => {
  it('trains, makes a model, scores a file and asks for an endpoint that is not there', async () => {
    await cloud.put('score/in/rows.jsonl', '{"hour": 3, "carrier": "AA"}\n{"hour": 20, "carrier": "UA"}\n');
    const Environment = {
      SAGEMAKER_PROGRAM: 'inference.py',
      SAGEMAKER_SUBMIT_DIRECTORY: '/opt/ml/model/code',
    };
    const execution = await run('train-and-score', {
      Train: task('sagemaker:createTrainingJob.sync', aTrainingJob('by-machine'), {
        Assign: { model: '{% $states.result.ModelArtifacts.S3ModelArtifacts %}' },
        Next: 'Model',
      }),
      Model: task(
        'sagemaker:createModel',
        {
          ModelName: 'by-machine',
          ExecutionRoleArn: ROLE,
          PrimaryContainer: { Image: IMAGE, ModelDataUrl: '{% $model %}', Environment },
        },
        { Next: 'Score' },
      ),
      Score: task(
        'sagemaker:createTransformJob.sync',
        {
          TransformJobName: 'by-machine',
          ModelName: 'by-machine',
          BatchStrategy: 'MultiRecord',
          TransformInput: {
            DataSource: {
              S3DataSource: { S3DataType: 'S3Prefix', S3Uri: `s3://${BUCKET}/score/in/rows.jsonl` },
            },
            ContentType: 'application/jsonlines',
            SplitType: 'Line',
          },
          TransformOutput: {
            S3OutputPath: `s3://${BUCKET}/score/out`,
            Accept: 'application/jsonlines',
            AssembleWith: 'Line',
          },
          TransformResources: { InstanceType: 'ml.m5.large', InstanceCount: 1 },
        },
        { Next: 'Ask' },
      ),
      Ask: task(
        'aws-sdk:sagemaker:describeEndpoint',
        { EndpointName: 'nobody' },
        {
          End: true,
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Missing', Output: '{% $states.errorOutput %}' }],
        },
      ),
      Missing: { Type: 'Succeed' },
    });
    expect(execution.status, execution.cause).toBe('SUCCEEDED');
    expect(JSON.parse(execution.output ?? '')).toMatchObject({
      Cause: expect.stringContaining('Could not find endpoint'),
    });
    const scored = (await cloud.get('score/out/rows.jsonl.out')).toString().trimEnd().split('\n');
    expect(scored.map((line) => Object.keys(JSON.parse(line)))).toEqual(
      Array(2).fill(['label', 'score', 'probabilities']),
    );
  });

  it('fails with the reason of the job', async () => {
    await cloud.put(
      'failing/train.py',
      'import os; open(os.environ["SAGEMAKER_BASE_DIR"] + "/output/failure", "w").write("no more rows"); exit(2)',
    );
    const execution = await run('failing', {
      Train: task('sagemaker:createTrainingJob.sync', aScriptJob('failing'), { End: true }),
    });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
    expect(JSON.parse(execution.cause ?? '').FailureReason).toBe(
      'AlgorithmError: no more rows, exit code: 2',
    );
  });

  it('tunes and takes the model of the best training job', async () => {
    const submit = await putScript(cloud, 'tuned-by-machine', ECHO);
    const execution = await run('tuning', {
      Train: task(
        'sagemaker:createHyperParameterTuningJob.sync',
        aTuningJob('machine', submit, ['1', '4', '2']),
        {
          Output: '{% $states.result.BestTrainingJob %}',
          Next: 'Describe',
        },
      ),
      Describe: task(
        'aws-sdk:sagemaker:describeTrainingJob',
        { TrainingJobName: '{% $states.input.TrainingJobName %}' },
        { Output: '{% $states.result.ModelArtifacts.S3ModelArtifacts %}', End: true },
      ),
    });
    expect(execution.status, execution.cause).toBe('SUCCEEDED');
    expect(JSON.parse(execution.output ?? '')).toMatch(
      /^s3:\/\/sagemaker-twin\/models\/machine-002-.*\/output\/model\.tar\.gz$/,
    );
  });

  it('stops the tuning job and its training jobs when its task times out', async () => {
    const submit = await putScript(cloud, 'endless-tuning', 'import time; time.sleep(600)');
    const execution = await run('tuning-too-long', {
      Train: task(
        'sagemaker:createHyperParameterTuningJob.sync',
        aTuningJob('endless', submit, ['1', '2', '3']),
        {
          TimeoutSeconds: 2,
          End: true,
        },
      ),
    });
    expect(execution.error).toBe('States.Timeout');
    await until(
      () => describeTuning(cloud, 'endless'),
      ({ HyperParameterTuningJobStatus }) => HyperParameterTuningJobStatus === 'Stopped',
    );
    for (const { TrainingJobName = '' } of await childrenOf(cloud, 'endless')) {
      expect((await describeJob(cloud, TrainingJobName)).TrainingJobStatus).toBe('Stopped');
    }
  });
});
