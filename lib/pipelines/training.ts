import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Definition, expr, type State, type States, started } from './asl.ts';
import { definition } from './closing.ts';
import { invoke } from './invoke.ts';
import { createModel, jobName, trainingJob, transformJob } from './sagemaker.ts';

export interface TrainingFunctions {
  readonly prepareData: IFunction;
  readonly recordResult: IFunction;
  readonly evaluateRun: IFunction;
  readonly closeRun: IFunction;
}

/**
 * A run: data prepared, baseline and challenger trained and the champion asked beside them, the holdout scored by
 * each, the result judged. Whatever has a result for the same content already is not done again.
 */
export function training(functions: TrainingFunctions): Definition {
  const record = functions.recordResult;
  return definition({
    name: 'training',
    comment: 'A run trains, compares and registers a version',
    closeRun: functions.closeRun,
    id: started('runId'),
    attempt: started('attempt'),
    StartAt: 'Prepare The Data',
    States: {
      'Prepare The Data': invoke({
        name: 'prepare-data',
        fn: functions.prepareData,
        payload: run(),
        assign: { plan: expr('$states.result.Payload') },
        next: 'Train And Score',
      }),
      'Train And Score': {
        Type: 'Parallel',
        Branches: [
          trained(record, { role: 'baseline', title: 'Baseline', short: 'base' }),
          trained(record, { role: 'challenger', title: 'Challenger', short: 'chal' }),
          champion(record),
        ],
        Assign: { predictions: expr('$merge($states.result)') },
        Output: {},
        Next: 'Judge The Run',
      },
      'Judge The Run': invoke({
        name: 'evaluate-run',
        fn: functions.evaluateRun,
        payload: { ...run(), contentKey: expr('$plan.contentKey'), predictions: expr('$predictions') },
      }),
    },
  });
}

function run() {
  return { model: expr(started('model')), runId: expr(started('runId')), attempt: expr(started('attempt')) };
}

interface Role {
  readonly role: 'baseline' | 'challenger' | 'champion';
  readonly title: string;
  /** In names of jobs, which have 63 characters. */
  readonly short: string;
}

/** One branch: a model trained, unless it was before, and the holdout scored by it. */
function trained(record: IFunction, role: Role): States {
  const job = `$plan.roles.${role.role}`;
  const modelData = `${role.role}Model`;
  return {
    StartAt: `Is The ${role.title} Trained`,
    States: {
      [`Is The ${role.title} Trained`]: {
        Type: 'Choice',
        Choices: [
          {
            Condition: expr(`$exists(${job}.modelDataUrl)`),
            Assign: { [modelData]: expr(`${job}.modelDataUrl`) },
            Next: `Is The ${role.title} Scored`,
          },
        ],
        Default: `Train The ${role.title}`,
      },
      [`Train The ${role.title}`]: trainingJob({
        name: jobName(role.short),
        job,
        assign: { [modelData]: expr('$states.result.ModelArtifacts.S3ModelArtifacts') },
        next: `Keep The ${role.title}`,
      }),
      [`Keep The ${role.title}`]: keep(record, {
        contentKey: `${job}.trainingKey`,
        field: 'modelDataUrl',
        variable: modelData,
        next: `Is The ${role.title} Scored`,
      }),
      ...scored(record, role, { job, image: '$plan.image', modelData, holdout: '$plan.holdoutUri' }),
    },
  };
}

/** The branch of the version in service, if there is one: the same rows, by its own features. */
function champion(record: IFunction): States {
  const role: Role = { role: 'champion', title: 'Champion', short: 'cham' };
  return {
    StartAt: 'Is There A Champion',
    States: {
      'Is There A Champion': {
        Type: 'Choice',
        Choices: [
          {
            Condition: expr('$exists($plan.champion)'),
            Assign: { championModel: expr('$plan.champion.modelDataUrl') },
            Next: 'Is The Champion Scored',
          },
        ],
        Default: 'No Champion Yet',
      },
      'No Champion Yet': { Type: 'Pass', Output: {}, End: true },
      ...scored(record, role, {
        job: '$plan.champion',
        image: '$plan.champion.image',
        modelData: 'championModel',
        holdout: '$plan.champion.holdoutUri',
      }),
    },
  };
}

interface Scoring {
  readonly job: string;
  readonly image: string;
  readonly modelData: string;
  readonly holdout: string;
}

/** From "is it scored" to the branch's answer `{<role>: <where its predictions are>}`. */
function scored(record: IFunction, role: Role, scoring: Scoring): Readonly<Record<string, State>> {
  const { title } = role;
  const predictions = `${role.role}Predictions`;
  const modelName = `${role.role}ModelName`;
  const answer = { [role.role]: expr(`$${predictions}`) };
  return {
    [`Is The ${title} Scored`]: {
      Type: 'Choice',
      Choices: [
        {
          Condition: expr(`$exists(${scoring.job}.predictionsUri)`),
          Assign: { [predictions]: expr(`${scoring.job}.predictionsUri`) },
          Next: `Answer For The ${title}`,
        },
      ],
      Default: `Load The ${title}`,
    },
    [`Load The ${title}`]: createModel({
      name: jobName(role.short, '-m'),
      image: scoring.image,
      modelDataUrl: `$${scoring.modelData}`,
      assign: { [modelName]: expr(`$substringAfter($states.result.ModelArn, 'model/')`) },
      next: `Score By The ${title}`,
    }),
    [`Score By The ${title}`]: transformJob({
      name: jobName(role.short, '-t'),
      modelName: `$${modelName}`,
      inputUri: scoring.holdout,
      assign: { [predictions]: expr('$states.result.TransformOutput.S3OutputPath') },
      next: `Keep Predictions Of The ${title}`,
    }),
    [`Keep Predictions Of The ${title}`]: keep(record, {
      contentKey: `${scoring.job}.transformKey`,
      field: 'predictionsUri',
      variable: predictions,
      next: `Answer For The ${title}`,
    }),
    [`Answer For The ${title}`]: { Type: 'Pass', Output: answer, End: true },
  };
}

interface Kept {
  readonly contentKey: string;
  readonly field: string;
  readonly variable: string;
  readonly next: string;
}

/** The first result for a content key stays; whoever comes second goes on with the first. */
function keep(record: IFunction, kept: Kept): State {
  return invoke({
    name: 'record-result',
    fn: record,
    payload: {
      model: expr(started('model')),
      runId: expr(started('runId')),
      contentKey: expr(kept.contentKey),
      result: { [kept.field]: expr(`$${kept.variable}`) },
    },
    assign: { [kept.variable]: expr(`$states.result.Payload.result.${kept.field}`) },
    next: kept.next,
  });
}
