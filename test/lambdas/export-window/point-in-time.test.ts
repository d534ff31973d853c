import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportWindow } from '../../../lambdas/export-window/export-window.ts';
import { measureQuality } from '../../../lambdas/measure-quality/measure-quality.ts';
import { downloadRawFiles } from '../../../lambdas/prepare-data/raw-files.ts';
import { writeLabels } from '../../../lambdas/write-labels/write-labels.ts';
import { writePredictions } from '../../../lambdas/write-predictions/write-predictions.ts';
import type { LabelRecord } from '../../../lib/domain/labels/label.ts';
import { predictionId } from '../../../lib/domain/predictions/prediction-id.ts';
import { makeBinning } from '../../../lib/domain/profile/binning.ts';
import type { DatasetVersion } from '../../../lib/domain/registry/dataset.ts';
import { planRun } from '../../../lib/domain/training/run-plan.ts';
import { computeFile } from '../../../lib/engine/features/compute-file.ts';
import { readParquetRows } from '../../../lib/engine/read/rows.ts';
import { keys } from '../../../lib/names.ts';
import { packPredictions } from '../../../lib/stores/prediction-message.ts';
import { listAll } from '../../../lib/stores/registry/registry.ts';
import { sk, skPrefix } from '../../../lib/stores/registry/sort-keys.ts';
import { aWorld, delaySpec, MODEL, noise, type World } from '../../support/a-world.ts';
import { compactDay } from '../../support/compact-day.ts';
import { takeIn } from '../../support/take-in.ts';

const HOUR_MS = 3_600_000;
const START_MS = Date.parse('2026-11-01T00:00:00Z');
const DAYS = ['2026-11-01', '2026-11-02'] as const;
/** When windows are measured and, an hour later, exported: hours after the start. */
const TICKS = [30, 54, 78];
const at = (hours: number) => new Date(START_MS + Math.round(hours * HOUR_MS)).toISOString();

interface Served {
  readonly event: number;
  readonly delay: number;
}

interface Told {
  readonly of: number;
  readonly after: number;
  readonly label: boolean;
  readonly revision: number;
  readonly influenced: boolean;
}

interface History {
  readonly served: readonly Served[];
  readonly told: readonly Told[];
}

/** Two days of predictions, some received late, and labels: most of the day after, some revised, some contradicting. */
const histories: fc.Arbitrary<History> = fc
  .array(
    fc.record({
      event: fc.double({ min: 0, max: 47.9, noNaN: true }),
      delay: fc.constantFrom(0, 0, 0, 5, 30),
    }),
    {
      minLength: 6,
      maxLength: 16,
    },
  )
  .chain((served) =>
    fc.record({
      served: fc.constant(served),
      told: fc.array(
        fc.record({
          of: fc.nat(served.length - 1),
          after: fc.double({ min: 0, max: 72, noNaN: true }),
          label: fc.boolean(),
          revision: fc.constantFrom(0, 0, 0, 1, 2),
          influenced: fc.constantFrom(false, false, true),
        }),
        { minLength: served.length, maxLength: 3 * served.length },
      ),
    }),
  );

const spec = delaySpec({
  training: { days: 30, holdoutDays: 0.01, validationShare: 0.2, maxInfluencedShare: 0.4 },
  monitoring: { window: 'day', latenessHours: 0, drift: { minRows: 50 }, minLabelCoverage: 0.3 },
});

/** A world in which version 1 has served, with nothing in its log yet. */
async function aQuietWorld(): Promise<World> {
  const world = await aWorld(spec);
  const binningKey = keys.binning(MODEL, 'run-r1');
  await world.artifacts.putJson(binningKey, makeBinning({}));
  await world.registry.put(MODEL, sk.version(1), { model: MODEL, number: 1, specHash: 's1', binningKey });
  return world;
}

/** Lets the world live through a history up to an hour: what was received by then is logged, and every tick by then has run. */
async function live(history: History, until: number): Promise<World> {
  const world = await aQuietWorld();
  const steps = TICKS.flatMap((tick) => [
    { hour: tick, run: measure },
    { hour: tick + 1, run: exportAll },
  ]);
  let logged = Number.NEGATIVE_INFINITY;
  for (const { hour, run } of steps.filter((step) => step.hour <= until)) {
    await log(world, history, logged, hour);
    logged = hour;
    await run({ ...world, now: () => new Date(at(hour)) });
  }
  return world;
}

