import { createHash } from 'node:crypto';
import { type ModelSpec, specSchema } from '../../lib/domain/spec.ts';
import { type Engine, openEngine } from '../../lib/engine/engine.ts';
import { keys, UPLOAD_MANIFEST } from '../../lib/names.ts';
import { type Logger, silentLogger } from '../../lib/runtime/logger.ts';
import type { Endpoints } from '../../lib/stores/endpoints/endpoints.ts';
import type { ObjectStore } from '../../lib/stores/objects/object-store.ts';
import { memoryObjectStore } from '../../lib/stores/objects/object-store-memory.ts';
import type { Registry } from '../../lib/stores/registry/registry.ts';
import { memoryRegistry } from '../../lib/stores/registry/registry-memory.ts';
import { sk } from '../../lib/stores/registry/sort-keys.ts';
import { applyModel } from './a-model.ts';

/** Twins of every store, one engine, a clock that stands still: what the pipelines' verbs work with. */
export interface World {
  readonly registry: Registry;
  readonly landing: ObjectStore;
  readonly data: ObjectStore;
  readonly artifacts: ObjectStore;
  readonly audit: ObjectStore;
  readonly engine: Engine;
  readonly pieceBytes: number;
  readonly now: () => Date;
  readonly log: Logger;
  readonly stage: string;
  readonly release: string;
  readonly trainerFolder: string;
  readonly trainerImage: string;
  readonly modelRoleArn: string;
  readonly trainingInstanceType: string;
  readonly transformInstanceType: string;
}

export const MODEL = 'delay';
export const NOW = '2026-11-24T12:00:00.000Z';

const engine = await openEngine();

/** A world with one model whose spec is applied. */
export async function aWorld(spec: ModelSpec = delaySpec()): Promise<World> {
  const world: World = {
    registry: memoryRegistry(),
    landing: memoryObjectStore('landing'),
    data: memoryObjectStore('data'),
    artifacts: memoryObjectStore('artifacts'),
    audit: memoryObjectStore('audit'),
    engine,
    pieceBytes: 256_000_000,
    now: () => new Date(NOW),
    log: silentLogger,
    stage: 'test',
    release: '0.1.0',
    trainerFolder: new URL('../../trainer', import.meta.url).pathname,
    trainerImage: 'scikit-learn:1.9-0-cpu-py3',
    modelRoleArn: 'arn:aws:iam::000000000000:role/model',
    trainingInstanceType: 'ml.m5.large',
    transformInstanceType: 'ml.m5.large',
  };
  await applyModel(world.registry, { model: MODEL, spec });
  return world;
}

/** A newer spec of the model; versions keep their own. */
export async function applySpec({ registry }: World, specHash: string, spec: ModelSpec): Promise<void> {
  const subject = `spec/${specHash}`;
  await registry.decide(MODEL, () => ({
    answer: undefined,
    entry: { at: NOW, actor: 'token/t1', action: 'spec-applied', subject, facts: {} },
    head: { specHash },
    writes: [{ sk: sk.spec(specHash), item: spec }],
  }));
}

/** Arrivals: late when it is cold. Ten days of training, four of them held out. */
export function delaySpec(more: Partial<Record<keyof ModelSpec, unknown>> = {}): ModelSpec {
  return specSchema.parse({
    name: MODEL,
    task: 'binary',
    schema: {
      timeColumn: 'at',
      idColumn: 'trip',
      label: 'late',
      columns: [
        { name: 'trip', type: 'string' },
        { name: 'at', type: 'timestamp' },
        { name: 'temp', type: 'number', min: -60, max: 60, nullable: true, maxNullShare: 0.2 },
        { name: 'carrier', type: 'string' },
        { name: 'late', type: 'boolean' },
      ],
    },
    features: { sql: 'SELECT temp * 1.8 + 32 AS fahrenheit, carrier, hour("at") AS hour FROM input' },
    training: { days: 10, holdoutDays: 4, validationShare: 0.2 },
    evaluation: {
      metric: 'auc',
      gates: [
        { metric: 'auc', atLeast: 0.6 },
        { metric: 'auc', against: 'champion', margin: 0.01 },
      ],
    },
    monitoring: {
      window: 'day',
      latenessHours: 0,
      drift: { minRows: 50, threshold: 0.5 },
      minLabelCoverage: 0.5,
    },
    retraining: {},
    ...more,
  });
}

export interface Trip {
  readonly trip: string;
  readonly at: string;
  readonly temp: number | null;
  readonly carrier: string;
  readonly late: boolean;
}

/** `perDay` trips on each of `days` days; the same arguments make the same trips. */
export function trips(
  from: string,
  days: number,
  perDay: number,
  more: { warmer?: number } = {},
): readonly Trip[] {
  const startMs = Date.parse(`${from}T00:00:00Z`);
  return Array.from({ length: days * perDay }, (_, i) => {
    const day = Math.floor(i / perDay);
    const atMs = startMs + day * 86_400_000 + Math.floor(((i % perDay) * 86_400_000) / perDay);
    const temp = noise(i, 1) * 30 - 10 + (more.warmer ?? 0);
    const at = new Date(atMs).toISOString();
    const late = temp + noise(i, 2) * 10 < 10;
    return { trip: `${from}-${i}`, at, temp: Math.round(temp * 10) / 10, carrier: i % 3 ? 'AA' : 'UA', late };
  });
}

/** Between 0 and 1, and always the same for the same arguments. */
export function noise(i: number, stream: number): number {
  const hash = createHash('md5').update(`${stream}/${i}`).digest();
  return hash.readUInt32BE(0) / 2 ** 32;
}

export function jsonLines(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

export const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex');

/** Puts an upload into the landing bucket, its manifest last, as the API does. */
export async function putUpload(
  { landing }: World,
  uploadId: string,
  files: Readonly<Record<string, string | Buffer>>,
  manifest: object = {},
): Promise<void> {
  const listed = Object.entries(files).map(([key, text]) => ({
    key,
    sha256: sha256(text),
    bytes: Buffer.byteLength(text),
  }));
  for (const [name, text] of Object.entries(files))
    await landing.put(keys.upload(MODEL, uploadId, name), text);
  await landing.putJson(keys.upload(MODEL, uploadId, UPLOAD_MANIFEST), { files: listed, ...manifest });
}

/** A SageMaker that only remembers endpoints; `answer` is what they say. */
export function memoryEndpoints(answer: (payload: unknown) => unknown = () => ({ predictions: [] })) {
  const deployed = new Map<string, Parameters<Endpoints['deploy']>[0]>();
  const endpoints: Endpoints = {
    async deploy(wanted) {
      if (!deployed.has(wanted.name)) deployed.set(wanted.name, wanted);
    },
    describe: async (name) => (deployed.has(name) ? { status: 'InService' } : undefined),
    remove: async (name) => deployed.delete(name),
    invoke: async (_name, payload) => answer(payload),
  };
  return { ...endpoints, deployed };
}
