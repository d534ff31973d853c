import { z } from 'zod';
import type { Run } from '../../lib/domain/registry/run.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import type { ModelSpec } from '../../lib/domain/spec.ts';
import {
  championTransformKey,
  type Job,
  planJob,
  type TrainingResult,
  type TransformResult,
} from '../../lib/domain/training/job-plan.ts';
import { type PreparedSet, preparedSetKey, setParts } from '../../lib/domain/training/prepared-set.ts';
import type { RunDocument } from '../../lib/domain/training/run-document.ts';
import { keys } from '../../lib/names.ts';
import { withTempFolder } from '../../lib/runtime/temp-folder.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { requiredItem, requiredSpec } from '../../lib/stores/required.ts';
import { type ChampionWork, championHoldout } from './champion-holdout.ts';
import type { PrepareDataDeps } from './deps.ts';
import { prepareSet } from './prepare-set.ts';
import { downloadRawFiles } from './raw-files.ts';
import { trainerCode } from './trainer-code.ts';

export const prepareDataInput = z.object({
  model: z.string().min(1),
  runId: z.string().min(1),
  attempt: z.number().int().positive(),
});

export interface DataPrepared {
  readonly contentKey: string;
  readonly image: string;
  readonly roleArn: string;
  readonly codeUri: string;
  readonly maxRuntimeSeconds: number;
  readonly instanceType: string;
  readonly transformInstanceType: string;
  readonly trainUri: string;
  readonly validationUri: string;
  readonly holdoutUri: string;
  readonly outputUri: string;
  readonly roles: { readonly baseline: Job; readonly challenger: Job };
  readonly champion?: ChampionPrepared;
}

interface ChampionPrepared {
  readonly image: string;
  readonly modelDataUrl: string;
  readonly transformKey: string;
  readonly predictionsUri?: string;
  readonly holdoutUri: string;
}

/**
 * Makes what a run trains and judges on: time-ordered train, validation and holdout by the spec's own features.sql. Everything
 * is named by its content, so a run that starts again finds the files and the jobs' results that are there.
 */
export async function prepareData(
  { model, runId, attempt }: z.output<typeof prepareDataInput>,
  deps: PrepareDataDeps,
): Promise<DataPrepared> {
  const run = await requiredItem<Run>(deps.registry, model, sk.run(runId));
  const spec = await requiredSpec(deps.registry, model, run.specHash);
  const code = await trainerCode(spec.training.code, deps);
  const contentKey = preparedSetKey(run, spec);
  const { set, champion } = await preparedFiles(run, spec, contentKey, deps);
  const source = { contentKey, codeHash: code.codeHash, image: deps.trainerImage };
  const roles = {
    baseline: await withResults(planJob('baseline', spec, source), model, deps.registry),
    challenger: await withResults(planJob('challenger', spec, source), model, deps.registry),
  };
  const document: RunDocument = {
    model,
    runId,
    attempt,
    prepared: set,
    codeHash: code.codeHash,
    image: deps.trainerImage,
    challengerKey: roles.challenger.trainingKey,
  };
  await deps.artifacts.putJson(keys.runPlan(model, runId, attempt), document);
  const prepared = (part: string) => deps.data.uri(keys.prepared(model, contentKey, part));
  return {
    contentKey,
    image: deps.trainerImage,
    roleArn: deps.modelRoleArn,
    codeUri: code.codeUri,
    maxRuntimeSeconds: spec.training.maxRuntimeMinutes * 60,
    instanceType: deps.trainingInstanceType,
    transformInstanceType: deps.transformInstanceType,
    trainUri: prepared('train/'),
    validationUri: prepared('validation/'),
    holdoutUri: prepared('holdout/'),
    outputUri: deps.artifacts.uri(keys.jobOutput(model, runId)),
    roles,
    ...(champion && { champion }),
  };
}

/** The set's files, made unless they are there; raw objects are downloaded only if something is to be made of them. */
async function preparedFiles(run: Run, spec: ModelSpec, contentKey: string, deps: PrepareDataDeps) {
  const withRawFiles: ChampionWork['withRawFiles'] = (work) =>
    withTempFolder(async (folder) =>
      work({ folder, raw: await downloadRawFiles(run, spec.evaluation.golden, folder, deps) }),
    );
  const set =
    (await wholeSet(run.model, contentKey, setParts(spec), deps)) ??
    (await withRawFiles((files) => prepareSet({ run, spec, contentKey, ...files }, deps)));
  if (run.champion === undefined) return { set };
  const version = await requiredItem<ModelVersion>(deps.registry, run.model, sk.version(run.champion));
  const folder = await championHoldout(version, { run, spec, contentKey, set, withRawFiles }, deps);
  return {
    set,
    champion: await championPrepared(version, keys.prepared(run.model, contentKey, `${folder}/`), deps),
  };
}

/** The bucket ages prepared files out one by one: a set whose document outlived a part is made again. */
async function wholeSet(
  model: string,
  contentKey: string,
  names: readonly string[],
  { data }: PrepareDataDeps,
): Promise<PreparedSet | undefined> {
  const set = await data.getJson<PreparedSet>(keys.prepared(model, contentKey, 'set.json'));
  const parts = names.map((part) => data.head(keys.prepared(model, contentKey, part)));
  return (await Promise.all(parts)).includes(undefined) ? undefined : set;
}

async function championPrepared(
  { model, image, modelDataUrl }: ModelVersion,
  holdout: string,
  { registry, data }: PrepareDataDeps,
): Promise<ChampionPrepared> {
  const transformKey = championTransformKey(modelDataUrl, holdout);
  const predictions = await registry.get<TransformResult>(model, sk.result(transformKey));
  return { image, modelDataUrl, transformKey, holdoutUri: data.uri(holdout), ...predictions };
}

async function withResults(job: Job, model: string, registry: Registry): Promise<Job> {
  const training = await registry.get<TrainingResult>(model, sk.result(job.trainingKey));
  const transform = await registry.get<TransformResult>(model, sk.result(job.transformKey));
  return { ...job, ...training, ...transform };
}
