import type {
  CreateHyperParameterTuningJobRequest,
  CreateTrainingJobRequest,
  HyperParameterTrainingJobDefinition,
  HyperParameterTuningJobConfig,
} from '@aws-sdk/client-sagemaker';
import { invalid } from './errors.ts';
import { integerBetween, oneOf, required, requiredName, unsupported } from './input.ts';
import {
  MAX_PARALLEL_TRAINING_JOBS,
  MAX_RANDOM_SEED,
  MAX_TUNING_JOB_NAME_LENGTH,
  MAX_TUNING_METRICS,
  MAX_TUNING_TRAINING_JOBS,
} from './limits.ts';
import { parseRanges, type Range } from './parameter-ranges.ts';
import { type Candidate, combinations, gridCandidates, randomCandidates } from './tuning-search.ts';

export type Objective = { readonly type: 'Maximize' | 'Minimize'; readonly metric: string };

/** A valid request, in the words the search needs. */
export type TuningRequest = {
  readonly name: string;
  readonly objective: Objective;
  readonly maxParallel: number;
  readonly candidates: () => Iterable<Candidate>;
  readonly definition: HyperParameterTrainingJobDefinition;
  readonly trainingJob: (name: string, tuned: Candidate) => CreateTrainingJobRequest;
};

/** SageMaker tells every training job of a tuning job what is looked at. */
const OBJECTIVE_HYPERPARAMETER = '_tuning_objective_metric';

const CONFIG = 'HyperParameterTuningJobConfig';
const DEFINITION = 'TrainingJobDefinition';

const parseObjective = (config: HyperParameterTuningJobConfig): Objective => {
  const field = `${CONFIG}.HyperParameterTuningJobObjective`;
  const { Type, MetricName } = required(config.HyperParameterTuningJobObjective, field);
  return {
    type: oneOf(required(Type, `${field}.Type`), `${field}.Type`, ['Maximize', 'Minimize']),
    metric: required(MetricName, `${field}.MetricName`),
  };
};

const refuseUnsupported = (
  input: CreateHyperParameterTuningJobRequest,
  config: HyperParameterTuningJobConfig,
) => {
  unsupported(input.TrainingJobDefinitions, 'TrainingJobDefinitions');
  unsupported(input.WarmStartConfig, 'WarmStartConfig');
  unsupported(input.Autotune, 'Autotune');
  unsupported(config.StrategyConfig, `${CONFIG}.StrategyConfig`);
  unsupported(config.TuningJobCompletionCriteria, `${CONFIG}.TuningJobCompletionCriteria`);
  unsupported(config.ResourceLimits?.MaxRuntimeInSeconds, `${CONFIG}.ResourceLimits.MaxRuntimeInSeconds`);
};

const checkCombinations = (ranges: readonly Range[], wanted: number) => {
  const there = combinations(ranges);
  if (there >= wanted) return;
  throw invalid(
    `You don't have enough combinations of hyperparameter ranges. The total number of hyperparameter combinations for the provided ranges [${there}] must be equal or greater than the value of MaxNumberOfJobs, [${wanted}]. Provide additional ranges.`,
  );
};

const gridSize = (ranges: readonly Range[], given: number | undefined): number => {
  const other = ranges.find(({ kind }) => kind !== 'categorical');
  if (other)
    throw invalid(`${other.name} has a range of kind ${other.kind}, strategy Grid takes categorical ones`);
  const size = combinations(ranges);
  if (given !== undefined && given !== size) {
    throw invalid(
      `MaxNumberOfTrainingJobs is ${given}, wanted none or ${size}, the combinations of the grid`,
    );
  }
  return size;
};

