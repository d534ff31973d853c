import type { UploadView } from '../../../bin/mooring/answers.ts';
import type { Client } from '../../../bin/mooring/client.ts';
import { waitFor } from '../../../bin/mooring/wait-for.ts';
import type { Run } from '../../../lib/domain/registry/run.ts';
import type { ModelSpec } from '../../../lib/domain/spec.ts';
import { delaySpec, jsonLines, trips } from '../../support/a-world.ts';

/** Ten days of trips: a second to train on. */
export const TRIPS = trips('2013-01-01', 10, 60);

/** A small model whose gates let everything pass, and whose policy asks nobody. */
export function tinySpec(name: string, more: Partial<Record<keyof ModelSpec, unknown>> = {}): ModelSpec {
  return delaySpec({
    name,
    approval: { policy: 'automatic' },
    evaluation: { metric: 'auc', gates: [{ metric: 'auc', atLeast: 0.5 }] },
    retraining: { cooldownHours: 0, minNewLabels: 0 },
    ...more,
  });
}

export type Files = Readonly<Record<string, string | Uint8Array>>;

export const GOOD_FILES: Files = { 'trips.jsonl': jsonLines(TRIPS) };

/** Uploads files and waits for the verdict of intake. */
export async function bring(client: Client, model: string, files: Files): Promise<UploadView> {
  const contents = Object.entries(files).map(([name, content]) => ({ name, content: Buffer.from(content) }));
  const { uploadId } = await client.uploadDataset(model, contents);
  return settledUpload(client, model, uploadId);
}

export function settledUpload(client: Client, model: string, uploadId: string): Promise<UploadView> {
  return waitFor(
    () => client.upload(model, uploadId),
    ({ status }) => status !== 'open' && status !== 'processing',
    { timeoutSeconds: 60, everyMs: 100, what: `intake of upload ${uploadId}` },
  );
}

/** Applies the spec and brings its data, ready to train. */
export async function aModelWithData(client: Client, spec: ModelSpec): Promise<void> {
  await client.applySpec(spec.name, spec);
  const { status, dataset } = await bring(client, spec.name, GOOD_FILES);
  if (status !== 'accepted')
    throw new Error(`the trips must be accepted, got ${status} ${JSON.stringify(dataset?.findings)}`);
}

export function closedRun(client: Client, { model, id }: Pick<Run, 'model' | 'id'>): Promise<Run> {
  return waitFor(
    () => client.run(model, id),
    (run) => run.status === 'closed',
    { timeoutSeconds: 90, everyMs: 100, what: `the end of run ${id}` },
  );
}

/** Trains and waits until the new version serves; its number. */
export async function promoteNext(client: Client, model: string): Promise<number> {
  const run = await closedRun(client, await client.startRun(model));
  if (run.outcome !== 'promoted' || run.version === undefined)
    throw new Error(`run ${run.id} must be promoted, got ${run.outcome} ${run.error?.cause}`);
  return run.version;
}

/** What an application sends: a trip whose end is not known yet. */
export const questions = (rows: typeof TRIPS) => rows.map(({ late: _, ...trip }) => trip);
