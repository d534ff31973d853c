import type { HyperParameterTuningJobConfig } from '@aws-sdk/client-sagemaker';
import { describe, expect, it } from 'vitest';
import { parseTuning } from '../../../local/sagemaker/tuning-request.ts';
import { aTuningJob } from './tuning.ts';

const ARCHIVE = 's3://bucket/source.tar.gz';

const parse = (config: Partial<HyperParameterTuningJobConfig>, name = 'refused') =>
  parseTuning(aTuningJob(name, ARCHIVE, ['1'], { config }));

describe('a request for a tuning job', () => {
  const integers = (MinValue: string, MaxValue: string, more = {}) => ({
    Strategy: 'Random' as const,
    ResourceLimits: { MaxNumberOfTrainingJobs: 4, MaxParallelTrainingJobs: 1 },
    ParameterRanges: { IntegerParameterRanges: [{ Name: 'x', MinValue, MaxValue, ...more }] },
  });

  it.each([
    ['Hyperband', { Strategy: 'Hyperband' }, /the local SageMaker has Random, Grid and Bayesian/],
    [
      'a grid of integers',
      { ...integers('1', '9'), Strategy: 'Grid' },
      /strategy Grid takes categorical ones/,
    ],
    [
      'a number of jobs that is not that of the grid',
      { ResourceLimits: { MaxNumberOfTrainingJobs: 2, MaxParallelTrainingJobs: 1 } },
      /MaxNumberOfTrainingJobs is 2, wanted none or 1/,
    ],
    ['more jobs than combinations', integers('1', '3'), /enough combinations .* \[3\] .* \[4\]/],
    ['a minimum above the maximum', integers('9', '1'), /MinValue is 9, wanted MaxValue 1 at most/],
    ['a range that is no number', integers('one', '9'), /MinValue is "one", wanted the text of an integer/],
    [
      'a logarithmic scale from zero',
      integers('0', '9', { ScalingType: 'Logarithmic' }),
      /wanted more than 0 for ScalingType Logarithmic/,
    ],
    [
      'an objective that no metric definition has',
      { HyperParameterTuningJobObjective: { Type: 'Maximize', MetricName: 'auc' } },
      /does not have the objective metric auc/,
    ],
    [
      'a hyperparameter that is also static',
      { ParameterRanges: { CategoricalParameterRanges: [{ Name: 'sagemaker_program', Values: ['a'] }] } },
      /sagemaker_program is in StaticHyperParameters and in ParameterRanges/,
    ],
    ['no range', { ParameterRanges: {} }, /ParameterRanges has 0 hyperparameters, wanted 1 to 30/],
    ['a negative seed', { ...integers('1', '9'), RandomSeed: -1 }, /RandomSeed is -1/],
    [
      'completion criteria',
      { TuningJobCompletionCriteria: { TargetObjectiveMetricValue: 1 } },
      /TuningJobCompletionCriteria is given, the local SageMaker does not support it/,
    ],
  ] as const)('refuses %s', (_, config, message) => {
    expect(() => parse(config as Partial<HyperParameterTuningJobConfig>)).toThrow(
      expect.objectContaining({
        code: 'ValidationException',
        message: expect.stringMatching(message),
      }),
    );
  });

  it('refuses a name of 33 characters, which would not fit into those of its training jobs', () => {
    expect(() => parse({}, 'x'.repeat(33))).toThrow(/wanted 32 letters/);
    expect(parse({}, 'x'.repeat(32)).name).toHaveLength(32);
  });

  it('refuses an entry point, which a training job takes and a tuning job does not', () => {
    const job = aTuningJob('entry', ARCHIVE, ['1']);
    Object.assign(job.TrainingJobDefinition?.AlgorithmSpecification ?? {}, {
      ContainerEntrypoint: ['python3'],
    });
    expect(() => parseTuning(job)).toThrow(/names its script in StaticHyperParameters/);
  });

  it('tells each training job what it looks at, and what is tuned', () => {
    const { trainingJob } = parse({});
    expect(trainingJob('child', { x: '7' })).toMatchObject({
      TrainingJobName: 'child',
      HyperParameters: {
        x: '7',
        sagemaker_program: 'train.py',
        sagemaker_submit_directory: ARCHIVE,
        _tuning_objective_metric: 'score',
      },
    });
  });

  it('searches the same for the same name, unless it has a seed', () => {
    const search = (name: string, RandomSeed?: number) => [
      ...parse(
        { ...integers('1', '1000'), ...(RandomSeed !== undefined && { RandomSeed }) },
        name,
      ).candidates(),
    ];
    expect(search('one')).toEqual(search('one'));
    expect(search('one')).not.toEqual(search('two'));
    expect(search('one', 3)).toEqual(search('two', 3));
  });
});