const parseSearch = (name: string, config: HyperParameterTuningJobConfig): TuningRequest['candidates'] => {
  const strategy = required(config.Strategy, `${CONFIG}.Strategy`);
  if (strategy === 'Hyperband') {
    throw invalid(
      'Strategy is Hyperband, the local SageMaker has Random, Grid and Bayesian (searched at random)',
    );
  }
  oneOf(strategy, `${CONFIG}.Strategy`, ['Bayesian', 'Grid', 'Random']);
  const ranges = parseRanges(config.ParameterRanges);
  const given = config.ResourceLimits?.MaxNumberOfTrainingJobs;
  const field = `${CONFIG}.ResourceLimits.MaxNumberOfTrainingJobs`;
  const size = strategy === 'Grid' ? gridSize(ranges, given) : required(given, field);
  const count = integerBetween(size, field, 1, MAX_TUNING_TRAINING_JOBS);
  const seed = config.RandomSeed ?? name;
  if (config.RandomSeed !== undefined) integerBetween(seed, `${CONFIG}.RandomSeed`, 0, MAX_RANDOM_SEED);
  if (strategy === 'Grid') return () => gridCandidates(ranges);
  checkCombinations(ranges, count);
  return () => randomCandidates(ranges, seed, count);
};

const checkAlgorithm = (definition: HyperParameterTrainingJobDefinition, { metric }: Objective) => {
  const field = `${DEFINITION}.AlgorithmSpecification`;
  const algorithm = required(definition.AlgorithmSpecification, field);
  unsupported(algorithm.AlgorithmName, `${field}.AlgorithmName`);
  if ('ContainerEntrypoint' in algorithm || 'ContainerArguments' in algorithm) {
    throw invalid(
      `${field} has ContainerEntrypoint or ContainerArguments, a tuning job names its script in StaticHyperParameters: sagemaker_program, sagemaker_submit_directory`,
    );
  }
  const metrics = algorithm.MetricDefinitions ?? [];
  if (metrics.length > MAX_TUNING_METRICS) {
    throw invalid(
      `${field}.MetricDefinitions has ${metrics.length} entries, wanted ${MAX_TUNING_METRICS} at most`,
    );
  }
  if (!metrics.some(({ Name }) => Name === metric)) {
    throw invalid(`${field}.MetricDefinitions does not have the objective metric ${metric}`);
  }
};

const parseDefinition = (input: CreateHyperParameterTuningJobRequest, objective: Objective) => {
  const definition = required(input.TrainingJobDefinition, DEFINITION);
  for (const name of [
    'TuningObjective',
    'HyperParameterRanges',
    'HyperParameterTuningResourceConfig',
  ] as const) {
    unsupported(definition[name], `${DEFINITION}.${name}`);
  }
  required(definition.StoppingCondition, `${DEFINITION}.StoppingCondition`);
  checkAlgorithm(definition, objective);
  const StaticHyperParameters = {
    ...definition.StaticHyperParameters,
    [OBJECTIVE_HYPERPARAMETER]: objective.metric,
  };
  return { ...definition, StaticHyperParameters };
};

export const parseTuning = (input: CreateHyperParameterTuningJobRequest): TuningRequest => {
  const name = requiredName(
    input.HyperParameterTuningJobName,
    'HyperParameterTuningJobName',
    MAX_TUNING_JOB_NAME_LENGTH,
  );
  const config = required(input.HyperParameterTuningJobConfig, CONFIG);
  refuseUnsupported(input, config);
  const objective = parseObjective(config);
  const definition = parseDefinition(input, objective);
  const candidates = parseSearch(name, config);
  const { StaticHyperParameters: fixed, DefinitionName: _, ...shared } = definition;
  const [first = {}] = candidates();
  const both = Object.keys(first).find((key) => Object.hasOwn(fixed, key));
  if (both)
    throw invalid(`hyperparameter ${both} is in StaticHyperParameters and in ParameterRanges, wanted one`);
  return {
    name,
    objective,
    maxParallel: integerBetween(
      config.ResourceLimits?.MaxParallelTrainingJobs,
      `${CONFIG}.ResourceLimits.MaxParallelTrainingJobs`,
      1,
      MAX_PARALLEL_TRAINING_JOBS,
    ),
    candidates,
    definition,
    trainingJob: (TrainingJobName, tuned) => ({
      ...shared,
      TrainingJobName,
      HyperParameters: { ...fixed, ...tuned },
      Tags: input.Tags,
    }),
  };
};
