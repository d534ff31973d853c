import { z } from 'zod';
import { schemaDiff } from '../../lib/domain/constraints/schema-diff.ts';
import { datasetEntry, rejectionIncident } from '../../lib/domain/intake/dataset-decision.ts';
import type { IntakePlan } from '../../lib/domain/intake/intake-plan.ts';
import { type DatasetVerdict, judgeShards } from '../../lib/domain/intake/judge-shards.ts';
import { keptFindings } from '../../lib/domain/intake/kept-findings.ts';
import { type MergedShards, NOTHING_MERGED } from '../../lib/domain/intake/merge-shards.ts';
import { mergeLevels } from '../../lib/domain/intake/merge-tree.ts';
import type { Upload } from '../../lib/domain/intake/upload.ts';
import type { LineageNode } from '../../lib/domain/ledger.ts';
import type { DatasetVersion } from '../../lib/domain/registry/dataset.ts';
import type { Incident } from '../../lib/domain/registry/incident.ts';
import { incidentId } from '../../lib/domain/registry/incident-id.ts';
import { keys } from '../../lib/names.ts';
import type { Now } from '../../lib/runtime/clock.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import { type Decision, listAll, type Registry, type Write } from '../../lib/stores/registry/registry.ts';
import { sk, skPrefix } from '../../lib/stores/registry/sort-keys.ts';
import { known, requiredJson, requiredSpec } from '../../lib/stores/required.ts';
import { causesOf } from './causes-of.ts';

export const judgeDatasetInput = z.object({
  model: z.string().min(1),
  uploadId: z.string().min(1),
  datasetId: z.string().min(1),
  folder: z.string().min(1),
  /** Manifest of the map's results; absent when there was nothing to profile. */
  resultsKey: z.string().min(1).optional(),
});

export interface JudgeDatasetDeps {
  readonly registry: Registry;
  readonly data: ObjectStore;
  readonly artifacts: ObjectStore;
  readonly now: Now;
}

export interface DatasetJudged {
  readonly model: string;
  readonly datasetId: string;
  readonly status: DatasetVersion['status'];
}

/**
 * Accepts or rejects the dataset as a whole, by what the shards of its pieces are together. A rejected one is quarantined: its objects stay
 * where they are and no run reads them. The first verdict under a spec stays; a repeat reads it.
 */
export async function judgeDataset(
  input: z.output<typeof judgeDatasetInput>,
  deps: JudgeDatasetDeps,
): Promise<DatasetJudged> {
  const { model, uploadId, datasetId } = input;
  const plan = await requiredJson<IntakePlan>(deps.artifacts, keys.intakePlan(input.folder));
  const merged = await mergedOf(plan, input.folder, deps.artifacts);
  const causes =
    merged.missing.length > 0 ? await causesOf(plan, input.resultsKey, deps.artifacts) : undefined;
  const spec = await requiredSpec(deps.registry, model, plan.specHash);
  const verdict = judgeShards(plan, merged, spec, causes);
  const dataset = await saveDocuments(plan, verdict, deps);
  const status = await decideDataset(dataset, deps);
  const upload: Upload = { model, uploadId, status, datasetId, at: dataset.createdAt };
  await deps.registry.put(model, sk.upload(uploadId), upload);
  return { model, datasetId, status };
}

/** The top of the tree of merges: one document for all pieces. */
async function mergedOf(plan: IntakePlan, folder: string, artifacts: ObjectStore): Promise<MergedShards> {
  const top = mergeLevels(plan.pieces.length).length - 1;
  if (top < 0) return NOTHING_MERGED;
  return requiredJson<MergedShards>(artifacts, keys.intakeMerged(folder, top, 0));
}

async function saveDocuments(
  plan: IntakePlan,
  verdict: DatasetVerdict,
  { registry, data, artifacts, now }: JudgeDatasetDeps,
): Promise<DatasetVersion> {
  const { model, uploadId, datasetId, origin, specHash, objects } = plan;
  const { profile, championProfile, ...judged } = verdict;
  const manifestKey = keys.datasetManifest(model, datasetId);
  await data.putJsonOnce(manifestKey, { model, datasetId, objects });
  await registry.link(
    objects.map((o) => objectNode(o.key)),
    { kind: 'dataset', id: `${model}/${datasetId}` },
  );
  const profileKey = keys.profile(model, datasetId);
  if (profile) await artifacts.putJson(profileKey, profile);
  if (championProfile) await artifacts.putJson(keys.profile(model, `${datasetId}-champion`), championProfile);
  return {
    model,
    id: datasetId,
    uploadId,
    origin,
    specHash,
    ...judged,
    findings: keptFindings(judged.findings),
    bytes: objects.reduce((sum, o) => sum + o.bytes, 0),
    objects: objects.length,
    manifestKey,
    ...(profile && { profileKey }),
    ...(await diffSince(model, datasetId, judged.schema, registry)),
    createdAt: now().toISOString(),
  };
}

/** What changed since the newest dataset that was accepted before; nothing to say of the first. */
async function diffSince(
  model: string,
  datasetId: string,
  schema: DatasetVersion['schema'],
  registry: Registry,
): Promise<Pick<DatasetVersion, 'schemaDiff'>> {
  const all = await listAll<DatasetVersion>(registry, model, skPrefix.dataset);
  const before = all
    .filter(({ id, status }) => status === 'accepted' && id !== datasetId)
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0];
  if (schema === undefined || before?.schema === undefined) return {};
  return { schemaDiff: { since: before.id, ...schemaDiff(before.schema, schema) } };
}

/** Raw objects are named below their model: `landing/<model>/<uploadId>/<file>` without the bucket's prefix. */
function objectNode(key: string): LineageNode {
  return { kind: 'object', id: key.replace(/^landing\//, '') };
}

function decideDataset(
  dataset: DatasetVersion,
  { registry }: JudgeDatasetDeps,
): Promise<DatasetVersion['status']> {
  const { model, id, status, createdAt } = dataset;
  return registry.decide(model, async (current): Promise<Decision<DatasetVersion['status']>> => {
    const head = known(model, current);
    const first = await registry.get<DatasetVersion>(model, sk.dataset(id));
    if (first && (first.status === 'accepted' || first.specHash === dataset.specHash))
      return { answer: first.status };
    const incident = await newIncident(dataset, registry);
    const writes: Write[] = [{ sk: sk.dataset(id), item: dataset }];
    if (incident)
      writes.push({ sk: sk.incident(incident.id), item: incident, kind: 'incident', sortedAt: createdAt });
    return {
      answer: status,
      entry: datasetEntry(dataset, incident, createdAt),
      ...(incident && { head: { openIncidents: head.openIncidents + 1 } }),
      writes,
    };
  });
}

async function newIncident(dataset: DatasetVersion, registry: Registry): Promise<Incident | undefined> {
  const incident = rejectionIncident(dataset, dataset.createdAt);
  if (incident === undefined) return undefined;
  const before = await listAll<Incident>(registry, dataset.model, sk.incident(incident.id));
  if (before.some(({ status }) => status === 'open')) return undefined;
  return { ...incident, id: incidentId(incident.id, before) };
}
