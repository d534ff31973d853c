import { z } from 'zod';
import type { IntakePlan } from '../../lib/domain/intake/intake-plan.ts';
import { mergeLevels } from '../../lib/domain/intake/merge-tree.ts';
import { batchesOf } from '../../lib/domain/intake/pieces.ts';
import { planId } from '../../lib/domain/intake/plan-id.ts';
import type { Upload } from '../../lib/domain/intake/upload.ts';
import type { DatasetVersion } from '../../lib/domain/registry/dataset.ts';
import type { Head } from '../../lib/domain/registry/head.ts';
import type { ModelVersion } from '../../lib/domain/registry/version.ts';
import { featuresHash } from '../../lib/domain/training/features-hash.ts';
import type { Engine } from '../../lib/engine/engine.ts';
import { keys } from '../../lib/names.ts';
import type { Now } from '../../lib/runtime/clock.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { requiredHead, requiredItem, requiredSpec } from '../../lib/stores/required.ts';
import { planPieces } from './plan-pieces.ts';
import { proposeBins } from './propose-bins.ts';
import { readUpload } from './read-upload.ts';

export const openIntakeInput = z.object({ model: z.string().min(1), uploadId: z.string().min(1) });

export interface OpenIntakeDeps {
  readonly registry: Registry;
  readonly landing: ObjectStore;
  readonly artifacts: ObjectStore;
  readonly engine: Engine;
  /** Bytes of raw data that one worker takes. */
  readonly pieceBytes: number;
  readonly now: Now;
}

export interface IntakeOpened {
  readonly model: string;
  readonly uploadId: string;
  readonly datasetId: string;
  readonly duplicate: boolean;
  /** Of this opening, in the artifacts bucket. */
  readonly folder: string;
  /** How many, listed at `batchesKey`; what each level of the tree merges is listed at its key of `mergeKeys`. */
  readonly batches: number;
  readonly batchesKey: string;
  readonly mergeKeys: readonly string[];
  readonly levels: number;
  /** Where the maps write their results. */
  readonly resultsPrefix: string;
}

/**
 * Reads an upload's manifest and writes down what intake works from. An upload is named by its content: the same files again,
 * under whatever upload id and however often its event arrives, are a duplicate and nothing else happens. Only after a new
 * spec is a rejected dataset judged again. Labelled predictions are judged by the spec of the version that served them, whatever is
 * asked of new data meanwhile.
 */
export async function openIntake(
  { model, uploadId }: z.output<typeof openIntakeInput>,
  deps: OpenIntakeDeps,
): Promise<IntakeOpened> {
  const head = await requiredHead(deps.registry, model);
  const opening = await openingOf(head, uploadId, deps);
  const { datasetId, receivedAt: at } = opening;
  const known = await deps.registry.get<DatasetVersion>(model, sk.dataset(datasetId));
  const duplicate =
    known !== undefined && (known.status === 'accepted' || known.specHash === opening.specHash);
  const status = duplicate ? known.status : 'processing';
  const upload: Upload = { model, uploadId, status, datasetId, at };
  await deps.registry.put(model, sk.upload(uploadId), upload);
  const folder = keys.intake(model, uploadId, planId(opening));
  const plan = duplicate ? { ...opening, pieces: [], batches: [] } : await withPieces(opening, deps);
  const levels = mergeLevels(plan.pieces.length);
  if (!duplicate) await openPlan(plan, folder, levels, deps);
  return {
    model,
    uploadId,
    datasetId,
    duplicate,
    folder,
    batches: plan.batches.length,
    batchesKey: keys.intakeBatches(folder),
    mergeKeys: levels.map((_, level) => keys.intakeMerges(folder, level)),
    levels: levels.length,
    resultsPrefix: keys.intakeResults(folder),
  };
}

/** A plan before the objects are cut into pieces, which reads their footers. */
type Opening = Omit<IntakePlan, 'pieces' | 'batches'>;

async function openingOf(head: Head, uploadId: string, deps: OpenIntakeDeps): Promise<Opening> {
  const { model } = head;
  const { specHash = head.specHash, ...contents } = await readUpload(model, uploadId, deps.landing);
  const championBinningKey = await binningOfChampion(head, specHash, deps.registry);
  return {
    model,
    uploadId,
    specHash,
    receivedAt: deps.now().toISOString(),
    ...contents,
    binningKey: keys.binning(model, contents.datasetId),
    ...(championBinningKey && { championBinningKey }),
  };
}

async function withPieces(opening: Opening, { pieceBytes, landing }: OpenIntakeDeps): Promise<IntakePlan> {
  const pieces = await planPieces(opening.objects, pieceBytes, landing);
  return { ...opening, pieces, batches: batchesOf(pieces, pieceBytes) };
}

/** What the maps of the state machine read their items from is written last. */
async function openPlan(
  plan: IntakePlan,
  folder: string,
  levels: readonly number[],
  deps: OpenIntakeDeps,
): Promise<void> {
  const { artifacts } = deps;
  const spec = await requiredSpec(deps.registry, plan.model, plan.specHash);
  await artifacts.putJson(plan.binningKey, await proposeBins(plan, spec, deps));
  await artifacts.putJson(keys.intakePlan(folder), plan);
  for (const [level, groups] of levels.entries()) {
    const merges = Array.from({ length: groups }, (_, group) => ({ level, group }));
    await artifacts.putJson(keys.intakeMerges(folder, level), merges);
  }
  await artifacts.putJson(
    keys.intakeBatches(folder),
    plan.batches.map((_, batch) => ({ batch })),
  );
}

/** The champion's bins, while its inputs and features are those that the dataset is read by; others would not compare. */
async function binningOfChampion(
  { model, champion }: Head,
  specHash: string,
  registry: Registry,
): Promise<string | undefined> {
  if (champion === undefined) return undefined;
  const version = await requiredItem<ModelVersion>(registry, model, sk.version(champion));
  const spec = await requiredSpec(registry, model, specHash);
  return version.featuresHash === featuresHash(spec) ? version.binningKey : undefined;
}
