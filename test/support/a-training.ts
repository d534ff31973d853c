import { evaluateRun } from '../../lambdas/evaluate-run/evaluate-run.ts';
import { type DataPrepared, prepareData } from '../../lambdas/prepare-data/prepare-data.ts';
import { recordResult } from '../../lambdas/record-result/record-result.ts';
import { datasetId } from '../../lib/domain/data/dataset-id.ts';
import type { DatasetVersion } from '../../lib/domain/registry/dataset.ts';
import type { Run } from '../../lib/domain/registry/run.ts';
import { listAll } from '../../lib/stores/registry/registry.ts';
import { sk, skPrefix } from '../../lib/stores/registry/sort-keys.ts';
import { aRun } from './a-model.ts';
import { jsonLines, MODEL, NOW, putUpload, sha256, type Trip, trips, type World } from './a-world.ts';
import { takeIn } from './take-in.ts';

/** The ten days that every run here reads; the last four are held out. */
export const RANGE = {
  from: '2013-01-01T00:00:00.000Z',
  holdoutFrom: '2013-01-07T00:00:00.000Z',
  to: '2013-01-11T00:00:00.000Z',
} as const;

/** Ten days of trips, accepted; and a run over them that has started. */
export async function aStartedRun(world: World, more: Partial<Run> = {}): Promise<Run> {
  await putUpload(world, 'u1', { 'a.jsonl': jsonLines(trips('2013-01-01', 10, 60)) });
  await takeIn(world, 'u1');
  const datasets = await listAll<DatasetVersion>(world.registry, MODEL, skPrefix.dataset);
  const ids = datasets.filter((d) => d.status === 'accepted').map((d) => d.id);
  const run = aRun({ model: MODEL, id: 'r1', ...RANGE, datasets: ids, ...more });
  await world.registry.decide(MODEL, () => ({
    answer: undefined,
    entry: { at: NOW, actor: 'token/t1', action: 'run-started', subject: `run/${run.id}`, facts: {} },
    head: { runLock: { holder: run.id, expiresAt: '2026-11-25T00:00:00.000Z' } },
    writes: [{ sk: sk.run(run.id), item: run }],
  }));
  return run;
}

export type Scorer = (features: Readonly<Record<string, unknown>>) => number;

/** Sees what makes a trip late: the cold. */
export const sees: Scorer = ({ fahrenheit }) => 1 / (1 + Math.exp((Number(fahrenheit) - 50) / 10));
/** Sees nothing. */
export const blind: Scorer = ({ hour }) => 0.5 + (Number(hour) % 3) / 100;

/** Leaves what a batch transform of a holdout leaves. */
export async function score(
  world: World,
  holdoutUri: string,
  folder: string,
  scorer: Scorer,
): Promise<string> {
  const prefix = holdoutUri.slice(world.data.uri('').length);
  for (const { key } of await world.data.list(prefix)) {
    const lines = new TextDecoder()
      .decode(await world.data.get(key))
      .trim()
      .split('\n');
    const predictions = lines.map((line) => {
      const p = scorer(JSON.parse(line) as Record<string, unknown>);
      return { label: p > 0.5, score: p, probabilities: { false: 1 - p, true: p } };
    });
    await world.artifacts.put(`${folder}/${key.slice(prefix.length)}.out`, jsonLines(predictions));
  }
  return world.artifacts.uri(folder);
}

export interface Trained {
  readonly prepared: DataPrepared;
  readonly predictions: {
    readonly baseline: string;
    readonly challenger: string;
    readonly champion?: string;
  };
}

/** A run up to its evaluation, as its state machine runs it; `scorers` stand for what was trained. */
export async function train(
  world: World,
  run: Run,
  scorers: { challenger: Scorer; champion?: Scorer },
): Promise<Trained> {
  const input = { model: MODEL, runId: run.id, attempt: run.attempt };
  const prepared = await prepareData(input, world);
  const modelDataUrl = `s3://artifacts/jobs/${MODEL}/${run.id}/chal/output/model.tar.gz`;
  const contentKey = prepared.roles.challenger.trainingKey;
  await recordResult({ model: MODEL, runId: run.id, contentKey, result: { modelDataUrl } }, world);
  const scored = (role: string, uri: string, scorer: Scorer) =>
    score(world, uri, `jobs/${run.id}/${role}`, scorer);
  const predictions = {
    baseline: await scored('base', prepared.holdoutUri, blind),
    challenger: await scored('chal', prepared.holdoutUri, scorers.challenger),
    ...(prepared.champion && {
      champion: await scored('cham', prepared.champion.holdoutUri, scorers.champion ?? blind),
    }),
  };
  return { prepared, predictions };
}

/** A run that is evaluated. */
export async function trainAndEvaluate(
  world: World,
  run: Run,
  scorers: { challenger: Scorer; champion?: Scorer },
) {
  const { prepared, predictions } = await train(world, run, scorers);
  const input = {
    model: MODEL,
    runId: run.id,
    attempt: run.attempt,
    contentKey: prepared.contentKey,
    predictions,
  };
  return { input, ...(await evaluateRun(input, world)) };
}

/** Cases that must stay right, as an upload and as the id of the dataset that it becomes. */
export function aGoldenSet(cases: readonly Trip[]) {
  const text = jsonLines(cases);
  return {
    id: datasetId([{ key: 'golden.jsonl', sha256: sha256(text) }]),
    takeIn: async (world: World) => {
      await putUpload(world, 'golden', { 'golden.jsonl': text });
      return takeIn(world, 'golden');
    },
  };
}
