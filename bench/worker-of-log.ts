import { copyFile, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compactLog } from '../lambdas/compact-log/compact-log.ts';
import type { PartProfile } from '../lib/domain/monitoring/compacted-day.ts';
import { logParts } from '../lib/domain/monitoring/log-parts.ts';
import { makeBinning } from '../lib/domain/profile/binning.ts';
import { specSchema } from '../lib/domain/spec.ts';
import { openEngine } from '../lib/engine/engine.ts';
import { keys } from '../lib/names.ts';
import { compactedKeys } from '../lib/stores/compacted-log.ts';
import type { ObjectStore } from '../lib/stores/objects/object-store.ts';
import { memoryObjectStore } from '../lib/stores/objects/object-store-memory.ts';
import { memoryRegistry } from '../lib/stores/registry/registry-memory.ts';
import { sk } from '../lib/stores/registry/sort-keys.ts';
import { requiredJson } from '../lib/stores/required.ts';
import { CATEGORICAL, NUMERIC } from './engine-data.ts';
import { logPart } from './log-part.ts';

/** How often the scratch space is measured. */
const LOOK_EVERY_MS = 500;

/** A process of its own, as a worker of monitoring is: one part of a day's log, from its objects to rows and profile. */
const files = await logPart(Number(process.argv[2]));
const day = { model: 'wide', version: 1, date: '2013-04-01' };
const folder = keys.predictionsOfDay(day.model, day.version, day.date);

const edges = Array.from({ length: 63 }, (_, i) => (i * 100) / 63);
const numeric = { kind: 'numeric' as const, edges };
const columns = [
  ...NUMERIC.map((name) => [`input.${name}`, numeric] as const),
  ...CATEGORICAL.map((name) => [`input.${name}`, { kind: 'categorical' as const }] as const),
  ['feature.x_unif', numeric] as const,
  ['feature.amount', numeric] as const,
  ['output.score', numeric] as const,
];
const spec = specSchema.parse({
  name: day.model,
  task: 'regression',
  schema: {
    label: 'y',
    columns: [
      ...NUMERIC.map((name) => ({ name, type: 'number', nullable: true })),
      ...CATEGORICAL.map((name) => ({ name, type: 'string', nullable: true })),
      { name: 'y', type: 'number', nullable: true },
    ],
  },
  features: { sql: 'SELECT x_unif, ln(x_amount) AS amount FROM input' },
  training: { days: 2, holdoutDays: 1 },
  evaluation: { metric: 'rmse', gates: [{ metric: 'rmse', atMost: 1 }] },
  monitoring: { window: 'day', drift: {} },
  retraining: {},
});

const engine = await openEngine();
const [registry, memory, artifacts] = [memoryRegistry(), memoryObjectStore(), memoryObjectStore()];
const byKey = new Map(files.map((file, i) => [`${folder}00/${String(i).padStart(10, '0')}.jsonl.gz`, file]));
let rowBytes = 0;
/** The object store's part is played by local copies: what the network takes is added in the simulation. */
const data: ObjectStore = {
  ...memory,
  async fetch({ key }, to) {
    const file = byKey.get(key) ?? '';
    await copyFile(file, to);
    return { outcome: 'fetched', bytes: (await stat(file)).size, sha256: '' };
  },
  async upload(file) {
    rowBytes = (await stat(file)).size;
  },
};
await registry.put(day.model, sk.spec('s'), spec);
await registry.put(day.model, sk.version(1), { number: 1, specHash: 's', binningKey: 'b' });
await artifacts.putJson('b', makeBinning(Object.fromEntries(columns)));
const objects = await Promise.all(
  [...byKey].map(async ([key, file]) => ({ key, bytes: (await stat(file)).size, etag: 'e' })),
);
const [part] = logParts(objects, folder, Number.POSITIVE_INFINITY);
if (part === undefined) throw new Error('a log has objects, got none');
const of = compactedKeys(day)(part.revision);
await data.putJson(of.objects, part);

process.env.TMPDIR = await mkdtemp(join(tmpdir(), 'bench-log-'));
let scratchBytes = 0;
const looking = setInterval(async () => {
  scratchBytes = Math.max(scratchBytes, await bytesIn(process.env.TMPDIR ?? ''));
}, LOOK_EVERY_MS);
const before = process.cpuUsage();
await compactLog({ ...day, revision: part.revision }, { registry, data, artifacts, engine });
const { user, system } = process.cpuUsage(before);
clearInterval(looking);
const profile = await requiredJson<PartProfile>(data, of.profile);
process.stdout.write(
  `${JSON.stringify({
    rows: profile.rows,
    bytes: objects.reduce((sum, object) => sum + object.bytes, 0),
    objects: objects.length,
    rowBytes,
    profileBytes: (await data.head(of.profile))?.bytes ?? 0,
    scratchBytes,
    cpuSeconds: (user + system) / 1e6,
    rssMb: process.resourceUsage().maxRSS / 1024,
  })}\n`,
);
engine.close();
await rm(process.env.TMPDIR, { recursive: true, force: true });

async function bytesIn(at: string): Promise<number> {
  const names = await readdir(at, { recursive: true });
  const sizes = names.map((name) =>
    stat(join(at, name)).then(
      (one) => (one.isFile() ? one.size : 0),
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
