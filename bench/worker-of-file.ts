import { copyFile, stat } from 'node:fs/promises';
import { profileObject } from '../lambdas/profile-object/profile-object.ts';
import type { IntakePlan, IntakeShard } from '../lib/domain/intake/intake-plan.ts';
import { type ModelSpec, specSchema } from '../lib/domain/spec.ts';
import { openEngine } from '../lib/engine/engine.ts';
import { proposeObjectBinning } from '../lib/engine/profile/propose-binning.ts';
import { keys } from '../lib/names.ts';
import type { ObjectStore } from '../lib/stores/objects/object-store.ts';
import { memoryObjectStore } from '../lib/stores/objects/object-store-memory.ts';
import { memoryRegistry } from '../lib/stores/registry/registry-memory.ts';
import { sk } from '../lib/stores/registry/sort-keys.ts';
import { requiredJson } from '../lib/stores/required.ts';
import { CATEGORICAL, NUMERIC } from './engine-data.ts';

/** A process of its own, as a worker of the intake is: one object of twelve columns, from download to shard, and what that cost. */
const [file = '', sha256 = ''] = process.argv.slice(2);
const KEY = 'landing/wide/u1/wide.parquet';
const folder = 'intakes/wide/u1/p';

const spec: ModelSpec = specSchema.parse({
  name: 'wide',
  task: 'regression',
  schema: {
    label: 'x_norm',
    columns: [
      ...NUMERIC.map((name) => ({ name, type: 'number', nullable: true })),
      ...CATEGORICAL.map((name) => ({ name, type: 'string', nullable: true })),
    ],
  },
  features: { sql: 'SELECT x_unif, ln(x_amount) AS amount, x_zinf > 0 AS some, k20 FROM input' },
  training: { days: 2, holdoutDays: 1 },
  evaluation: { metric: 'rmse', gates: [{ metric: 'rmse', atMost: 1 }] },
  monitoring: { window: 'day', drift: {} },
  retraining: {},
});

const engine = await openEngine();
const { size: bytes } = await stat(file);
const [registry, artifacts] = [memoryRegistry(), memoryObjectStore()];
/** The object store's part is played by a local copy: what the network takes is added in the simulation. */
const landing: ObjectStore = {
  ...memoryObjectStore(),
  async fetch(_, to) {
    await copyFile(file, to);
    return { outcome: 'fetched', bytes, sha256 };
  },
};
const receivedAt = '2026-11-24T00:00:00.000Z';
await registry.put('wide', sk.spec('s'), spec);
const binning = await proposeObjectBinning({ file, objectKey: KEY, spec, receivedAt }, engine);
await artifacts.putJson('binning.json', binning);
const plan: IntakePlan = {
  ...{ model: 'wide', uploadId: 'u1', datasetId: 'd', origin: 'upload', specHash: 's', receivedAt },
  findings: [],
  objects: [{ key: KEY, sha256, bytes }],
  pieces: [{ object: 0, bytes }],
  batches: [{ first: 0, end: 1 }],
  binningKey: 'binning.json',
};
await artifacts.putJson(keys.intakePlan(folder), plan);
const before = process.cpuUsage();
await profileObject({ folder, batch: 0 }, { registry, landing, artifacts, engine });
const { user, system } = process.cpuUsage(before);
const shard = await requiredJson<IntakeShard>(artifacts, keys.intakeShard(folder, 0));
if (shard.profile === undefined) throw new Error(`the shard has a profile, got ${JSON.stringify(shard)}`);
const shardBytes = (await artifacts.head(keys.intakeShard(folder, 0)))?.bytes ?? 0;
process.stdout.write(
  `${JSON.stringify({
    rows: shard.rows,
    bytes,
    shardBytes,
    cpuSeconds: (user + system) / 1e6,
    rssMb: process.resourceUsage().maxRSS / 1024,
  })}\n`,
);
engine.close();