/** Writes what was received after one hour and up to another. */
async function log(world: World, { served, told }: History, after: number, until: number): Promise<void> {
  const due = (hour: number) => hour > after && hour <= until;
  const records = served.flatMap(({ event, delay }, i) => {
    if (!due(event + delay)) return [];
    const input = { trip: `t${i}`, at: at(event), temp: noise(i, 1) * 30, carrier: 'AA' };
    const id = predictionId(1, at(event), String(i).padStart(20, '0'));
    const output = { label: true, score: 0.7 };
    const times = { eventTime: at(event), receivedAt: at(event + delay) };
    return [
      { predictionId: id, id: `t${i}`, ...times, version: 1, input, feature: {}, output, latencyMs: 1 },
    ];
  });
  for (const [i, body] of packPredictions({ model: MODEL, version: 1, records }).entries())
    await writePredictions({ messageId: `p${until}-${i}`, body }, world);
  const labels = told.flatMap(({ of, after: later, label, revision, influenced }): LabelRecord[] => {
    const { event } = served[of] as Served;
    if (!due(event + later)) return [];
    const times = { eventTime: at(event), receivedAt: at(event + later) };
    return [{ id: `t${of}`, ...times, label, revision, source: 'test', influenced }];
  });
  if (labels.length > 0)
    await writeLabels(
      { messageId: `l${until}`, body: JSON.stringify({ v: 1, model: MODEL, labels }) },
      world,
    );
}

const windows = DAYS.map((date) => ({
  model: MODEL,
  version: 1,
  date,
  start: `${date}T00:00:00.000Z`,
  end: new Date(Date.parse(date) + 24 * HOUR_MS).toISOString(),
}));
const wanted = new WeakMap<object, Set<string>>();

async function measure(world: World): Promise<void> {
  const due = new Set<string>();
  wanted.set(world.registry, due);
  for (const window of windows.filter((w) => w.end <= world.now().toISOString())) {
    const listed = await world.data.list(keys.predictionsOfDay(MODEL, 1, window.date));
    if (listed.length === 0) continue;
    await compactDay(window, world);
    if ((await measureQuality(window, world)).export) due.add(window.start);
  }
}

async function exportAll(world: World): Promise<void> {
  for (const window of windows.filter((w) => wanted.get(world.registry)?.has(w.start))) {
    const { uploadId } = await exportWindow(window, world);
    if (uploadId !== undefined) await takeIn(world, uploadId);
  }
}

/** The rows that a run would learn from, as they were known at an hour. */
async function setAsOf(world: World, hour: number): Promise<readonly object[]> {
  const datasets = await listAll<DatasetVersion>(world.registry, MODEL, skPrefix.dataset);
  const trigger = { kind: 'person', token: 't1' } as const;
  const request = { model: MODEL, spec, specHash: 's1', datasets, trigger, request: 'r' };
  const plan = planRun({ ...request, at: at(1000), asOf: at(hour) });
  if (!plan.planned) return [];
  const folder = await mkdtemp(join(tmpdir(), 'mooring-as-of-'));
  try {
    const { from, to } = plan.run;
    const raw = await downloadRawFiles(plan.run, undefined, folder, world);
    const influenced = { files: raw.influenced, maxShare: spec.training.maxInfluencedShare };
    const output = join(folder, 'set.parquet');
    await computeFile({ inputs: raw.training, spec, output, from, to, influenced }, world.engine);
    return await readParquetRows(output, undefined, world.engine);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('a set built as of a time', () => {
  it('holds nothing that became known later: it equals the set of a log that ends at that time', async () => {
    let built = 0;
    await fc.assert(
      fc.asyncProperty(histories, fc.double({ min: 31, max: 90, noNaN: true }), async (history, hour) => {
        const now = await setAsOf(await live(history, Number.POSITIVE_INFINITY), hour);
        const then = await setAsOf(await live(history, hour), hour);
        expect(now).toEqual(then);
        for (const row of now as { readonly _id: string; readonly late: boolean }[]) {
          const of = Number(row._id.slice(1));
          const known = history.told.filter(
            (t) => t.of === of && (history.served[of]?.event ?? 0) + t.after <= hour,
          );
          expect(known.map((t) => t.label)).toContain(row.late);
        }
        built += now.length;
      }),
      { numRuns: 12, seed: 4, endOnFailure: true },
    );
    expect(built).toBeGreaterThan(20);
  }, 240_000);
});
